import { sql } from "kysely";
import { z } from "zod";
import { appending, RESIDENT, type Actor } from "#audit/append-event";
import type { HappeningOf } from "#audit/kind";
import { photoHashes } from "#evidence/file";
import { useFiles } from "#evidence/use-files";
import { asActor, whyNotDuty, type Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { keptPlan } from "#platform/kept-plans";
import { takeInOrder } from "#platform/lock-order";
import { HALF_A_POSITION, isWholePosition, latitude, longitude, writtenDegrees } from "#platform/numbers";
import { id, line, optionalId, optionalLine, optionalParagraph } from "#platform/text";
import type { DB } from "#platform/schema.generated";
import { SEARCH_MADE } from "#platform/search-words";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import type { Category } from "#limits/category";
import { identityFields } from "#vault/identity";
import { sealIdentity } from "#vault/seal-identity";
import type { INTAKE_EVENTS } from "./events.ts";
import { foldReport } from "./fold-report.ts";
import { receiptCode, receiptHash } from "./receipt-code.ts";
import type { Channel } from "./report.ts";
import { firstReplyDue, rereadRuleBook, ruleBook, type RuleBook } from "./rule-book.ts";
import { SAME_SENDING, samenessOf } from "./sameness.ts";
import { searchVectorOf } from "./search-vector.ts";

/** What a report says, field by field. */
export const REPORT_FIELDS = {
  title: line(200),
  details: optionalParagraph(10_000),
  category: id,
  village: optionalId,
  place: optionalLine(200),
  lon: longitude,
  lat: latitude,
  photos: photoHashes,
  ...identityFields,
  /** What tells one sender's device from another's; the door makes it, only a keyed hash of it with the text is kept. */
  device: optionalLine(128),
};

export const ReceiveReport = z.object(REPORT_FIELDS).refine(isWholePosition, HALF_A_POSITION);
export type ReceiveReport = z.infer<typeof ReceiveReport>;

export type Received = {
  readonly report: string;
  /** The receipt code, as `showReceiptCode` and `parseReceiptCode` know it. */
  readonly code: string;
  /** The very same came from this device within ten minutes: this is the first one's receipt. */
  readonly folded: boolean;
};

/** What was said, through which door, and the draft it was written in: its photos are the only ones the report may take. */
type Receiving = ReceiveReport & {
  readonly channel: Channel;
  readonly draft?: string;
  /** A device or a program that says it in its own name. */
  readonly sender?: Actor;
};

const MOST_TRIES = 4;

/**
 * Receives what somebody told the town: report, receipt, sealed identity and event in one round trip. `by` is the officer
 * who registers it for somebody, or null. Of two sendings of the same at once one claims the mark (`intake.sending`), the
 * other waits for its commit and is folded into it. With photos of its draft it is a transaction of several.
 * Refusals: officer/not-allowed, category/unknown, village/unknown, file/unknown.
 */
export async function receiveReport(town: Town, by: Officer | null, at: Date, what: Receiving): Promise<Received> {
  if (by !== null) refuse(whyNotDuty(by, "clerk", "office"));
  return what.photos.length === 0 ? receive(town, by, at, what) : transact(town, (town) => receive(town, by, at, what));
}

async function receive(town: Town, by: Officer | null, at: Date, what: Receiving): Promise<Received> {
  const mark = samenessOf(town.keys, what);
  let book = await ruleBook(town);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const report = newId(at);
    const code = receiptCode(town.keys, report);
    const version = await keep(town, book, by, at, { ...what, report, code, mark });
    if (version === null) {
      await usePhotos(town, at, report, what);
      return { report, code, folded: false };
    }
    if (version !== book.version) book = await rereadRuleBook(town);
    else {
      const first = mark === null ? null : await foldReport(town, mark);
      if (first !== null) return { report: first, code: receiptCode(town.keys, first), folded: true };
    }
  }
  throw new Error("couldn't receive a report: the town's rules or its twin changed with every try");
}

/** The photos are those of the draft that the report was written in, and no other. */
async function usePhotos(town: Town, at: Date, report: string, { photos: files, draft }: Receiving): Promise<void> {
  const sentFor = { kind: "draft", id: draft ?? report } as const;
  await useFiles(town, RESIDENT, at, { files, purpose: "report", subject: report, sentFor });
}

type Keeping = Receiving & {
  readonly report: string;
  readonly code: string;
  readonly mark: Buffer | null;
};

/** Null when the report is kept; otherwise nothing is, and the rules' version now tells a moved version from a twin. */
async function keep(town: Town, book: RuleBook, by: Officer | null, at: Date, what: Keeping): Promise<number | null> {
  const actor = by === null ? (what.sender ?? RESIDENT) : asActor(by);
  const row = rowOf(town, book, by, at, what);
  const { kinds, sealed, phoneMark } = sealIdentity(town, what.report, what);
  if (what.mark !== null) takeInOrder("sending");
  // db/migrations/0270: everything but the event, which is appended only when the report was kept.
  const { rows } = await sql<{ version: number | null }>`${keptPlan()}
    select version, case when version is null
      then ${appending(town, actor, at, happeningOf(what))} end as event
    from intake.receive_report(
      ${town.id}, ${book.version}, ${JSON.stringify(row)}, ${kinds}, ${sealed}, ${phoneMark}, ${what.mark}, ${SAME_SENDING}
    ) as version`.execute(town.db);
  const [answer] = rows;
  if (answer === undefined) throw new Error("couldn't receive a report: no answer");
  return answer.version;
}

/** The row of a report as JSON holds it: instants as text, bytes in hexadecimal. */
type Row = { readonly [column in Exclude<keyof DB["intake.report"], "town">]: string | number | Date | null };

function rowOf(town: Town, book: RuleBook, by: Officer | null, at: Date, what: Keeping): Row {
  return {
    id: what.report,
    channel: what.channel,
    status: "received",
    category: what.category,
    title: what.title,
    details: what.details,
    village: what.village,
    place: what.place,
    lon: what.lon,
    lat: what.lat,
    received_at: at,
    registered_by: by?.id ?? null,
    receipt_hash: `\\x${receiptHash(town.keys, what.code).toString("hex")}`,
    first_reply_due_at: firstReplyDue(book.calendar, categoryIn(book, what), at),
    first_answered_at: null,
    overdue_at: null,
    problem: null,
    search: searchVectorOf(town, what),
    search_made: SEARCH_MADE,
  };
}

function categoryIn(book: RuleBook, what: ReceiveReport): Category {
  const category = book.categories.get(what.category);
  if (category === undefined) throw new Refusal("category/unknown");
  if (what.village !== null && !book.villages.has(what.village)) throw new Refusal("village/unknown");
  return category;
}

function happeningOf(what: Keeping): HappeningOf<typeof INTAKE_EVENTS> {
  return {
    verb: "report.received",
    subject: { kind: "report", id: what.report },
    facts: {
      channel: what.channel,
      category: what.category,
      village: what.village,
      photos: what.photos.length,
      lon: writtenDegrees(what.lon),
      lat: writtenDegrees(what.lat),
    },
    words: { title: what.title, details: what.details, place: what.place },
  };
}
