import { inspect } from "node:util";
import { CannotStart } from "#platform/cannot-start";
import { readSettings, type Settings } from "#platform/settings";

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

const BAR_WIDTH = 30;

/** A bar in place, on a terminal only: what another program reads stays free of it. */
export function progress(done: number, of: number): void {
  if (!process.stderr.isTTY) return;
  const share = of === 0 ? 1 : Math.min(1, done / of);
  const filled = Math.round(share * BAR_WIDTH);
  process.stderr.write(`\r${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)} ${done}/${of}${done >= of ? "\n" : ""}`);
}

export function say(zh: string, en: string): void {
  print(`${zh}\n${en}\n`);
}

/** The settings, or null after saying what is wrong with them; then the exit code is 2. */
export function settingsOr(defaultDataFolder: string): Settings | null {
  const read = readSettings(process.env, defaultDataFolder);
  if (!("wrong" in read)) return read;
  for (const { zh, en } of read.wrong) complain(`${zh}\n${en}`);
  return null;
}

/** What the person at the terminal is told when it could not be done; a stack only for what nobody foresaw. */
export function tellFailure(error: unknown): void {
  if (!(error instanceof CannotStart)) {
    complain(inspect(error));
    return;
  }
  complain(`${error.zh}\n${error.en}`);
}
