import type { ContentfulStatusCode } from "hono/utils/http-status";
import { addPhoto } from "#evidence/add-photo";
import { MOST_PHOTOS } from "#evidence/bounds";
import { findFile, readFile } from "#evidence/queries";
import { isBlank, keptWords, shortened } from "#platform/characters";
import { findSent, type Sender, type SentFor } from "#evidence/upload";
import { refusalOf, statusOf } from "./refusal-page.ts";
import type { Visit } from "./visit.ts";

/** Photos of a form: those it kept before, and files that came with it now. */
export type Chosen = {
  readonly sentFor: SentFor;
  readonly willBeSealed?: boolean;
  readonly earlier: readonly string[];
  readonly files: readonly File[];
};

export type Kept = {
  /** The earlier photos and the new good ones, each once. */
  readonly photos: readonly string[];
  /** Where a new photo was taken, when one said so; nothing keeps it unless the reporter wants it. */
  readonly position: { readonly lon: number; readonly lat: number } | null;
  readonly fault: { readonly words: string; readonly status: ContentfulStatusCode } | null;
};

/** Keeps the good ones of several photos and says of each other one, by its name, what is wrong with it. */
export async function keepPhotos(visit: Visit, by: Sender, { earlier, files, ...sent }: Chosen): Promise<Kept> {
  const photos = [...earlier];
  let position: Kept["position"] = null;
  let status: ContentfulStatusCode | null = null;
  const faults: string[] = [];
  for (const file of files) {
    const added = await keep(visit, by, { ...sent, already: photos.length }, file);
    if ("words" in added) {
      faults.push(visit.words.report.photos.fileFault(nameOfFile(file), added.words));
      status ??= added.status;
    } else {
      if (!photos.includes(added.sha256)) photos.push(added.sha256);
      position ??= added.position;
    }
  }
  return { photos, position, fault: status === null ? null : { words: faults.join("；"), status } };
}

type Sending = Pick<Chosen, "sentFor" | "willBeSealed"> & { readonly already: number };

async function keep(visit: Visit, by: Sender, { already, ...sent }: Sending, file: File) {
  if (already >= MOST_PHOTOS) return { words: visit.words.common.faults["photo/too-many"], status: 413 } as const;
  try {
    return await addPhoto(visit.town, by, visit.at, { bytes: new Uint8Array(await file.arrayBuffer()), ...sent });
  } catch (error) {
    const code = refusalOf(error);
    if (code === null) throw error;
    return { words: visit.words.refusals.codes[code], status: statusOf(code) };
  }
}

const LONGEST_NAME = 40;

/** A file's name as its sender knows it, short enough for a sentence. */
function nameOfFile(file: File): string {
  const name = keptWords(file.name.toWellFormed().replaceAll(/\p{Cc}/gu, ""));
  return isBlank(name) ? "?" : shortened(name, LONGEST_NAME);
}

/** Of hashes that a form brings along, those that this sender sent for this and that wait still; others are as if not named. */
export async function photosOfForm(
  visit: Visit,
  officer: string | null,
  sentFor: SentFor,
  named: readonly string[],
): Promise<readonly string[]> {
  const sent = await findSent(visit.town, officer, sentFor, named);
  return [...sent].toSorted((one, other) => named.indexOf(one) - named.indexOf(other));
}

/** The small picture of a photo that waits, for whoever sent it alone: to everybody else it does not exist. */
export async function waitingThumbnail(visit: Visit, asked: string, officer: string | null, sentFor: SentFor): Promise<Response> {
  const [sha256] = await photosOfForm(visit, officer, sentFor, [asked]);
  return thumbnailOf(visit, sha256 ?? null);
}

/** The small picture of a file, kept by no browser; 404 for none. Whether the visitor may see it is the caller's to know. */
export async function thumbnailOf(visit: Visit, sha256: string | null): Promise<Response> {
  const photo = sha256 === null ? null : await findFile(visit.town, sha256);
  const file = photo === null ? null : await readFile(visit.town, photo.thumbnailSha256 ?? photo.sha256);
  if (file === null) return visit.context.text("not found\n", 404);
  return visit.context.body(new Uint8Array(file.bytes), 200, { "content-type": file.mediaType, "cache-control": "private, no-store" });
}
