import { hmac } from "./hmac.ts";
import { dayOf } from "./instant.ts";
import type { Town } from "./town.ts";
import { untilNoneIsLeft } from "./until-none-is-left.ts";

/** Something done without an account: what, about what, and from which address, as the doors count addresses. */
export type Stranger = { readonly act: string; readonly about: string; readonly address: string };

/**
 * Counts what came from one network today; false, and nothing counted, when that is `most` times already. Inside the transaction of
 * the act, so that what is refused afterwards is not counted; of two at once the second waits for the first. Of the address only a keyed
 * hash is kept that tells no other day's.
 */
export async function markNetwork(town: Town, at: Date, { act, about, address }: Stranger, most: number): Promise<boolean> {
  const on_day = dayOf(at);
  const mark = hmac(town.keys.for("device"), JSON.stringify(["network", town.id, act, about, on_day, networkOf(address)]));
  const counted = await town.db
    .insertInto("platform.network_mark")
    .values({ town: town.id, mark, on_day, times: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(["town", "mark"])
        .doUpdateSet((eb) => ({ times: eb("platform.network_mark.times", "+", 1) }))
        .where("platform.network_mark.times", "<", most),
    )
    .returning("times")
    .executeTakeFirst();
  return counted !== undefined;
}

/** Of IPv4 the /24; of IPv6 the doors count the /64 already. */
function networkOf(address: string): string {
  return /^((?:\d+\.){3})\d+$/.exec(address)?.[1] ?? address;
}

const SWEPT_AT_ONCE = 500;

/** Marks of days that are over go, by their index. */
export async function sweepNetworkMarks(town: Town, at: Date): Promise<void> {
  const over = town.db
    .selectFrom("platform.network_mark")
    .select("mark")
    .where("town", "=", town.id)
    .where("on_day", "<", dayOf(at))
    .orderBy("on_day")
    .limit(SWEPT_AT_ONCE)
    .forUpdate()
    .skipLocked();
  await untilNoneIsLeft(SWEPT_AT_ONCE, async () => {
    const { numDeletedRows } = await town.db
      .deleteFrom("platform.network_mark")
      .where("town", "=", town.id)
      .where("mark", "in", over)
      .executeTakeFirst();
    return numDeletedRows;
  });
}
