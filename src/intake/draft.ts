import { z } from "zod";
import { openSealed, sealFor } from "#platform/sealing";
import type { Town } from "#platform/town";

/** A report not yet sent: what was typed by field, and the photos kept with it. */
export type Draft = { readonly id: string; readonly answers: Answers; readonly photos: readonly string[] };
export type Answers = { readonly [field: string]: string };

export const DRAFT_MS = 86_400_000;

const Kept = z.record(z.string(), z.string());

export function sealAnswers(town: Town, draft: string, answers: Answers): Buffer {
  return sealFor(town.keys, "draft", JSON.stringify(answers), placeOf(town, draft));
}

/** Null when sealed under another key. */
export function unsealAnswers(town: Town, draft: string, sealed: Uint8Array): Answers | null {
  const text = openSealed(town.keys, "draft", sealed, placeOf(town, draft));
  return text === null ? null : Kept.parse(JSON.parse(text));
}

function placeOf(town: Town, draft: string): string {
  return `draft/${town.id}/${draft}`;
}
