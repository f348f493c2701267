import { sql } from "kysely";
import { RESIDENT } from "#audit/append-event";
import { MOST_PHOTOS } from "#evidence/bounds";
import { endUses } from "#evidence/end-uses";
import { useFiles } from "#evidence/use-files";
import { newId } from "#platform/ids";
import { transact, type Town } from "#platform/town";
import { Refusal } from "#refusals";
import { answersOf, keptUntil, markOfSeen, MOST_DRAFTS_OF_ADDRESS, MOST_DRAFTS_OF_TOWN, sealAnswers, type Answers } from "./draft.ts";
import { lockDraft } from "./read-draft.ts";

export type KeepDraft = {
  /** Null begins a draft. */
  readonly id: string | null;
  /** In place of the earlier ones of the same names. */
  readonly answers: Answers;
  readonly photos?: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** The mark (`markOfSeen`) of what these answers were when the page was drawn; null: nobody looked. */
  readonly seen?: string | null;
  /** Keyed hash of the sender's address block; null when there is none. */
  readonly sender?: Buffer | null;
};

const MOST_AT_ONCE = 20;

/**
 * Keeps what was answered, sealed, over what the draft holds at that moment. A draft that was sent or swept meanwhile, or none
 * yet, begins anew under a new id, which is returned: whoever holds it may read the draft.
 * Refusals: draft/changed (these very answers became others since the page was drawn; nothing is kept), file/unknown.
 */
export async function keepDraft(town: Town, at: Date, what: KeepDraft): Promise<string> {
  return transact(town, async (town) => {
    const held = what.id === null ? null : await lockDraft(town, at, what.id);
    refuseMovedOn(town, held?.answers ?? {}, what);
    const { added = [], removed = [] } = what.photos ?? {};
    const earlier = held?.photos ?? [];
    const photos = [...new Set([...earlier.filter((sha256) => !removed.includes(sha256)), ...added])].slice(0, MOST_PHOTOS);
    const answers = { ...held?.answers, ...what.answers };
    const id = held?.id ?? newId(at);
    if (held === null) await begin(town, at, id, answers, what.sender ?? null);
    else await change(town, at, held, answers);
    await endUses(town, at, { subjects: [id], files: earlier.filter((sha256) => !photos.includes(sha256)) });
    const more = photos.filter((sha256) => !earlier.includes(sha256));
    await useFiles(town, RESIDENT, at, { files: more, purpose: "draft", subject: id });
    return id;
  });
}

/** Sent twice, the second changes nothing and is no surprise to anybody. */
function refuseMovedOn(town: Town, held: Answers, { answers, seen = null }: KeepDraft): void {
  const now = markOfSeen(town, answersOf(held, Object.keys(answers)));
  if (seen !== null && seen !== now && now !== markOfSeen(town, answers)) throw new Refusal("draft/changed");
}

async function begin(town: Town, at: Date, id: string, answers: Answers, sender: Buffer | null): Promise<void> {
  await town.db
    .insertInto("intake.draft")
    .values({ town: town.id, id, sealed: sealAnswers(town, id, answers), started_at: at, until: keptUntil(at, at, answers), sender })
    .execute();
  // What is left unfinished is bounded whoever comes: the oldest of the address go first, then those of the town.
  if (sender !== null) await dropBeyond(town, at, MOST_DRAFTS_OF_ADDRESS, sql`and sender = ${sender}`);
  await dropBeyond(town, at, MOST_DRAFTS_OF_TOWN, sql``);
}

async function dropBeyond(town: Town, at: Date, most: number, of: ReturnType<typeof sql>): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    delete from intake.draft where town = ${town.id} and id in (
      select id from intake.draft where town = ${town.id} and id <= (
        select id from intake.draft where town = ${town.id} ${of} order by id desc offset ${most} limit 1
      ) ${of} order by id limit ${MOST_AT_ONCE} for update skip locked
    ) returning id`.execute(town.db);
  await endUses(town, at, { subjects: rows.map(({ id }) => id) });
}

async function change(town: Town, at: Date, { id, startedAt }: { readonly id: string; readonly startedAt: Date }, answers: Answers) {
  await town.db
    .updateTable("intake.draft")
    .set({ sealed: sealAnswers(town, id, answers), until: keptUntil(startedAt, at, answers) })
    .where("town", "=", town.id)
    .where("id", "=", id)
    .execute();
}
