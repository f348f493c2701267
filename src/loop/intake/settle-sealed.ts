import { appendSealedEvent } from "#audit/append-sealed-event";
import { RESIDENT } from "#audit/append-event";
import { asActor, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import type { Town } from "#platform/town";
import { refuse } from "#refusals";
import { markSealedRead } from "./mark-read.ts";
import { lockToReceive, type LockedSealed } from "./sealed-reports.ts";

type Settled = {
  readonly status: "accepted" | "answered" | "referred";
  readonly text: string;
  readonly referredTo?: string;
  readonly problem?: string;
  /** The last word of its reporter that was before whoever settles it. */
  readonly seen: string | null;
};

/** Locks one that this receiver is about to settle. Refusals: report/unknown, report/not-open. */
export async function lockToSettleSealed(town: Town, by: Officer, report: string): Promise<LockedSealed> {
  const locked = await lockToReceive(town, by, report);
  refuse(locked.status === "received" ? null : "report/not-open");
  return locked;
}

/** Writes where it stands now, the word that its reporter reads, and the sealed event. The caller holds its lock. */
export async function settleSealed(town: Town, by: Officer, at: Date, report: string, how: Settled): Promise<void> {
  const { status, text, referredTo = "", problem = null, seen } = how;
  await markSealedRead(town, report, seen);
  await town.db
    .updateTable("intake.sealed_report")
    .set({ status, problem, first_answered_at: at })
    .where("town", "=", town.id)
    .where("id", "=", report)
    .execute();
  const word = await keepSealedWord(town, by, at, { report, kind: status, text, referred_to: referredTo });
  await appendSealedEvent(town, asActor(by), at, {
    verb: `report.${status}`,
    subject: { kind: "report", id: report },
    facts: { word, problem, seen },
    words: { text, referredTo },
  });
}

/** What the town says of it beside what it decides. */
type SaidByTown = {
  readonly report: string;
  readonly kind: "categorised" | "replied" | "read";
  readonly text: string;
  readonly category?: string;
  readonly seen: string | null;
};

/** The word that its reporter reads and its sealed event; what was seen of it is read. The caller holds its lock. */
export async function sayToReporter(town: Town, by: Officer, at: Date, what: SaidByTown): Promise<void> {
  const { seen, ...said } = what;
  await markSealedRead(town, said.report, seen);
  const word = await keepSealedWord(town, by, at, said);
  await appendSealedEvent(town, asActor(by), at, {
    verb: `report.${said.kind}`,
    subject: { kind: "report", id: said.report },
    facts: { word, category: said.category ?? null, seen },
    words: { text: said.text },
  });
}

type SaidByReporter = { readonly kind: "added" | "withdrawn"; readonly text: string };

/** What its reporter says of it: the word and its sealed event. The caller holds its lock. */
export async function sayOfSealed(town: Town, at: Date, report: string, { kind, text }: SaidByReporter): Promise<string> {
  const word = await keepSealedWord(town, null, at, { report, kind, text });
  await town.db
    .updateTable("intake.sealed_report")
    .set((eb) =>
      kind === "added" ? { unread_since: eb.fn.coalesce("unread_since", eb.val(at)) } : { status: "withdrawn", unread_since: null },
    )
    .where("town", "=", town.id)
    .where("id", "=", report)
    .execute();
  await appendSealedEvent(town, RESIDENT, at, {
    verb: kind === "added" ? "report.added-to" : "report.withdrawn",
    subject: { kind: "report", id: report },
    facts: { word },
    words: { text },
  });
  return word;
}

type Word = {
  readonly report: string;
  readonly kind: string;
  readonly text: string;
  readonly referred_to?: string;
  readonly category?: string;
};

async function keepSealedWord(town: Town, by: Officer | null, at: Date, what: Word): Promise<string> {
  const word = newId(at);
  await town.db
    .insertInto("intake.sealed_word")
    .values({ town: town.id, id: word, ...what, said_by: by?.id ?? null, said_at: at })
    .execute();
  return word;
}
