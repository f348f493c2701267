import { burst, quantile, sendersOf } from "#test/burst";
import { idOf } from "./place.ts";

const SENDERS = 500;

/** What became of everybody who pressed send in one moment, and what those waited who only read meanwhile. */
export type BurstMeasured = { readonly sent: number; readonly receipts: number; readonly readP99Ms: number };

/** Residents with finished drafts send them all at once to a running program; a page that fails meanwhile is a failure of the bench. */
export async function measureBurst(origin: string): Promise<BurstMeasured> {
  const senders = await sendersOf(origin, SENDERS, idOf("category", 3));
  const { led, readStatuses, readMs } = await burst(origin, senders);
  const failed = readStatuses.filter((status) => status >= 400).length;
  if (failed > 0 || readMs.length === 0) throw new Error(`couldn't read during the burst: ${failed} of ${readMs.length} pages failed`);
  const receipts = new Set(led.filter((address) => address.startsWith("/receipt/")));
  return { sent: SENDERS, receipts: receipts.size, readP99Ms: quantile(readMs, 0.99) };
}
