import type { Hono } from "hono";
import { findDesk } from "#verification/desk";
import type { Purpose } from "#evidence/upload";
import type { Officer } from "#people/officer";
import { findProblemByNumber } from "#publication/office-queries";
import { Refusal } from "#refusals";
import { notFoundPage } from "#doors/web/error-pages";
import { readForm, sendOnce, type Sent } from "#doors/web/form";
import { keepPhotos, photosOfForm, waitingThumbnail, type Kept } from "#doors/web/keep-photos";
import { signedIn } from "#doors/web/office/officer-form";
import { faultsOfRefusal } from "#doors/web/refused-field";
import { statusOf } from "#doors/web/refusal-page";
import { route, type Visited } from "#doors/web/route";
import type { Faults } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { DESK_FORMS } from "./desk-forms.ts";
import type { DeskForm } from "./desk-form.ts";
import { deskPage, type Returned } from "./desk-page.ts";

/** The problem desk: everything about one problem, and every act on it. */
export function deskPages(app: Hono<Visited>): void {
  route(app, "GET /office/ledger/:number", (visit) => showDesk(visit, null));
  route(app, "GET /office/ledger/:number/photos/:sha256", waitingPhoto);
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
    const kept = photos ? await keepSent(visit, officer, number, sent) : null;
    if (kept !== null) sent = { ...sent, lists: { ...sent.lists, photos: kept.photos } };
    const asked = read(visit, officer, sent);
    if ("faults" in asked) {
      return await showDesk(visit, { command, sent, faults: { ...asked.faults, ...photoFault(kept) }, status: 422 });
    }
    if (kept !== null && kept.fault !== null) {
      return await showDesk(visit, { command, sent, faults: photoFault(kept), status: kept.fault.status });
    }
    return await sendOnce(visit, sent, `desk/${command}`, async (town) => {
      await asked.act(town);
      return `/office/ledger/${encodeURIComponent(number)}?done=${command}`;
    });
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    // A browser sends no field for photos when none was chosen.
    const typed = photos ? { ...sent.typed, new_photos: "" } : sent.typed;
    return showDesk(visit, { command, sent, faults: faultsOfRefusal(visit, cause.code, { typed }), status: statusOf(cause.code) });
  }
}

function photoFault(kept: Kept | null): Faults {
  return kept === null || kept.fault === null ? {} : { new_photos: kept.fault.words };
}

/**
 * Keeps a form's photos before anything else, so that one that comes back faulty need not be given them again: their hashes travel
 * on in `photos`. Those that no act then names are forgotten after some hours.
 */
async function keepSent(visit: Visit, officer: Officer, number: string, sent: Sent): Promise<Kept> {
  const problem = await findProblemByNumber(visit.town, number);
  if (problem === null) throw new Refusal("problem/unknown");
  const purpose: Purpose = { kind: "problem", id: problem };
  const earlier = await photosOfForm(visit, officer.id, purpose, sent.lists["photos"] ?? []);
  return keepPhotos(visit, { officer: officer.id }, { purpose, earlier, files: sent.files["new_photos"] ?? [] });
}

/** A photo that a form of this officer's brought and that waits for its act. */
async function waitingPhoto(visit: Visit): Promise<Response> {
  const problem = await findProblemByNumber(visit.town, visit.context.req.param("number") ?? "");
  if (problem === null) return notFoundPage(visit);
  return waitingThumbnail(visit, signedIn(visit).id, { kind: "problem", id: problem });
}
