import type { Db, Town } from "./town.ts";

/**
 * What the house does with what a transaction changed, after its work and before it commits: rooms upstairs keep rows true that follow
 * from rooms below, which cannot call them. Whatever it throws rolls the change back with it.
 */
export type Settle = (town: Town, changed: ReadonlySet<string>) => Promise<void>;

type Noted = Map<string, { readonly town: Town; readonly changed: Set<string> }>;

const settlers = new WeakMap<Db, Settle>();
const notes = new WeakMap<Db, Noted>();

/** Named once for a database, by whoever opens it. */
export function settleWith(db: Db, settle: Settle): void {
  settlers.set(db, settle);
}

/** Says that `subject` changes in the transaction under way. Asked for outside of one, or where nobody settles, it fails. */
export function noteChanged(town: Town, subject: string): void {
  const noted = notes.get(town.db);
  if (noted === undefined) throw new Error(`couldn't note that ${subject} changes: no transaction is under way`);
  const of = noted.get(town.id) ?? { town, changed: new Set() };
  noted.set(town.id, of);
  of.changed.add(subject);
}

/** Does `work` in a transaction `within` that was begun on `db`, and then settles what it noted. */
export async function settled<T>(db: Db, within: Db, work: () => Promise<T>): Promise<T> {
  const noted: Noted = new Map();
  notes.set(within, noted);
  const outcome = await work();
  if (noted.size === 0) return outcome;
  const settle = settlers.get(db);
  if (settle === undefined) throw new Error("couldn't settle what was changed: this database was opened without saying who does");
  for (const { town, changed } of noted.values()) await settle(town, changed);
  return outcome;
}
