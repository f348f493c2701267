import { sql } from "kysely";
import type { Town } from "#platform/town";
import type { FlagKind, FlagState } from "./flag.ts";

/** A flag that came to stand otherwise; `from` null: it is new. */
export type Moved = { readonly kind: FlagKind; readonly from: FlagState | null; readonly to: FlagState };

/**
 * Counts flags that moved. The last thing a transaction does with flags: whoever holds the row of a count waits for no flag, so that two
 * who move flags never wait for each other in a circle.
 */
export async function countMoved(town: Town, moved: readonly Moved[]): Promise<void> {
  for (const [kind, some] of [...Map.groupBy(moved, (one) => one.kind)].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const gained = (state: FlagState) => some.filter(({ to }) => to === state).length - some.filter(({ from }) => from === state).length;
    await sql`
      insert into verification.flag_count as c (town, kind, raised, cleared, upheld, acted)
      values (${town.id}, ${kind}, ${some.filter(({ from }) => from === null).length},
        ${gained("cleared")}, ${gained("upheld")}, ${gained("acted")})
      on conflict (town, kind) do update
      set raised = c.raised + excluded.raised, cleared = c.cleared + excluded.cleared, upheld = c.upheld + excluded.upheld,
        acted = c.acted + excluded.acted`.execute(town.db);
  }
}
