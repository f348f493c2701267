import { sql, type RawBuilder } from "kysely";
import type { Town } from "#platform/town";
import type { Total } from "./count-listed.ts";

/**
 * What had happened in a town when it was asked: so many leaves stood in its log, and of what was committed nothing waited for its leaf
 * any more. Two moments of one number, both settled, lie in one state of the ledger: whatever changes an entry commits with its event, an
 * event waits in that same transaction, and a leaf is given in the one that ends the waiting.
 */
export type Moment = { readonly leaves: number; readonly isSettled: boolean };

/** The moment of the statement that this stands in, as two of its columns. */
export function momentOf(town: Town): RawBuilder<unknown> {
  return sql`coalesce((select max(l.number) + 1 from log.leaf l where l.town = ${town.id}), 0) as leaves,
    not exists (select from audit.waiting w where w.town = ${town.id}) as "isSettled"`;
}

export type RememberedTotals = {
  /** Null when it was not counted, or anything has happened since. */
  find(list: string, moment: Moment): Total | null;
  keep(list: string, moment: Moment, total: Total): void;
};

/** Lists that somebody keeps asking for; the one asked for least lately goes first. */
const MOST_REMEMBERED = 500;

/** How many entries the lists of one town have, for as long as nothing happens there. */
export function rememberedTotals(): RememberedTotals {
  const totals = new Map<string, Total>();
  let counted: number | null = null;
  return {
    find(list, { leaves, isSettled }) {
      const total = isSettled && leaves === counted ? totals.get(list) : undefined;
      if (total === undefined) return null;
      totals.delete(list);
      totals.set(list, total);
      return total;
    },
    keep(list, { leaves, isSettled }, total) {
      if (!isSettled || (counted !== null && leaves < counted)) return;
      if (leaves !== counted) totals.clear();
      counted = leaves;
      totals.set(list, total);
      const [oldest] = totals.keys();
      if (totals.size > MOST_REMEMBERED && oldest !== undefined) totals.delete(oldest);
    },
  };
}
