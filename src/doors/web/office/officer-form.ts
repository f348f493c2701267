import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Officer } from "#people/officer";
import { Refusal } from "#refusals";
import type { Sent } from "#doors/web/form";
import { faultsOfRefusal } from "#doors/web/refused-field";
import type { Faults } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { statusOf } from "#doors/web/refusal-page";

/** Why a form comes back: what is wrong, in the reader's words, and with which status. */
export type Back = { readonly faults: Faults; readonly status: ContentfulStatusCode };

/** The officer behind a page that only officers enter (`route`). */
export function signedIn(visit: Visit): Officer {
  if (visit.officer === null) throw new Error("couldn't find the officer: the route is open to anyone");
  return visit.officer;
}

/** Runs what a form asks for; a refusal becomes the reason why the form comes back, its words beside the field it is about. */
export async function sendOrBack(visit: Visit, sent: Sent, send: () => Promise<Response>): Promise<Response | Back> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { faults: faultsOfRefusal(visit, error.code, sent), status: statusOf(error.code) };
  }
}
