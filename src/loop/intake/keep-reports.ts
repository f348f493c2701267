import { sql } from "kysely";
import { RESIDENT, writtenEvent, type Actor } from "#audit/append-event";
import type { HappeningOf } from "#audit/kind";
import type { Category } from "#limits/category";
import { asActor, type Officer } from "#people/officer";
import { byteaText } from "#platform/bytea";
import { keptPlan } from "#platform/kept-plans";
import { takeInOrder } from "#platform/lock-order";
import { writtenDegrees } from "#platform/numbers";
import type { DB } from "#platform/schema.generated";
import { SEARCH_MADE } from "#platform/search-words";
import { together } from "#platform/together";
import type { Db, Town } from "#platform/town";
import { Refusal } from "#refusals";
import { sealIdentity } from "#vault/seal-identity";
import type { INTAKE_EVENTS } from "./events.ts";
import { receiptHash } from "./receipt-code.ts";
import { firstReplyDue, type RuleBook } from "./rule-book.ts";
import type { Receiving } from "./said.ts";
import { SAME_SENDING } from "./sameness.ts";
import { searchVectorOf } from "./search-vector.ts";

/** A report with the id, the receipt code and the mark it is to have. */
export type Keeping = Receiving & {
  readonly report: string;
  readonly code: string;
  readonly mark: Buffer | null;
};

/** A report as intake.receive_reports (db/migrations/0300) takes it, in JSON: instants as text, bytes in hexadecimal. */
type Written = ReturnType<typeof written>;

/**
 * Keeps a report with its identity and its event; outside of a transaction together with those that others send in the same moment.
 * Null when it is kept; otherwise nothing of it is, and the rules' version now tells a moved version from a twin.
 * Refusals: category/unknown, village/unknown, event/too-long.
 */
export async function keepReport(town: Town, book: RuleBook, by: Officer | null, at: Date, what: Keeping): Promise<number | null> {
  const report = written(town, book, by, at, what);
  if (!town.db.isTransaction) return goesOf(town)(report);
  if (what.mark !== null) takeInOrder("sending");
  const [version = null] = await keepAll(town, [report]);
  return version;
}

/** Some 200 KB of JSON. Measured: 16 senders who never rest are served a fifth faster than one by one. */
const MOST_TOGETHER = 40;

type Keep = (report: Written) => Promise<number | null>;
const goes = new WeakMap<Db, Map<string, Keep>>();

function goesOf(town: Town): Keep {
  const towns = goes.get(town.db) ?? new Map<string, Keep>();
  goes.set(town.db, towns);
  const its = towns.get(town.id) ?? together(MOST_TOGETHER, (reports) => keepAll(town, reports));
  towns.set(town.id, its);
  return its;
}

async function keepAll(town: Town, reports: readonly Written[]): Promise<readonly (number | null)[]> {
  const { rows } = await sql<{ report: string; version: number }>`${keptPlan()}
    select report, version from intake.receive_reports(${town.id}, ${JSON.stringify(reports)}, ${SAME_SENDING})`.execute(town.db);
  const versions = new Map(rows.map(({ report, version }) => [report, version]));
  return reports.map(({ id }) => versions.get(id) ?? null);
}

function written(town: Town, book: RuleBook, by: Officer | null, at: Date, what: Keeping) {
  return {
    id: what.report,
    received_at: at,
    rules_version: book.version,
    mark: what.mark === null ? null : byteaText(what.mark),
    row: rowOf(town, book, by, at, what),
    identity: sealIdentity(town, at, what.report, what),
    event: writtenEvent(actorOf(by, what), at, happeningOf(what)),
  };
}

function actorOf(by: Officer | null, { sender }: Receiving): Actor {
  return by === null ? (sender ?? RESIDENT) : asActor(by);
}

type Row = { readonly [column in keyof DB["intake.report"]]: string | number | Date | null };

function rowOf(town: Town, book: RuleBook, by: Officer | null, at: Date, what: Keeping): Row {
  return {
    town: town.id,
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
    receipt_hash: byteaText(receiptHash(town.keys, what.code)),
    first_reply_due_at: firstReplyDue(book.calendar, categoriesIn(book, what), at),
    first_answered_at: null,
    overdue_at: null,
    unread_since: null,
    disputed_at: null,
    problem: null,
    search: searchVectorOf(town, what),
    search_made: SEARCH_MADE,
  };
}

/** The one that the reporter chose; all of them, where they left it to the town. */
function categoriesIn(book: RuleBook, what: Receiving): readonly Category[] {
  if (what.village !== null && !book.villages.has(what.village)) throw new Refusal("village/unknown");
  if (what.category === null) return [...book.categories.values()];
  const category = book.categories.get(what.category);
  if (category === undefined) throw new Refusal("category/unknown");
  return [category];
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
