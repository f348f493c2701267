import { Client, type ClientConfig } from "pg";
import { ROOMS } from "./floors.ts";

/** A table of a room, where it is read or written: no function of the schema, and no column of the table. */
const TABLE = new RegExp(String.raw`\b(?:${ROOMS.join("|")})\.[a-z_]+\b(?![(.])`, "g");
/** The list of towns itself: it is asked which town somebody means. */
const TOWNS = "people.town";
/** `town = $1`, `o.town = p.town`, or the column in the list of an insert. */
const NAMED = /\btown\s*=|insert into [a-z_.]+(?: as \w+)? \([^)]*\btown\b/g;

/** What asks for towns, not in one. */
const EXCEPTED: readonly { readonly statement: RegExp; readonly because: string }[] = [
  { statement: /^select distinct town from [a-z_.]+( where [^()]*)?$/, because: "asks which towns have something to do" },
];

/** How many of the tables a statement reads or writes without saying in which town. */
export function unnamed(statement: string): number {
  const text = statement.replaceAll('"', "").replaceAll(/\s+/g, " ").replace("/* kept plan */", "").trim();
  if (EXCEPTED.some((one) => one.statement.test(text))) return 0;
  const tables = (text.match(TABLE) ?? []).filter((name) => name !== TOWNS).length;
  return Math.max(0, tables - (text.match(NAMED) ?? []).length);
}

/**
 * A connection that refuses what the house asks of a town's tables without naming the town, as often as it names a table: beside a
 * second town such a statement reads or writes the other's rows too. What a test asks by itself is its own affair.
 */
export class NamingClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    const ask: unknown = Reflect.get(this, "query");
    // Not overridden: the library's own has nine ways to be called, and what is asked is passed on as it came.
    Object.defineProperty(this, "query", {
      value: (...asked: readonly unknown[]): unknown => {
        const statement = textOf(asked[0]);
        if (unnamed(statement) > 0 && isAskedByTheHouse())
          return Promise.reject(new Error(`couldn't ask without naming the town: ${statement}`));
        return typeof ask === "function" ? Reflect.apply(ask, this, asked) : undefined;
      },
    });
  }
}

function textOf(asked: unknown): string {
  if (typeof asked === "string") return asked;
  return typeof asked === "object" && asked !== null && "text" in asked ? String(asked.text) : "";
}

/** Whether the innermost of our own files that wait for the answer is one of the house, below which only the ground lies. */
function isAskedByTheHouse(): boolean {
  const frames = stack().filter((line) => !/node_modules|node:|\/src\/platform\/|\/test\/naming-client/.test(line));
  return /\/src\/(?!.*\.test\.ts)/.test(frames[0] ?? "");
}

function stack(): readonly string[] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 60;
  const lines = (new Error().stack ?? "").split("\n").slice(1);
  Error.stackTraceLimit = stackTraceLimit;
  return lines;
}
