import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { isId } from "#platform/ids";
import { sealToken, unsealToken } from "#doors/web/public/sealed-token";
import type { Visit } from "#doors/web/visit";

const COOKIE = "story";
const STORY_MS = 30 * 60_000;

/** Opens one report's story on this device for half an hour; the code itself is kept nowhere. */
export function openStory(visit: Visit, report: string): void {
  const until = new Date(visit.at.getTime() + STORY_MS);
  setCookie(visit.context, COOKIE, sealToken(visit.town, "story", until, report), { ...place(visit), maxAge: STORY_MS / 1000 });
}

/** Whose story is open here; null when none is, its half hour is over, or the cookie was made by somebody else. */
export function openedStory(visit: Visit): string | null {
  const report = unsealToken(visit.town, "story", visit.at, getCookie(visit.context, COOKIE) ?? "");
  return report !== null && isId(report) ? report : null;
}

export function closeStory(visit: Visit): void {
  deleteCookie(visit.context, COOKIE, place(visit));
}

function place(visit: Visit) {
  return { httpOnly: true, sameSite: "Lax", path: "/track", secure: visit.program.origin.protocol === "https:" } as const;
}
