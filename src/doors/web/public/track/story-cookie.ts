import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { isId } from "#platform/ids";
import type { Coded } from "#intake/find-slip";
import { lastReissue } from "#intake/queries";
import { FIRST_ISSUE } from "#intake/receipt-code";
import { sealToken, unsealToken } from "#doors/web/public/sealed-token";
import type { Visit } from "#doors/web/visit";

const COOKIE = "story";
const STORY_MS = 30 * 60_000;

/** A slip's id, or a report's with the issue of the receipt that opened it. */
const OPENS = /^(slip\/)?([^/]+)(?:\/(\d+))?$/;

/** Opens the story of one report or slip on this device for half an hour; the code itself is kept nowhere. */
export function openStory(visit: Visit, { kind, id, issue }: Coded): void {
  const until = new Date(visit.at.getTime() + STORY_MS);
  setCookie(visit.context, COOKIE, sealToken(visit.town, "story", until, kind === "slip" ? `slip/${id}` : `${id}/${issue}`), {
    ...place(visit),
    maxAge: STORY_MS / 1000,
  });
}

/**
 * Which report's story is open here; null when none is, its half hour is over, the cookie was made by somebody else, or the receipt that
 * opened it was made anew meanwhile.
 */
export async function openedStory(visit: Visit): Promise<string | null> {
  const opened = openedHere(visit, "report");
  if (opened === null) return null;
  const now = (await lastReissue(visit.town, opened.id))?.issue ?? FIRST_ISSUE;
  return now === opened.issue ? opened.id : null;
}

/** The same of a slip, which is made anew by nobody: at most one of the two is open. */
export function openedSlip(visit: Visit): string | null {
  return openedHere(visit, "slip")?.id ?? null;
}

function openedHere(visit: Visit, wanted: Coded["kind"]): Coded | null {
  const says = unsealToken(visit.town, "story", visit.at, getCookie(visit.context, COOKIE) ?? "");
  const [, slip, id = "", issue = FIRST_ISSUE] = OPENS.exec(says ?? "") ?? [];
  const kind = slip === undefined ? "report" : "slip";
  return kind === wanted && isId(id) ? { kind, id, issue: Number(issue) } : null;
}

export function closeStory(visit: Visit): void {
  deleteCookie(visit.context, COOKIE, place(visit));
}

function place(visit: Visit) {
  return { httpOnly: true, sameSite: "Lax", path: "/track", secure: visit.program.origin.protocol === "https:" } as const;
}
