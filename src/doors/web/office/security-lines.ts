import { countNightSignIns } from "#people/count-night-sign-ins";
import { listSignIns } from "#people/list-sign-ins";
import { DUTIES } from "#people/officer";
import type { Directory } from "#publication/directory";
import { countLooks } from "#vault/count-looks";
import { html } from "#doors/web/html";
import { instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";
import { counted, working, type AdminLine } from "./admin-line.ts";

/** Who could do harm alone or unseen: lone duties, missing second steps, looks at identities, sign-ins at night. */
export async function securityLines(visit: Visit, names: Directory): Promise<readonly AdminLine[]> {
  const words = visit.words.office.admin;
  const people = working(names);
  const alone = DUTIES.filter((duty) => people.filter(({ duties }) => duties.has(duty)).length < 2);
  const signIns = await listSignIns(visit.town, visit.at);
  const careless = people.filter(({ id }) => signIns.get(id)?.hasSecondStep === false).length;
  const unrecoverable = people.filter(({ id }) => signIns.get(id)?.lacksRecovery === true).length;
  const looks = await countLooks(visit.town, visit.at);
  const nights = await countNightSignIns(visit.town, visit.at);
  const { duties } = visit.words.people;
  return [
    {
      href: "/office/people/together",
      name: words.alone,
      says: alone.length === 0 ? words.none : alone.map((duty) => duties[duty]).join(visit.words.events.list),
      light: alone.length === 0 ? "green" : "amber",
    },
    counted(visit, words.secondStep, "/office/people?state=no-second-step", careless),
    counted(visit, words.recovery, "/office/people?state=no-recovery", unrecoverable),
    ...looks.map(({ officer, looks }): AdminLine => ({
      href: `/office/people/${officer}`,
      name: words.looksOf(names.officers.get(officer)?.name ?? "—"),
      says: words.times(looks),
      light: "",
    })),
    ...nights.map(({ officer, times, lastAt }): AdminLine => ({
      href: `/office/people/${officer}`,
      name: words.nightsOf(names.officers.get(officer)?.name ?? "—"),
      says: html`${words.times(times)} · ${instantWords(visit, lastAt)}`,
      light: "",
    })),
  ];
}
