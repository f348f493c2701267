import { z } from "zod";
import { hmac } from "#platform/hmac";
import { DAY_MS, HOUR_MS } from "#platform/instant";
import { openSealed, sealFor } from "#platform/sealing";
import type { Town } from "#platform/town";

/** A report not yet sent: what was typed by field, and the photos kept with it. */
export type Draft = { readonly id: string; readonly answers: Answers; readonly photos: readonly string[] };
export type Answers = { readonly [field: string]: string };

export const DRAFT_MS = DAY_MS;
const UNWRITTEN_MS = 2 * HOUR_MS;

/** How many drafts an address and a town may have waiting, and their bytes in a town; beyond, the oldest go. */
export const MOST_DRAFTS_OF_ADDRESS = 1000;
export const MOST_DRAFTS_OF_TOWN = 10_000;
export const MOST_DRAFT_BYTES_OF_TOWN = 128 * 1024 * 1024;

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

/** A day from its beginning; a draft in which nothing is written goes two hours after it was last touched. */
export function keptUntil(startedAt: Date, at: Date, answers: Answers): Date {
  const aDay = startedAt.getTime() + DRAFT_MS;
  const isWritten = (answers["title"] ?? "") !== "" || (answers["details"] ?? "") !== "";
  return new Date(isWritten ? aDay : Math.min(aDay, at.getTime() + UNWRITTEN_MS));
}

/**
 * What a page shows of a draft, as a mark the page carries: when it comes back with another mark than the draft has by then,
 * somebody (another tab, as a rule) changed just that meanwhile.
 */
export function markOfSeen(town: Town, seen: { readonly [name: string]: string | readonly string[] | undefined }): string {
  const sorted = Object.keys(seen)
    .sort()
    .map((name) => [name, seen[name] ?? ""]);
  return hmac(town.keys.for("draft"), JSON.stringify(["seen", town.id, sorted]))
    .toString("base64url")
    .slice(0, 16);
}

/** The answers of these names, absent ones empty. */
export function answersOf(answers: Answers, names: readonly string[]): Answers {
  return Object.fromEntries(names.map((name) => [name, answers[name] ?? ""]));
}
