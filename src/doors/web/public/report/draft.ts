import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { DRAFT_MS } from "#intake/draft";
import { dropDraft } from "#intake/drop-draft";
import { keepDraft } from "#intake/keep-draft";
import { readDraft } from "#intake/read-draft";
import { hmac } from "#platform/hmac";
import type { Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { sealToken, unsealToken } from "#doors/web/public/sealed-token";

const COOKIE = "draft";

/** What has been answered so far, and the photos kept with it. Only the holder of the draft's cookie sees it. */
export type Draft = { readonly id: string | null; readonly answers: Typed; readonly photos: readonly string[] };

const EMPTY: Draft = { id: null, answers: {}, photos: [] };

/** The visitor's draft; an empty one when there is none, or its time is over. */
export async function draftOf(visit: Visit): Promise<Draft> {
  const id = draftIdOf(visit);
  return id === null ? EMPTY : ((await readDraft(visit.town, visit.at, id)) ?? EMPTY);
}

/** The id in the cookie that the visitor brought, whether its draft is still there or not; null when there is none, or it is too old. */
export function draftIdOf(visit: Visit): string | null {
  return unsealToken(visit.town, "draft", visit.at, getCookie(visit.context, COOKIE) ?? "");
}

/** Whether the visitor brought a draft's cookie: when the draft itself is gone, its time was over or it was sent. */
export function broughtDraft(visit: Visit): boolean {
  return getCookie(visit.context, COOKIE) !== undefined;
}

/** Keeps these answers in place of the earlier ones of the same name; what another tab answered meanwhile stays. Returns its id. */
export async function keepAnswers(
  visit: Visit,
  draft: Draft,
  answers: Typed,
  photos: readonly string[] = draft.photos,
  seen: string | null = null,
): Promise<string> {
  const id = await keepDraft(visit.town, visit.at, {
    id: draft.id,
    answers,
    photos: {
      added: photos.filter((sha256) => !draft.photos.includes(sha256)),
      removed: draft.photos.filter((sha256) => !photos.includes(sha256)),
    },
    seen,
    sender: hmac(visit.town.keys.for("device"), `draft/${visit.town.id}/${visit.address}`),
  });
  const until = new Date(visit.at.getTime() + DRAFT_MS);
  setCookie(visit.context, COOKIE, sealToken(visit.town, "draft", until, id), { ...place(visit), maxAge: DRAFT_MS / 1000 });
  return id;
}

export async function forgetDraft(visit: Visit, draft: Draft): Promise<void> {
  if (draft.id !== null) await dropDraft(visit.town, visit.at, draft.id);
  forgetCookie(visit);
}

export function forgetCookie(visit: Visit): void {
  deleteCookie(visit.context, COOKIE, place(visit));
}

function place(visit: Visit) {
  return { httpOnly: true, sameSite: "Lax", path: "/report", secure: visit.program.origin.protocol === "https:" } as const;
}
