import { setCookie } from "hono/cookie";
import type { Visit } from "#doors/web/visit";

const LASTS_S = 60;

/**
 * Tells the browser of an officer which form was done, by its key: what it kept of it is forgotten (browser/office-draft.ts). A form whose
 * answer never arrived is not done for it, and keeps its words.
 */
export function tellDone(visit: Visit, key: string): void {
  if (visit.officer === null) return;
  setCookie(visit.context, "form_done", key, {
    sameSite: "Lax",
    path: "/office",
    secure: visit.program.origin.protocol === "https:",
    maxAge: LASTS_S,
  });
}
