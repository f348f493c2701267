import { sayMeToo, type SayMeToo } from "#intake/say-me-too";
import type { Town } from "#platform/town";
import { refusalOf } from "#doors/web/refusal-page";

/** "I have this too": who said it before is counted, which is what was asked. */
export async function countOnce(town: Town, at: Date, what: SayMeToo): Promise<void> {
  try {
    await sayMeToo(town, at, what);
  } catch (error) {
    if (refusalOf(error) !== "me-too/said") throw error;
  }
}
