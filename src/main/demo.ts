import { loadDemo } from "#demo/load-demo";
import type { Settings } from "#platform/settings";
import { serveTown } from "./serve.ts";
import { say } from "./terminal.ts";

/** A town worth looking at, in a data folder of its own; made on the first start. */
export async function serveDemo(settings: Settings): Promise<number> {
  return serveTown(settings, async (program) => {
    say("正在准备演示镇", "Preparing the demo town");
    await loadDemo(program, program.now());
  });
}
