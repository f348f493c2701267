import { filesOf } from "#evidence/uses";
import { takeInOrder } from "#platform/lock-order";
import type { Town } from "#platform/town";
import { unsealAnswers, type Draft } from "./draft.ts";

/** The draft, or null when there is none or its time is over. */
export async function readDraft(town: Town, at: Date, id: string): Promise<Draft | null> {
  const row = await draftRow(town, at, id).executeTakeFirst();
  return row === undefined ? null : opened(town, id, row);
}

/** The same, held until the end of the transaction: of two who change or send it at once the second waits and finds what the first left. */
export async function lockDraft(town: Town, at: Date, id: string): Promise<(Draft & { readonly startedAt: Date }) | null> {
  takeInOrder("draft");
  const row = await draftRow(town, at, id).forUpdate().executeTakeFirst();
  const draft = row === undefined ? null : await opened(town, id, row);
  return row === undefined || draft === null ? null : { ...draft, startedAt: row.startedAt };
}

function draftRow(town: Town, at: Date, id: string) {
  return town.db
    .selectFrom("intake.draft")
    .select(["sealed", "started_at as startedAt"])
    .where("town", "=", town.id)
    .where("id", "=", id)
    .where("until", ">", at);
}

async function opened(town: Town, id: string, row: { readonly sealed: Uint8Array }): Promise<Draft | null> {
  const answers = unsealAnswers(town, id, row.sealed);
  return answers === null ? null : { id, answers, photos: await filesOf(town, id) };
}
