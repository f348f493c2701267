import type { Settings } from "#platform/settings";
import { serveTown } from "./serve.ts";

/** A town worth looking at, in a data folder of its own. */
export async function serveDemo(settings: Settings): Promise<number> {
  return serveTown(settings);
}
