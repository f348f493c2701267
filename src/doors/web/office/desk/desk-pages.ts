import type { Hono } from "hono";
import { findDesk } from "#verification/desk";
import { Refusal } from "#refusals";
import { notFoundPage } from "#doors/web/error-pages";
import { readForm, sendOnce, type Sent } from "#doors/web/form";
import { signedIn } from "#doors/web/office/officer-form";
import { statusOf } from "#doors/web/refusal-page";
import { route, type Visited } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { DESK_FORMS } from "./desk-forms.ts";
import { keepPhotos, type DeskForm } from "./desk-form.ts";
import { deskPage, type Returned } from "./desk-page.ts";

/** The problem desk: everything about one problem, and every act on it. */
export function deskPages(app: Hono<Visited>): void {
  route(app, "GET /office/ledger/:number", (visit) => showDesk(visit, null));
  for (const form of Object.values(DESK_FORMS)) route(app, `POST /office/ledger/:number/${form.command}`, (visit) => doAct(visit, form));
}

async function showDesk(visit: Visit, returned: Returned | null): Promise<Response> {
  const officer = signedIn(visit);
  const desk = await findDesk(visit.town, visit.context.req.param("number") ?? "", visit.at);
  if (desk === null) return notFoundPage(visit);
  return deskPage(visit, await visit.names(), officer, desk, returned);
}

/** Parses, acts once, and leads back to the desk; whatever stands in the way comes back with everything typed. */
async function doAct(visit: Visit, { command, photos, read }: DeskForm): Promise<Response> {
  const officer = signedIn(visit);
  const number = visit.context.req.param("number") ?? "";
  let sent: Sent = await readForm(visit);
  try {
    if (photos) sent = await keepPhotos(visit, officer, sent);
    const asked = read(visit, officer, sent);
    if ("faults" in asked) return await showDesk(visit, { command, sent, faults: asked.faults, status: 422 });
    return await sendOnce(visit, sent, `desk/${command}`, async (town) => {
      await asked.act(town);
      return `/office/ledger/${encodeURIComponent(number)}?done=${command}`;
    });
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    const words = visit.words.refusals.codes[cause.code];
    return showDesk(visit, {
      command,
      sent,
      faults: { [photos && cause.code.startsWith("file/") ? "new_photos" : "form"]: words },
      status: statusOf(cause.code),
    });
  }
}
