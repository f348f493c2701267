import { missingCalendarYears } from "#limits/calendar";
import { lastSigned } from "#log/queries";
import { listSignIns } from "#people/list-sign-ins";
import { lastRestored } from "#people/queries";
import { DAY_MS, dayOf, daysBetween } from "#platform/instant";
import { GOOD_BYTES } from "#platform/room";
import { lastVerified } from "#proof/verified";
import type { Directory } from "#publication/directory";
import { html } from "#doors/web/html";
import { instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";
import { counted, working, type AdminLine } from "./admin-line.ts";

/** A week between two verifications, and a day for whatever kept the program from it. */
const VERIFIED_DAYS = 8;

/** Whether what the town stands on is well: the disk, the backup, the log, accounts, the calendar. */
export async function systemLines(visit: Visit, names: Directory): Promise<readonly AdminLine[]> {
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
  const count = (name: string, href: string, found: number): AdminLine => counted(visit, name, href, found);
  return [
    await diskLine(visit),
    {
      href: "/office/opening#backup",
      name: words.backup,
      says: backupAge === null ? words.never : words.daysAgo(backupAge),
      light: backupAge === null || backupAge > 365 ? "amber" : "green",
    },
    { href: "/log", name: words.log, says: signed === null ? words.never : instantWords(visit, signed), light: "" },
    await verifiedLine(visit),
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

/** Of the data folder, where database and files lie. */
async function diskLine(visit: Visit): Promise<AdminLine> {
  const words = visit.words.office.admin;
  const free = await visit.town.blobs.freeBytes();
  const says = words.gigabytes((free / 1024 ** 3).toFixed(1));
  return { href: "/office/opening#backup", name: words.disk, says, light: free < GOOD_BYTES ? "amber" : "green" };
}

/** When every leaf was last hashed again and the database compared with it; that it was signed says nothing of that. */
export async function verifiedLine(visit: Visit): Promise<AdminLine> {
  const words = visit.words.office.admin;
  const last = await lastVerified(visit.town);
  const line = { href: "/log", name: words.verified };
  if (last === null) return { ...line, says: words.never, light: "amber" };
  const told = (at: Date, what: string) => html`<span>${instantWords(visit, at)} · ${what}</span>`;
  if (last.heldAt === null || last.heldAt < last.triedAt) return { ...line, says: told(last.triedAt, words.verifiedNot), light: "red" };
  const isOld = visit.at.getTime() - last.heldAt.getTime() > VERIFIED_DAYS * DAY_MS;
  return { ...line, says: told(last.heldAt, words.leaves(last.size)), light: isOld ? "amber" : "green" };
}
