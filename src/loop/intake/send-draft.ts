import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { answersOf, markOfSeen, type Draft } from "./draft.ts";
import { dropDraft } from "./drop-draft.ts";
import { lockDraft } from "./read-draft.ts";
import { receiveReport, type Received } from "./receive-report.ts";
import { ReceiveReport } from "./said.ts";

const SENT = Object.keys(ReceiveReport.shape).filter((name) => name !== "photos" && name !== "device");

/** The mark of everything that sending this draft would say. */
export function markOfDraft(town: Town, { answers, photos }: Pick<Draft, "answers" | "photos">): string {
  return markOfSeen(town, { ...answersOf(answers, SENT), photos });
}

/** A draft as the report it would be; parsed, it says what is missing. */
export function reportOf({ answers, photos }: Pick<Draft, "answers" | "photos">, device: string) {
  return { ...answers, photos, device };
}

export type SendDraft = {
  readonly draft: string;
  /** The mark of what the sender saw before sending; null: nobody looked. */
  readonly seen: string | null;
  readonly device: string;
};

/**
 * Makes a report of a draft, which ends with it. The draft's row decides between two who send it at once: the second finds none.
 * Refusals: draft/unknown, draft/changed (it says something else than its sender saw), draft/unfinished, those of receiveReport.
 */
export async function sendDraft(town: Town, at: Date, { draft: id, seen, device }: SendDraft): Promise<Received> {
  return transact(town, async (town) => {
    const draft = await lockDraft(town, at, id);
    if (draft === null) throw new Refusal("draft/unknown");
    if (seen !== null && seen !== markOfDraft(town, draft)) throw new Refusal("draft/changed");
    const whole = ReceiveReport.safeParse(reportOf(draft, device));
    if (!whole.success) throw new Refusal("draft/unfinished");
    const received = await receiveReport(town, null, at, { ...whole.data, channel: "web", draft: id });
    await dropDraft(town, at, id);
    return received;
  });
}
