import { sql } from "kysely";
import type { Actor } from "#audit/append-event";
import { newId } from "#platform/ids";
import type { Town } from "#platform/town";
import { Refusal } from "#refusals";
import { PHOTO_MEDIA_TYPE } from "./picture.ts";
import { PURPOSES, type PurposeName } from "./purpose.ts";
import { tellUnsealed } from "./tell-added.ts";
import { endUploads, type SentFor } from "./upload.ts";

export type UseFiles = {
  readonly files: readonly string[];
  readonly purpose: PurposeName;
  /** The draft, report or problem, as the purpose says. */
  readonly subject: string;
  readonly caption?: string;
  /** What they were sent for, where that is not the subject: the draft that a report was written in. */
  readonly sentFor?: SentFor;
  /** Other subjects from whose files the caller lets `by` choose: the reports that a problem answers. */
  readonly chosenFrom?: readonly string[];
};

/**
 * The only way from a file to anything: makes files part of a subject, for a purpose, and returns how many are new to it; one that is part
 * of it already keeps its first purpose. The caller's transaction holds the subject's lock and has asked whether `by` may act on it.
 * Here is asked what a hash never answers: that `by` sent each of them for this, or chose it where the purpose lets them. Every other
 * file is as unknown as one that is not there. Refusal: file/unknown.
 * Files about to be used are held until the end of the transaction: nobody forgets one meanwhile.
 */
export async function useFiles(town: Town, by: Actor, at: Date, what: UseFiles): Promise<number> {
  const { purpose, subject, caption = "" } = what;
  const files = [...new Set(what.files)];
  if (files.length === 0) return 0;
  const candidates = await holdCandidates(town, by, files, what);
  const mayUse = (file: string) => candidates.some(({ sha256, sent, chosen, used }) => sha256 === file && (sent || chosen || used));
  if (PURPOSES[purpose].by !== by.kind || !files.every(mayUse)) throw new Refusal("file/unknown");
  const actor = { actor_kind: by.kind, actor: "id" in by ? by.id : null };
  const made = await town.db
    .insertInto("evidence.use")
    .values(files.map((file) => ({ town: town.id, id: newId(at), file, purpose, subject, caption, ...actor, used_at: at })))
    .onConflict((conflict) => conflict.columns(["town", "subject", "file"]).where("ended_at", "is", null).doNothing())
    .returning("id")
    .execute();
  if (PURPOSES[purpose].waits) return made.length;
  await endUploads(town, actor.actor, sentForOf(what), files);
  await tellUnsealed(town, at, subject, files);
  return made.length;
}

function sentForOf({ sentFor, purpose, subject }: UseFiles): SentFor {
  return sentFor ?? { kind: PURPOSES[purpose].of, id: subject };
}

type Candidate = { readonly sha256: string; readonly sent: boolean; readonly chosen: boolean; readonly used: boolean };

/**
 * Those of the purpose's kind that stand in view, held. What is chosen elsewhere is chosen as it is shown there: a copy, where parts are
 * blacked out.
 */
async function holdCandidates(town: Town, by: Actor, files: readonly string[], what: UseFiles): Promise<readonly Candidate[]> {
  const sentFor = sentForOf(what);
  const { rows } = await sql<Candidate>`
    select f.sha256,
      exists (select from evidence.upload u where u.town = f.town and u.sha256 = f.sha256 and u.for_kind = ${sentFor.kind}
        and u.for_id = ${sentFor.id}::uuid and u.officer is not distinct from ${by.kind === "officer" ? by.id : null}::uuid) as sent,
      exists (select from evidence.use u left join evidence.redaction w on w.town = u.town and w.sha256 = u.file
        where u.town = f.town and u.subject = any (${[...(what.chosenFrom ?? [])]}::uuid[]) and u.ended_at is null
          and u.purpose = any (${[...PURPOSES[what.purpose].from]}::text[]) and coalesce(w.replaced_by, u.file) = f.sha256) as chosen,
      exists (select from evidence.use u where u.town = f.town and u.subject = ${what.subject}::uuid and u.file = f.sha256
        and u.ended_at is null) as used
    from evidence.file f left join evidence.redaction r on r.town = f.town and r.sha256 = f.sha256
    where f.town = ${town.id} and f.sha256 = any (${[...files]}::text[]) and (r.sha256 is null or r.replaced_by is not null)
      and (f.media_type = ${PHOTO_MEDIA_TYPE}) = ${PURPOSES[what.purpose].takes === "photo"}
    for key share of f`.execute(town.db);
  return rows;
}
