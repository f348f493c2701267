import type { z } from "zod";
import type { Town } from "#platform/town";
import { faultWords } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import type { PastedRow } from "./pasted-table.ts";

/**
 * What becomes of a row. `keep`: it is kept; `ask`: only when it is ticked, because it looks like another; `doubt`: it waits until
 * somebody mends it; `not`: there is nothing to keep, because it adds up others or is there already.
 */
export type Judged = {
  readonly row: PastedRow;
  readonly is: "keep" | "ask" | "doubt" | "not";
  /** The cell it is about. */
  readonly field: string | null;
  readonly says: string;
  /** Keeps it. */
  readonly add: (town: Town) => Promise<void>;
};

const NOTHING = () => Promise.resolve();

export function notKept(row: PastedRow, says: string): Judged {
  return { row, is: "not", field: null, says, add: NOTHING };
}

export function doubted(row: PastedRow, field: string, says: string): Judged {
  return { row, is: "doubt", field, says, add: NOTHING };
}

/** What the row means, or what is wrong with it beside the cell it is wrong in. */
export function meant<T>(
  visit: Visit,
  row: PastedRow,
  schema: z.ZodType<T>,
  typed: unknown,
): { readonly value: T } | { readonly wrong: Judged } {
  const parsed = schema.safeParse(typed);
  if (parsed.success) return { value: parsed.data };
  const [issue] = parsed.error.issues;
  return { wrong: doubted(row, String(issue?.path[0] ?? ""), faultWords(visit, issue?.message ?? "")) };
}
