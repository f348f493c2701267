import { parseArgs } from "node:util";
import { Refusal, type RefusalCode } from "#refusals";
import { wordsIn, type Lang } from "#words/words";
import { doctor } from "./doctor.ts";
import { logCommand } from "./log.ts";
import { officerCommand } from "./officer.ts";
import { psql } from "./psql.ts";
import { Misused, type Command } from "./roof.ts";
import { townCommand } from "./town.ts";
import { USAGE } from "./usage.ts";
import { wordsCommand } from "./words.ts";

/** Understands the words of a command line; nothing is opened yet. */
export function understand(argv: readonly string[]): Command {
  const [name, ...rest] = argv;
  try {
    return commandOf(name, rest);
  } catch (error) {
    if (error instanceof Misused || isParseError(error)) return misused(error.message);
    throw error;
  }
}

function commandOf(name: string | undefined, rest: readonly string[]): Command {
  switch (name) {
    case "start":
      return plain(rest, (roof) => roof.start());
    case "demo":
      return plain(rest, (roof) => roof.demo());
    case "migrate":
      return plain(rest, migrate);
    case "psql":
      return plain(rest, psql);
    case "doctor":
      return worded(doctor(rest));
    case "town":
      return worded(townCommand(rest));
    case "log":
      return worded(logCommand(rest));
    case "words":
      return worded(wordsCommand(rest));
    case "officer":
      return worded(officerCommand(rest));
    case "help":
    case "--help":
    case "-h":
      return async (roof) => {
        roof.print(USAGE);
        return 0;
      };
    case undefined:
      throw new Misused("缺少命令 / A command is missing");
    default:
      throw new Misused(`没有命令 ${name} / There is no command ${name}`);
  }
}

/** A command without flags or further words. */
function plain(rest: readonly string[], command: Command): Command {
  parseArgs({ args: [...rest], options: {}, strict: true, allowPositionals: false });
  return command;
}

async function migrate(roof: Parameters<Command>[0]): Promise<number> {
  const steps = await roof.migrate();
  for (const step of steps) roof.print(step);
  roof.print(steps.length === 0 ? "数据库已是最新 / The database is up to date" : `已执行 ${steps.length} 步 / ${steps.length} steps done`);
  return 0;
}

/** Says a refusal of the town in words; anything else is the roof's to tell. */
function worded(command: Command): Command {
  return async (roof) => {
    try {
      return await command(roof);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      roof.complain(`${wordsOf("zh", error.code)} / ${wordsOf("en", error.code)}`);
      return 1;
    }
  };
}

/** A page's words may speak of the page: then this door has its own. */
function wordsOf(lang: Lang, code: RefusalCode): string {
  const { cli, refusals } = wordsIn(lang);
  return cli.refusals[code] ?? refusals.codes[code];
}

function misused(sentence: string): Command {
  return async (roof) => {
    roof.complain(`${sentence}\n\n${USAGE}`);
    return 2;
  };
}

function isParseError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
