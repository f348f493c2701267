import { sql, type RawBuilder } from "kysely";
import { lockProblems } from "#ledger/standing";
import { lowestIdAt } from "#platform/ids";
import type { Town } from "#platform/town";
import type { Moved } from "./count-moved.ts";
import type { FlagKind } from "./flag.ts";

/** What happened to a problem, and when: flags of what came after it are not answered by it. */
export type Answering = { readonly problem: string; readonly at: Date };

/**
 * The problem went back to work: whatever had been open about it is answered. Within the caller's transaction. Returns what moved, to be
 * counted.
 */
export async function answerFlags(town: Town, what: Answering): Promise<readonly Moved[]> {
  return answer(town, what, sql`true`);
}

/** A look-back that was skipped was done at last. */
export async function answerLookBack(town: Town, what: Answering & { readonly lookBack: string }): Promise<readonly Moved[]> {
  return answer(town, what, sql`kind = 'look-back-skipped' and mark = ${what.lookBack}`);
}

async function answer(town: Town, { problem, at }: Answering, which: RawBuilder<unknown>): Promise<readonly Moved[]> {
  await lockProblems(town, [problem]);
  const after = lowestIdAt(new Date(at.getTime() + 1));
  const { rows } = await sql<{ kind: FlagKind }>`
    update verification.flag set state = 'acted'
    where town = ${town.id} and problem = ${problem} and state = 'open' and id < ${after} and ${which} returning kind`.execute(town.db);
  return rows.map(({ kind }) => ({ kind, from: "open", to: "acted" }));
}
