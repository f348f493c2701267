import { findDesk, type ProblemDesk } from "#office/desk";
import type { SentFor } from "#evidence/upload";
import { findProblemByNumber } from "#office/queries";
import type { Entrance } from "#doors/web/access";
import { notFoundPage } from "#doors/web/error-pages";
import type { Sent } from "#doors/web/form";
import { sendForm } from "#doors/web/form/send-form";
import { keepPhotos, photosOfForm, waitingThumbnail, type Kept } from "#doors/web/keep-photos";
import { whyNotThatDay } from "#doors/web/office/latest-day";
import { signedIn } from "#doors/web/office/officer-form";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { DESK_FORMS } from "./desk-forms.ts";
import type { DeskForm } from "./desk-form.ts";
import type { Returned } from "./desk-acts.ts";
import { deskPage } from "./desk-page.ts";

const WHO_READS = "see-problems";

/** The problem desk: everything about one problem, and every act on it. */
export const deskRoutes = [
  route("GET /office/ledger/:number", { who: WHO_READS, kind: "page" }, (visit, { number }) => showDesk(visit, number, null)),
  route("GET /office/ledger/:number/photos/:sha256", { who: "work", kind: "page" }, waitingPhoto),
  ...Object.values(DESK_FORMS).map((form) =>
    route(`POST /office/ledger/:number/${form.command}`, entranceOf(form), (visit, { number }) => doAct(visit, number, form)),
  ),
];

/** Who may send it; whether the act is possible for this problem is the room's question. */
function entranceOf({ who, photos }: DeskForm): Entrance {
  return { who, kind: photos ? "act-photos" : "act" };
}

async function showDesk(visit: Visit, number: string, returned: Returned | null): Promise<Response> {
  const officer = signedIn(visit);
  const desk = await findDesk(visit.town, number, visit.at);
  if (desk === null) return notFoundPage(visit);
  return deskPage(visit, await visit.names(), officer, desk, returned === null ? null : sayingTheDay(visit, desk, returned));
}

/** A day beyond its limit comes back with the last day that is allowed, the rule it comes from, and the way to a later one. */
function sayingTheDay(visit: Visit, { latestDueOn, latestExtensionOn }: ProblemDesk, returned: Returned): Returned {
  if (returned.refused !== "due/beyond-limit") return returned;
  const last = returned.command === "assign" ? latestDueOn : latestExtensionOn;
  const why = whyNotThatDay(visit, returned.refused, last);
  return { ...returned, faults: Object.fromEntries(Object.keys(returned.faults).map((field) => [field, why])) };
}

/** Acts once, and leads back to the desk. */
function doAct(visit: Visit, number: string, form: DeskForm): Promise<Response> {
  const { command } = form;
  return sendForm(visit, {
    purpose: `desk/${command}`,
    ...(form.photos ? { photos: { field: "new_photos", keep: (sent) => keepSent(visit, number, sent) } } : {}),
    read: (sent) => form.read(visit, sent, `/office/ledger/${number}?done=${command}`),
    back: (drawn) => showDesk(visit, number, { ...drawn, command }),
  });
}

/** The photos of a form about a problem; of one that is not there none. */
async function keepSent(visit: Visit, number: string, sent: Sent): Promise<Kept> {
  const officer = signedIn(visit).id;
  const problem = await findProblemByNumber(visit.town, number);
  if (problem === null) return { photos: [], position: null, fault: null };
  const sentFor: SentFor = { kind: "problem", id: problem };
  const earlier = await photosOfForm(visit, officer, sentFor, sent.lists["photos"] ?? []);
  return keepPhotos(visit, { officer }, { sentFor, earlier, files: sent.files["new_photos"] ?? [] });
}

/** A photo that a form of this officer's brought and that waits for its act. */
async function waitingPhoto(visit: Visit, asked: { readonly number: string; readonly sha256: string }): Promise<Response> {
  const problem = await findProblemByNumber(visit.town, asked.number);
  if (problem === null) return notFoundPage(visit);
  return waitingThumbnail(visit, asked.sha256, signedIn(visit).id, { kind: "problem", id: problem });
}
