import { inspect } from "node:util";
import { CannotStart } from "#platform/cannot-start";
import { readSettings, type Settings } from "#platform/settings";

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function complain(line: string): void {
  process.stderr.write(`${line}\n`);
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
