import { sql } from "kysely";
import { THREE_HANDS, type Duty } from "#people/officer";
import { addDays, dayOf, type Day } from "#platform/instant";
import type { Town } from "#platform/town";
import { missingCalendarYears } from "#limits/calendar";
import type { Directory, OfficerNamed } from "#publication/directory";

/** What a town needs before it can live, in the order in which it is best done. */
export const OPENING_STEPS = [
  "town",
  "units",
  "villages",
  "people",
  "idle",
  "duties",
  "leaders",
  "categories",
  "sealed",
  "calendar",
  "campaign",
  "secondStep",
  "backup",
] as const;
export type OpeningStep = (typeof OPENING_STEPS)[number];

/** How a step stands: `red` stops the loop, `amber` will, null is done. How many there are, and what or who is meant, by name. */
export type OpeningLine = {
  readonly step: OpeningStep;
  readonly light: "red" | "amber" | null;
  readonly count: number;
  readonly names: readonly string[];
};

/** What the names in memory do not tell. */
export type Unready = {
  readonly day: Day;
  readonly missingYears: readonly number[];
  /** Officers without a password, and those who have their second step. */
  readonly withoutPassword: ReadonlySet<string>;
  readonly withSecondStep: ReadonlySet<string>;
  /** The day on which the backup last came back. */
  readonly restoredOn: Day | null;
};

/** Without one of these a problem stops on its way. */
const NEEDED: readonly Duty[] = ["clerk", "office", "handler", "verifier", "secretary"];
/** As many stand there from set-up on: one unit, and the four of it. */
const FIRST_UNITS = 1;
const FIRST_OFFICERS = 4;
/** A backup that came back a year ago says little of today's. */
const RESTORE_DAYS = 365;

/** What stands and what is missing, each step once: computed from what there is, kept nowhere. */
export function openingOf(names: Directory, unready: Unready): readonly OpeningLine[] {
  const working = [...names.officers.values()].filter(({ disabled }) => !disabled);
  const units = inUse(names.units);
  const villages = inUse(names.villages);
  const categories = inUse(names.categories);
  const sealed = [...names.categories.values()].filter(({ retired, sealed }) => sealed && !retired);
  const locked = working.filter(({ id }) => unready.withoutPassword.has(id));
  const idle = working.filter(({ duties }) => duties.size === 0);
  const unheld = NEEDED.filter((duty) => !working.some(({ duties }) => duties.has(duty)));
  const leaders = working.filter(({ duties }) => duties.has("leader"));
  const campaigns = [...names.campaigns.values()].filter(({ startsOn, endsOn }) => startsOn <= unready.day && unready.day <= endsOn);
  const careless = working.filter((officer) => isOneOfThree(officer) && !unready.withSecondStep.has(officer.id));
  const { restoredOn } = unready;
  const isRestored = restoredOn !== null && restoredOn >= addDays(unready.day, -RESTORE_DAYS);
  return [
    line("town", names.town.phone === "" ? "amber" : null, 0, [names.town.phone]),
    line("units", units > FIRST_UNITS ? null : "amber", units),
    line("villages", villages === 0 ? "red" : null, villages),
    line("people", working.length <= FIRST_OFFICERS || locked.length > 0 ? "amber" : null, working.length, namesOf(locked)),
    line("idle", idle.length > 0 ? "amber" : null, idle.length, namesOf(idle)),
    line("duties", unheld.length > 0 ? "amber" : null, unheld.length, unheld),
    line("leaders", leaders.length === 0 ? "red" : null, leaders.length),
    line("categories", categories === 0 ? "red" : null, categories),
    line("sealed", sealed.length === 0 ? "amber" : null, sealed.length),
    line("calendar", calendarLight(unready), unready.missingYears.length, unready.missingYears.map(String)),
    line("campaign", null, campaigns.length),
    line("secondStep", careless.length > 0 ? "amber" : null, careless.length, namesOf(careless)),
    line("backup", isRestored ? null : "amber", 0, restoredOn === null ? [] : [restoredOn]),
  ];
}

/** The same of a town as it stands; the names are those that the page has already. */
export async function readOpening(town: Town, names: Directory, at: Date): Promise<readonly OpeningLine[]> {
  const { rows } = await sql<{ withoutPassword: string[]; withSecondStep: string[]; restoredOn: Day | null }>`
    select t.restored_on as "restoredOn",
      array(select o.id from people.officer o where o.town = t.town and o.disabled_at is null and not exists (
        select from people.credential c where c.town = o.town and c.account = o.id)) as "withoutPassword",
      array(select s.account from people.totp s where s.town = t.town and s.set_at is not null) as "withSecondStep"
    from people.town t where t.town = ${town.id}`.execute(town.db);
  const [row] = rows;
  return openingOf(names, {
    day: dayOf(at),
    missingYears: await missingCalendarYears(town, at),
    withoutPassword: new Set(row?.withoutPassword),
    withSecondStep: new Set(row?.withSecondStep),
    restoredOn: row?.restoredOn ?? null,
  });
}

function line(step: OpeningStep, light: OpeningLine["light"], count: number, names: readonly string[] = []): OpeningLine {
  return { step, light, count, names };
}

function inUse(named: ReadonlyMap<string, { readonly retired: boolean }>): number {
  return [...named.values()].filter(({ retired }) => !retired).length;
}

function namesOf(officers: readonly OfficerNamed[]): readonly string[] {
  return officers.map(({ name }) => name);
}

function isOneOfThree({ duties }: OfficerNamed): boolean {
  return THREE_HANDS.some((hand) => duties.has(hand));
}

/** Of the present year the office needs every day; the coming one may still come. */
function calendarLight({ day, missingYears }: Unready): OpeningLine["light"] {
  if (missingYears.length === 0) return null;
  return missingYears.includes(Number(day.slice(0, 4))) ? "red" : "amber";
}
