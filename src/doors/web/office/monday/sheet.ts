import { listAskedAgain, type AskedAgain } from "#intake/asked-again";
import { addDays, dayOf, type Day } from "#platform/instant";
import { readFigures, type Figures } from "#publication/figures";
import {
  happenedAs,
  HAPPENINGS,
  inHandBefore,
  isDueSoon,
  isOverdue,
  listHappened,
  readWeek,
  type Happened,
  type Happening,
  type InHand,
  type WeekTold,
} from "#office/read-week";
import { isoWeek, weekAt, weekBefore, type Week } from "#office/week";
import type { Visit } from "#doors/web/visit";

/** Everything one sheet says. */
export type Sheet = {
  readonly week: Week;
  readonly today: Day;
  /** The last day of the week that begins with the meeting. */
  readonly until: Day;
  /** Whether it is the sheet of now: only that one knows what is in hand, how it stood then is told nowhere. */
  readonly isNow: boolean;
  readonly told: WeekTold;
  readonly happenedBefore: readonly Happened[];
  readonly inHandBefore: number | null;
  readonly asked: readonly AskedAgain[];
  readonly figures: Figures;
};

export async function readSheet({ town, at }: Visit, week: Week): Promise<Sheet> {
  const today = dayOf(at);
  const isNow = isoWeek(week) === isoWeek(weekAt(today));
  // On the Monday of its meeting what moved this morning has moved what is in hand.
  const told = await readWeek(town, at, isNow ? { ...week, meetsOn: addDays(week.meetsOn, 1) } : week);
  const inWeek = told.happened.filter((event) => dayOf(event.at) < week.meetsOn);
  return {
    week,
    today,
    until: addDays(week.meetsOn, 6),
    isNow,
    told: { ...told, inHand: isNow ? told.inHand : [], happened: inWeek },
    happenedBefore: await listHappened(town, weekBefore(week)),
    inHandBefore: isNow ? inHandBefore(told) : null,
    asked: await listAskedAgain(town, isNow ? addDays(today, 1) : week.meetsOn),
    figures: await readFigures(town, today),
  };
}

/** Numbers of what is in hand, and of what happened in the week. */
export const STANDING = ["in-hand", "overdue", "due"] as const;
export type Standing = (typeof STANDING)[number];
export type SheetNumber = Standing | Happening;

export function isStanding(name: string): name is Standing {
  return STANDING.some((known) => known === name);
}

export function isHappening(name: string): name is Happening {
  return name in HAPPENINGS;
}

/** Whose part of a number: of a unit (`none`: of no unit yet), of those who answer for it together. */
export type Cut = { readonly unit: string | null; readonly leaders: string | null };
export const ALL: Cut = { unit: null, leaders: null };

type Answered = { readonly unit: string | null; readonly leaders: readonly string[] };

export function unitOf({ unit }: Answered): string {
  return unit ?? "none";
}

export function leadersOf({ leaders }: Answered): string {
  return leaders.length === 0 ? "none" : [...leaders].sort().join(",");
}

function isWithin(one: Answered, { unit, leaders }: Cut): boolean {
  return (unit === null || unitOf(one) === unit) && (leaders === null || leadersOf(one) === leaders);
}

/** The problems behind a number: their count is the number. */
export function standingIn({ told, today, until }: Sheet, name: Standing, cut: Cut = ALL): readonly InHand[] {
  const isSo: Readonly<Record<Standing, (problem: InHand) => boolean>> = {
    "in-hand": () => true,
    overdue: (problem) => isOverdue(problem, today),
    due: (problem) => isDueSoon(problem, today, until),
  };
  return told.inHand.filter((problem) => isSo[name](problem) && isWithin(problem, cut));
}

export function happenedIn({ told }: Sheet, name: Happening): readonly Happened[] {
  return happenedAs(name, told.happened);
}

/** Where a number opens onto exactly what it counts. */
export function numberHref({ week }: Sheet, name: SheetNumber | "asked", more: { readonly [name: string]: string | null } = {}): string {
  const query = new URLSearchParams({ week: isoWeek(week) });
  for (const [name, value] of Object.entries(more)) if (value !== null) query.set(name, value);
  return `/office/monday/${name}?${query.toString()}`;
}
