import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Town } from "#platform/town";
import { openOriginal } from "./original.ts";
import { PHOTO_MEDIA_TYPE } from "./picture.ts";

/** What is wrong with a file: its bytes are gone, or are not those that its hash names, or its event tells of another original. */
export type FileFault = {
  readonly sha256: string;
  readonly what: "missing" | "changed" | "original-missing" | "original-changed" | "other-in-log" | "row-missing";
};

export type FilesChecked = { readonly files: number; readonly bytes: number; readonly faults: readonly FileFault[] };

const PAGE = 200;
const MOST_FAULTS = 100;

/**
 * Hashes every kept file again, opens every sealed original, and compares both with the events that the log commits to
 * (`checkEvents` compares those with the log itself). A file that its event tells of and that is in no table is a fault too.
 */
export async function checkFiles(town: Town, progress: (files: number) => void): Promise<FilesChecked> {
  const faults: FileFault[] = [];
  let [files, bytes, after] = [0, 0, ""];
  for (;;) {
    const rows = await filesAfter(town, after);
    for (const row of rows) {
      const checked = await checkFile(town, row);
      faults.push(...checked.faults.map((what) => ({ sha256: row.sha256, what })));
      bytes += checked.bytes;
    }
    files += rows.length;
    progress(files);
    after = rows.at(-1)?.sha256 ?? after;
    if (rows.length < PAGE) break;
  }
  faults.push(...(await rowsMissing(town)));
  return { files, bytes, faults: faults.slice(0, MOST_FAULTS) };
}

type Row = {
  readonly sha256: string;
  readonly thumbnail: string | null;
  /** Whether it has bytes in the open: of a document there is the sealed original alone. */
  readonly isPicture: boolean;
  readonly removed: boolean;
  readonly original: string | null;
  readonly sealed: string | null;
  /** What the event of its arrival says, empty where its words are gone; null for files from before there was one, and for copies. */
  readonly told: string | null;
};

/** What the event `e` says of the file: a word that it commits to, or, before hashes were words, a fact. Empty: its word is gone. */
function toldOf(name: "sha256" | "original") {
  return sql`coalesce(e.body::jsonb -> 'facts' ->> ${name}, (select w.text from audit.private_text w
    where w.town = e.town and w.event = e.id and w.field = ${name}), '')`;
}

async function filesAfter(town: Town, after: string): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select f.sha256, f.thumbnail_sha256 as thumbnail, f.media_type = ${PHOTO_MEDIA_TYPE} as "isPicture",
      r.sha256 is not null as removed, o.original_sha256 as original,
      o.sealed_sha256 as sealed,
      (select ${toldOf("original")} from audit.event e
        where e.town = f.town and e.verb = 'file.added' and e.subject = ${SUBJECT} order by e.id desc limit 1) as told
    from evidence.file f
    left join evidence.redaction r on r.town = f.town and r.sha256 = f.sha256
    left join evidence.original o on o.town = f.town and o.sha256 = f.sha256
    where f.town = ${town.id} and f.sha256 > ${after} order by f.sha256 limit ${PAGE}`.execute(town.db);
  return rows;
}

/** A file's subject (file.ts), computed where the row is, so that its events are found by their index. */
const SUBJECT = sql`(overlay(overlay(substr(f.sha256, 1, 32) placing '8' from 13) placing '8' from 17))::uuid`;

async function checkFile(town: Town, row: Row): Promise<{ readonly faults: readonly FileFault["what"][]; readonly bytes: number }> {
  const faults: FileFault["what"][] = [];
  let bytes = 0;
  // A redacted file's own bytes are gone, or go within the minute; its sealed original stays.
  for (const sha256 of row.removed || !row.isPicture ? [] : [row.sha256, row.thumbnail]) {
    if (sha256 === null) continue;
    const kept = await town.blobs.get(town.id, sha256);
    bytes += kept?.length ?? 0;
    if (kept === null) faults.push("missing");
    else if (hashOf(kept) !== sha256) faults.push("changed");
  }
  if (row.original !== null && row.sealed !== null) {
    const kept = await town.blobs.get(town.id, row.sealed);
    bytes += kept?.length ?? 0;
    const original = kept === null ? null : openOriginal(town, row.sha256, kept);
    if (kept === null) faults.push("original-missing");
    else if (original === null || hashOf(original) !== row.original) faults.push("original-changed");
  }
  if (row.told !== null && row.told !== row.original) faults.push("other-in-log");
  return { faults: [...new Set(faults)], bytes };
}

/** Files whose arrival is on record, which were never forgotten, and which no row names any more. */
async function rowsMissing(town: Town): Promise<readonly FileFault[]> {
  const { rows } = await sql<{ sha256: string }>`
    select distinct ${toldOf("sha256")} as sha256 from audit.event e
    where e.town = ${town.id} and e.verb = 'file.added'
      and not exists (select from evidence.file f where f.town = e.town and e.subject = ${SUBJECT})
      and not exists (select from audit.event x where x.town = e.town and x.subject = e.subject and x.verb = 'file.forgotten'
        and x.id > e.id)
    limit ${MOST_FAULTS}`.execute(town.db);
  return rows.map(({ sha256 }) => ({ sha256, what: "row-missing" as const }));
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
