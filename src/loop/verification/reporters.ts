import { sql } from "kysely";
import type { Town } from "#platform/town";
import type { IdentityField } from "#vault/identity";
import { kindsHeld } from "#vault/queries";

/** Doors at which nobody stands who is handed a receipt: their reporter can be asked only where a contact was left. */
const WITHOUT_RECEIPT: ReadonlySet<string> = new Set(["box", "letter", "import", "sensor", "patrol"]);

/** What somebody can be asked by. A name alone finds nobody. */
const CONTACTS: ReadonlySet<IdentityField> = new Set(["phone", "email", "wechat", "address"]);

/** Whether somebody can be asked "is it solved?" by what can still be used: the receipt they were handed, or a contact held now. */
export function isReachable(channel: string, held: readonly IdentityField[]): boolean {
  return !WITHOUT_RECEIPT.has(channel) || held.some((kind) => CONTACTS.has(kind));
}

/** Whoever sent a report that a problem answers, as far as the gate has to know them. */
export type Reporter = {
  readonly report: string;
  /** They took the report back. */
  readonly withdrawn: boolean;
  /** Judged now: an identity erased since leaves nobody to ask. */
  readonly reachable: boolean;
};

/** The reporters of each of these problems, without those whose report was taken out of it, in the order in which their reports joined. */
export async function findReporters(town: Town, problems: readonly string[]): Promise<ReadonlyMap<string, readonly Reporter[]>> {
  const { rows } = await sql<{ problem: string; report: string; channel: string; withdrawn: boolean }>`
    select j.problem, j.report, j.channel, j.withdrawn_at is not null as withdrawn from ledger.joined_report j
    where j.town = ${town.id} and j.problem = any (${problems}::uuid[]) and j.separated_at is null
    order by j.joined_at, j.report`.execute(town.db);
  const held = await kindsHeld(
    town,
    rows.filter(({ channel }) => WITHOUT_RECEIPT.has(channel)).map(({ report }) => report),
  );
  const reporters = rows.map(({ problem, report, channel, withdrawn }) => ({
    problem,
    reporter: { report, withdrawn, reachable: isReachable(channel, held.get(report) ?? []) },
  }));
  const byProblem = Map.groupBy(reporters, ({ problem }) => problem);
  return new Map([...byProblem].map(([problem, group]) => [problem, group.map(({ reporter }) => reporter)]));
}
