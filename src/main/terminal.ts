import { inspect } from "node:util";
import { DatabaseAway, why } from "#platform/away";
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
  if (error instanceof DatabaseAway) {
    complain(`数据库连不上了：${why(error)}\nThe database cannot be reached: ${why(error)}`);
    return;
  }
  if (!(error instanceof CannotStart)) {
    complain(inspect(error));
    return;
  }
  complain(`${error.zh}\n${error.en}`);
}

const LAST_WORDS_MS = 1000;

/** Ends the process with this code: what was said last is the last thing, whatever still holds the process gets a second. */
export function endWith(code: number): void {
  process.exitCode = code;
  setTimeout(() => process.exit(), LAST_WORDS_MS).unref();
}
