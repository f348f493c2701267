import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseCheckpoint, type Checkpoint } from "#standards/tlog/checkpoint";
import { followLog, type Look } from "#standards/tlog/follow-log";
import { parseNote } from "#standards/tlog/note";
import { parseArgs } from "node:util";
import { readerOf, vkeysFrom } from "./log-places.ts";
import { FLAWS } from "./log-verify.ts";
import { Misused, type Command, type Roof } from "./roof.ts";

const EVERY_S = 60;

/**
 * Watches a log from outside: keeps the checkpoint it saw last in the data folder and shouts, with exit code 1, when history changed.
 * Both notes are then kept: together they prove it to anybody.
 */
export function monitorLog(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { vkey: { type: "string" }, every: { type: "string" }, once: { type: "boolean" } },
    strict: true,
    allowPositionals: true,
  });
  const [address, ...more] = positionals;
  const everyS = Number(values.every ?? EVERY_S);
  if (address === undefined || more.length > 0)
    throw new Misused("log monitor 之后应为日志的网址 / After log monitor comes the log's address");
  if (!Number.isInteger(everyS) || everyS < 1) throw new Misused("--every 的值不对 / The value of --every is wrong");
  return (roof) => monitor(roof, address, values.vkey, values.once === true ? null : everyS);
}

async function monitor(roof: Roof, address: string, vkey: string | undefined, everyS: number | null): Promise<number> {
  const read = readerOf(address);
  const folder = join(roof.settings.dataFolder, "monitor", createHash("sha256").update(address).digest("hex").slice(0, 16));
  await mkdir(folder, { recursive: true });
  const vkeys = vkey === undefined ? await keptVkeys(folder, () => vkeysFrom(read)) : [vkey];
  const stop = everyS === null ? null : roof.untilStopped().then(() => "stop" as const);
  for (;;) {
    const look = await followLog(read, vkeys, await lastSeen(folder)).catch((error: unknown) =>
      error instanceof Error ? error : new Error("no answer"),
    );
    if (look instanceof Error) roof.complain(`读不到 / couldn't read: ${look.message}`);
    else if (!(await isWell(roof, folder, look))) return 1;
    if (everyS === null) return look instanceof Error ? 1 : 0;
    if ((await Promise.race([wait(everyS * 1000, null, { ref: false }), stop])) === "stop") return 0;
  }
}

/** Tells what the look found and keeps what was seen; false when it is time to shout. */
async function isWell(roof: Roof, folder: string, look: Look): Promise<boolean> {
  if (look.kind === "flaw") {
    const { zh, en } = FLAWS[look.why];
    roof.complain(`‼ ${zh} / ${en}${look.leaf === null ? "" : ` (${look.leaf})`}`);
    return false;
  }
  if (look.kind === "same" || look.kind === "longer") {
    await keep(folder, "checkpoint", look.note);
    roof.print(`✓ ${look.checkpoint.origin}：${look.checkpoint.size}`);
    return true;
  }
  await keep(folder, "contradiction", look.note);
  roof.complain(`‼ 历史被改了：${look.checkpoint.origin} 的检查点与先前看到的矛盾。两份都保存在 ${folder}`);
  roof.complain(
    `‼ HISTORY CHANGED: the checkpoint of ${look.checkpoint.origin} contradicts the one seen before. Both are kept in ${folder}`,
  );
  return false;
}

async function keptVkeys(folder: string, ask: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const kept = await readFile(join(folder, "vkey"), "utf8").catch(() => null);
  if (kept !== null) return kept.trim().split("\n");
  const vkeys = await ask();
  await keep(folder, "vkey", `${vkeys.join("\n")}\n`);
  return vkeys;
}

async function lastSeen(folder: string): Promise<Checkpoint | null> {
  const text = await readFile(join(folder, "checkpoint"), "utf8").catch(() => null);
  return text === null ? null : parseCheckpoint(parseNote(text)?.text ?? "");
}

async function keep(folder: string, name: string, text: string): Promise<void> {
  await writeFile(join(folder, `${name}.new`), text);
  await rename(join(folder, `${name}.new`), join(folder, name));
}
