import { parseArgs } from "node:util";
import type { z } from "zod";
import { Misused } from "./roof.ts";

type Flags = Readonly<Record<string, string | undefined>>;

/** The text flags of a command; an unknown one, or a word that is no flag, is refused. */
export function textFlags(args: readonly string[], names: readonly string[]): Flags {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  const { values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false });
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? value : undefined]));
}

/** What the flags mean to a command of a room; the first one that is wrong is named. `flagOf` says which flag a field came from. */
export function meant<T>(schema: z.ZodType<T>, fields: Readonly<Record<string, unknown>>, flagOf: Readonly<Record<string, string>>): T {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? "");
  throw wrongFlag(flagOf[field] ?? field, fields[field] === undefined);
}

export function wrongFlag(flag: string, isMissing: boolean): Misused {
  return new Misused(isMissing ? `缺少 --${flag} / --${flag} is missing` : `--${flag} 的值不对 / The value of --${flag} is wrong`);
}
