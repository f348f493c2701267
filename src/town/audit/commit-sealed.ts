import { createHash, type Hash } from "node:crypto";
import { lowestIdAt } from "#platform/ids";
import { dayOf, startOf, type Day } from "#platform/instant";
import type { Town } from "#platform/town";
import { SYSTEM } from "./append-event.ts";
import { appendEvent } from "./events.ts";
import { daysOfChangedWords } from "./check-sealed-words.ts";
import { THE_TOWN } from "./the-town.ts";

const PAGE = 1000;
const NOTHING_YET = { until: "1970-01-02", digest: "" };

/** What the log holds to: the SHA-256 of every sealed event until this day began, chained day by day. */
type Commitment = { readonly until: Day; readonly digest: string };

/**
 * Once a day the log commits to all that lies sealed until the day began, whether anything does or not: the same leaf either way, which
 * tells neither how much came nor when. Of two programs that do it at once both may; it tells the same.
 */
export async function commitSealed(town: Town, at: Date): Promise<void> {
  const until = dayOf(at);
  const last = (await commitments(town)).at(-1) ?? NOTHING_YET;
  if (last.until >= until) return;
  const digest = await digestOf(town, last, until);
  await appendEvent(town, SYSTEM, at, { verb: "sealed.committed", subject: THE_TOWN, facts: { until }, words: { digest } });
}

/** The days until which sealed events are no longer those that the log committed to, or their words not those that they commit to. */
export async function checkSealed(town: Town): Promise<readonly Day[]> {
  const wrong: Day[] = [...(await daysOfChangedWords(town))];
  let before: Commitment = NOTHING_YET;
  for (const one of await commitments(town)) {
    if ((await digestOf(town, before, one.until)) !== one.digest) wrong.push(one.until);
    before = one;
  }
  return [...new Set(wrong)].sort();
}

async function commitments(town: Town): Promise<readonly Commitment[]> {
  const rows = await town.db
    .selectFrom("audit.event as e")
    .innerJoin("audit.private_text as w", (join) => join.onRef("w.town", "=", "e.town").onRef("w.event", "=", "e.id"))
    .select(["e.body", "w.text"])
    .where("e.town", "=", town.id)
    .where("e.subject", "=", THE_TOWN.id)
    .where("e.verb", "=", "sealed.committed")
    .where("w.field", "=", "digest")
    .orderBy("e.id")
    .execute();
  return rows.map(({ body, text }) => ({ until: untilIn(body), digest: text ?? "" }));
}

function untilIn(body: string): Day {
  const found = /"until":"([0-9-]{10})"/.exec(body)?.[1];
  if (found === undefined) throw new Error(`couldn't read the day of a commitment: ${body}`);
  return found;
}

async function digestOf(town: Town, before: Commitment, until: Day): Promise<string> {
  const hash = createHash("sha256").update(`${before.digest}\n${until}\n`);
  let last = lowestIdAt(startOf(before.until));
  for (;;) {
    const rows = await town.db
      .selectFrom("audit.sealed_event")
      .select(["id", "verb", "actor_kind", "actor", "at", "subject_kind", "subject", "body"])
      .where("town", "=", town.id)
      .where("id", ">", last)
      .where("id", "<", lowestIdAt(startOf(until)))
      .orderBy("id")
      .limit(PAGE)
      .execute();
    for (const row of rows) add(hash, Object.values({ ...row, at: row.at.toISOString() }));
    if (rows.length < PAGE) return hash.digest("hex");
    last = rows.at(-1)?.id ?? last;
  }
}

/** JSON keeps what stands beside one another apart. */
function add(hash: Hash, columns: readonly (string | null)[]): void {
  hash.update(`${JSON.stringify(columns)}\n`);
}
