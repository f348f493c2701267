import { sql } from "kysely";
import type { Officer } from "#people/officer";
import { lowestIdAt } from "#platform/ids";
import { DAY_MS } from "#platform/instant";
import { searchPieces, searchQuery } from "#platform/search-words";
import type { Town } from "#platform/town";
import { reportsOfSameContact } from "#vault/same-contact";
import { listReports, type InboxEntry } from "./inbox.ts";
import { whyNotLookAt } from "./look-at-identity.ts";
import type { Report } from "./queries.ts";

/** Another report that may be the same one, sent again, and by what it looks so. */
export type LookAlike = InboxEntry & { readonly by: readonly ("contact" | "words")[] };

const MOST_SHOWN = 5;

/**
 * Reports of a day before or after that perhaps say the same again: in the same sentence, or from the same number. Both were kept,
 * each with its receipt; a person decides. Of a report whose reporter this officer may not learn of, no contact is compared.
 */
export async function findLookAlikes(town: Town, by: Officer, report: Report): Promise<readonly LookAlike[]> {
  const around = report.receivedAt.getTime();
  const [from, to] = [lowestIdAt(new Date(around - DAY_MS)), lowestIdAt(new Date(around + DAY_MS))];
  const [sameWords, sameContact] = await Promise.all([
    inTheSameWords(town, report, from, to),
    reportsOfSameContact(town, report.id, from, to).then((found) => openTo(town, by, report.id, found)),
  ]);
  const ids = [...new Set([...sameContact, ...sameWords])];
  const found = await listReports(town, ids);
  return found.slice(0, MOST_SHOWN).map((one) => ({
    ...one,
    by: [...(sameContact.includes(one.id) ? ["contact" as const] : []), ...(sameWords.includes(one.id) ? ["words" as const] : [])],
  }));
}

async function openTo(town: Town, by: Officer, report: string, found: readonly string[]): Promise<readonly string[]> {
  if (found.length === 0 || (await whyNotLookAt(town, by, report)) !== null) return [];
  const open: string[] = [];
  for (const other of found.slice(0, MOST_SHOWN)) if ((await whyNotLookAt(town, by, other)) === null) open.push(other);
  return open;
}

/** The search's index finds them: a busy day has thousands of reports, and this page is opened for each. */
async function inTheSameWords(town: Town, { id, title }: Report, from: string, to: string): Promise<readonly string[]> {
  const query = searchQuery(
    town.id,
    searchPieces(title).map((letters) => ({ letters, named: [] })),
  );
  let rows = town.db
    .selectFrom("intake.report")
    .select("id")
    .where("town", "=", town.id)
    .where("id", ">=", from)
    .where("id", "<", to)
    .where("id", "<>", id)
    .where("title", "=", title)
    .orderBy("id", "desc")
    .limit(MOST_SHOWN);
  if (query !== null) rows = rows.where(sql<boolean>`search @@ ${query}::tsquery`);
  return (await rows.execute()).map((row) => row.id);
}
