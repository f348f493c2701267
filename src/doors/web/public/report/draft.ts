import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { dropDraft } from "#intake/drop-draft";
import { keepDraft } from "#intake/keep-draft";
import { readDraft } from "#intake/read-draft";
import type { Town } from "#platform/town";
import type { Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { sealToken, unsealToken } from "#doors/web/public/sealed-token";

const COOKIE = "draft";
const DRAFT_MS = 86_400_000;

/** What has been answered so far, and the photos kept with it. Only the holder of the draft's cookie sees it. */
export type Draft = { readonly id: string | null; readonly answers: Typed; readonly photos: readonly string[] };

const EMPTY: Draft = { id: null, answers: {}, photos: [] };

/** The visitor's draft; an empty one when there is none, or it is older than a day. */
export async function draftOf(visit: Visit, town: Town = visit.town): Promise<Draft> {
  const id = unsealToken(visit.town, "draft", visit.at, getCookie(visit.context, COOKIE) ?? "");
  if (id === null) return EMPTY;
  return (await readDraft(town, visit.at, id)) ?? EMPTY;
}

/** Whether the visitor brought a draft's cookie: when the draft itself is gone, its day was over or it was sent. */
export function broughtDraft(visit: Visit): boolean {
  return getCookie(visit.context, COOKIE) !== undefined;
}

/** Keeps the draft with these answers in place of the earlier ones of the same name. */
export async function keepAnswers(visit: Visit, draft: Draft, answers: Typed, photos: readonly string[] = draft.photos): Promise<void> {
  const id = await keepDraft(visit.town, visit.at, { id: draft.id, answers: { ...draft.answers, ...answers }, photos });
  const until = new Date(visit.at.getTime() + DRAFT_MS);
  setCookie(visit.context, COOKIE, sealToken(visit.town, "draft", until, id), { ...place(visit), maxAge: DRAFT_MS / 1000 });
}

export async function forgetDraft(visit: Visit, draft: Draft): Promise<void> {
  if (draft.id !== null) await dropDraft(visit.town, draft.id);
  forgetCookie(visit);
}

export function forgetCookie(visit: Visit): void {
  deleteCookie(visit.context, COOKIE, place(visit));
}

function place(visit: Visit) {
  return { httpOnly: true, sameSite: "Lax", path: "/report", secure: visit.program.origin.protocol === "https:" } as const;
}
