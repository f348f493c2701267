import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { isId } from "#platform/ids";
import type { Coded } from "#intake/find-slip";
import { sealToken, unsealToken } from "#doors/web/public/sealed-token";
import type { Visit } from "#doors/web/visit";

const COOKIE = "story";
const STORY_MS = 30 * 60_000;
const OPENS: Record<Coded["kind"], string> = { report: "", slip: "slip/" };

/** Opens the story of one report or slip on this device for half an hour; the code itself is kept nowhere. */
export function openStory(visit: Visit, { kind, id }: Coded): void {
  const until = new Date(visit.at.getTime() + STORY_MS);
  setCookie(visit.context, COOKIE, sealToken(visit.town, "story", until, `${OPENS[kind]}${id}`), {
    ...place(visit),
    maxAge: STORY_MS / 1000,
  });
}

/** Which report's story is open here; null when none is, its half hour is over, or the cookie was made by somebody else. */
export function openedStory(visit: Visit): string | null {
  return opened(visit, "report");
}

/** The same of a slip: at most one of the two is open. */
export function openedSlip(visit: Visit): string | null {
  return opened(visit, "slip");
}

function opened(visit: Visit, kind: Coded["kind"]): string | null {
  const says = unsealToken(visit.town, "story", visit.at, getCookie(visit.context, COOKIE) ?? "");
  if (says === null || !says.startsWith(OPENS[kind])) return null;
  const id = says.slice(OPENS[kind].length);
  return isId(id) ? id : null;
}

export function closeStory(visit: Visit): void {
  deleteCookie(visit.context, COOKIE, place(visit));
}

function place(visit: Visit) {
  return { httpOnly: true, sameSite: "Lax", path: "/track", secure: visit.program.origin.protocol === "https:" } as const;
}
