import type { Officer } from "#people/officer";
import { newId } from "#platform/ids";
import type { Town } from "#platform/town";
import type { ReportStatus, WordKind } from "./report.ts";

/** What the town says of a report, other than what it decides (settle.ts). */
type Beside = {
  readonly report: string;
  readonly kind: Exclude<WordKind, ReportStatus | "added" | "disputed">;
  readonly text: string;
  readonly category?: string;
};

/** Keeps it for the reporter's story, in the caller's transaction, which holds the report's lock; returns the word's id. */
export async function keepWord(town: Town, by: Officer, at: Date, what: Beside): Promise<string> {
  const word = newId(at);
  await town.db
    .insertInto("intake.word")
    .values({ town: town.id, id: word, ...what, said_by: by.id, said_at: at })
    .execute();
  return word;
}
