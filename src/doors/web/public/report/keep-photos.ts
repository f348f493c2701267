import type { ContentfulStatusCode } from "hono/utils/http-status";
import { addPhoto, MOST_PHOTOS } from "#evidence/add-photo";
import { statusOf } from "#doors/web/refusal-page";
import type { Visit } from "#doors/web/visit";
import { refusalOf } from "./frame.ts";

type Kept = {
  /** The earlier photos and the new good ones, each once. */
  readonly photos: readonly string[];
  /** Where a new photo was taken, when one said so; nothing keeps it unless the reporter wants it. */
  readonly position: { readonly lon: number; readonly lat: number } | null;
  readonly fault: { readonly words: string; readonly status: ContentfulStatusCode } | null;
};

/** Keeps the good ones of several photos and says of each other one, by its name, what is wrong with it. */
export async function keepPhotos(visit: Visit, earlier: readonly string[], files: readonly File[]): Promise<Kept> {
  const photos = [...earlier];
  let position: Kept["position"] = null;
  let status: ContentfulStatusCode | null = null;
  const faults: string[] = [];
  for (const file of files) {
    const added = await keep(visit, photos.length, file);
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

async function keep(visit: Visit, already: number, file: File) {
  const { faults } = visit.words.common;
  if (already >= MOST_PHOTOS) return { words: faults["photo/too-many"], status: 413 } as const;
  try {
    return await addPhoto(visit.town, null, visit.at, new Uint8Array(await file.arrayBuffer()));
  } catch (error) {
    const code = refusalOf(error);
    if (code === null) throw error;
    return { words: visit.words.refusals.codes[code], status: statusOf(code) };
  }
}

/** A file's name as the reporter knows it, short enough for a sentence. */
function nameOfFile(file: File): string {
  const name = file.name.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}]/gu, "");
  return name.length > 40 ? `${name.slice(0, 39)}…` : name || "?";
}
