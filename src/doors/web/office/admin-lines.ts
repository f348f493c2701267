import { missingCalendarYears } from "#limits/calendar";
import { lastSigned } from "#log/queries";
import { may } from "#people/capability";
import { listSignIns } from "#people/list-sign-ins";
import { DUTIES } from "#people/officer";
import { lastRestored } from "#people/queries";
import { dayOf, daysBetween } from "#platform/instant";
import type { Directory, OfficerNamed } from "#publication/directory";
import { countLooks } from "#vault/count-looks";
import { html, type Html } from "#doors/web/html";
import { instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";

type Line = { readonly href: string; readonly name: string; readonly says: Html | string; readonly light: "green" | "amber" | "" };

/** What needs the administrator, each line a way to do something about it; nobody sees what their duty may not know. */
export async function adminLines(visit: Visit, names: Directory): Promise<Html> {
  const { officer } = visit;
  if (officer === null) return html``;
  const words = visit.words.office.admin;
  const lines = [
    ...(may(officer, "keep-accounts") ? await ofSystem(visit, names) : []),
    ...(may(officer, "keep-duties") ? await ofSecurity(visit, names) : []),
  ];
  const list = html`<section class="card office-panel" aria-labelledby="admin-lines">
    <h2 id="admin-lines">${words.title}</h2>
    <ul class="opening">
      ${lines.map(lineOf)}
    </ul>
  </section>`;
  return html`${lines.length === 0 ? "" : list} ${may(officer, "read-log") ? questions(visit) : ""}`;
}

function lineOf({ href, name, says, light }: Line): Html {
  return html`<li>
    <a href="${href}">${name}</a>
    <span class="${light === "" ? "hint" : `lamp ${light}`}">${says}</span>
  </li>`;
}

function working(names: Directory): readonly OfficerNamed[] {
  return [...names.officers.values()].filter(({ disabled }) => !disabled);
}

async function ofSystem(visit: Visit, names: Directory): Promise<readonly Line[]> {
  const words = visit.words.office.admin;
  const { town, at } = visit;
  const today = dayOf(at);
  const signIns = await listSignIns(town, at);
  const people = working(names).map(({ id }) => signIns.get(id));
  const locked = people.filter((signs) => signs !== undefined && signs.lockedUntil !== null).length;
  const never = people.filter((signs) => signs?.signedInAt === null).length;
  const restored = await lastRestored(town);
  const signed = await lastSigned(town);
  const missing = await missingCalendarYears(town, at);
  const daysLeft = daysBetween(today, `${Number(today.slice(0, 4)) + 1}-01-01`);
  const backupAge = restored === null ? null : daysBetween(restored, today);
  const count = (name: string, href: string, found: number): Line => counted(visit, name, href, found);
  return [
    {
      href: "/office/opening#backup",
      name: words.backup,
      says: backupAge === null ? words.never : words.daysAgo(backupAge),
      light: backupAge === null || backupAge > 365 ? "amber" : "green",
    },
    { href: "/log", name: words.log, says: signed === null ? words.never : instantWords(visit, signed), light: "" },
    count(words.locked, "/office/people?state=locked", locked),
    count(words.unused, "/office/people?state=never", never),
    {
      href: "/office/rules/calendar#import",
      name: words.calendar,
      says: missing.length === 0 ? words.calendarThere : words.calendarMissing(missing.join(visit.words.events.list), daysLeft),
      light: missing.length === 0 ? "green" : "amber",
    },
  ];
}

function counted(visit: Visit, name: string, href: string, found: number): Line {
  const words = visit.words.office.admin;
  return { href, name, says: found === 0 ? words.none : words.count(found), light: found === 0 ? "green" : "amber" };
}

async function ofSecurity(visit: Visit, names: Directory): Promise<readonly Line[]> {
  const words = visit.words.office.admin;
  const people = working(names);
  const alone = DUTIES.filter((duty) => people.filter(({ duties }) => duties.has(duty)).length < 2);
  const signIns = await listSignIns(visit.town, visit.at);
  const careless = people.filter(({ id }) => signIns.get(id)?.hasSecondStep === false).length;
  const unrecoverable = people.filter(({ id }) => signIns.get(id)?.lacksRecovery === true).length;
  const looks = await countLooks(visit.town, visit.at);
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
    ...looks.map(({ officer, looks }): Line => ({
      href: `/office/people/${officer}`,
      name: words.looksOf(names.officers.get(officer)?.name ?? "—"),
      says: words.times(looks),
      light: "",
    })),
  ];
}

/** What an auditor asks the log again and again; each opens it as it was asked. */
const QUESTIONS = [
  ["looked", "identity.looked-at"],
  ["called", "identity.called"],
  ["searched", "identity.searched"],
  ["failed", "officer.sign-in-failed"],
  ["locked", "officer.locked-out"],
  ["granted", "duty.granted"],
  ["policy", "policy.changed"],
  ["exported", "log.exported"],
] as const;

function questions(visit: Visit): Html {
  const words = visit.words.office.admin;
  return html`<section class="card office-panel" aria-labelledby="admin-questions">
    <h2 id="admin-questions">${words.questionsTitle}</h2>
    <ul>
      ${QUESTIONS.map(
        ([name, verb]) =>
          html`<li>
            <a href="/office/log?verb=${verb}">${words.questions[name]}</a>
          </li>`,
      )}
    </ul>
  </section>`;
}
