import type { ContentfulStatusCode } from "hono/utils/http-status";
import { OPEN_PAGE } from "#doors/web/access";
import { formKey, readForm, type Sent } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { keepPhotos, thumbnailOf, type Kept } from "#doors/web/keep-photos";
import { route } from "#doors/web/route";
import type { Faults } from "#doors/web/ui/field";
import { photoChooser } from "#doors/web/ui/photo-chooser";
import { positionIn, positionWords } from "#doors/web/ui/position-words";
import type { Visit } from "#doors/web/visit";
import { MOST_PHOTOS } from "#evidence/bounds";
import type { Directory } from "#publication/directory";
import type { Position } from "#standards/geo/position";
import { draftOf, keepAnswers, type Draft } from "./draft.ts";
import { backOf, nextOf, orAgain, stepPage, toField } from "./frame.ts";

/** Where a photo was taken, offered once more on the last page before sending. */
export function offerAgain(visit: Visit, names: Directory, draft: Draft): Html {
  if (offeredIn(draft) === null) return html``;
  return html`<form method="post" action="/report/photos" enctype="multipart/form-data">
    ${formKey()}
    <input type="hidden" name="to" value="check">
    <input type="hidden" name="go" value="next">
    ${offer(visit, names, draft)}
  </form>`;
}

/** Photos: kept as they arrive, shown small to the draft's own holder, taken away one by one. */
export const photosRoutes = [
  route("GET /report/photos", OPEN_PAGE, async (visit) => photosPage(visit, await draftOf(visit), visit.context.req.query("to"), {}, 200)),
  route("GET /report/photos/:sha256", OPEN_PAGE, thumbnail),
  route("POST /report/photos", { who: "anyone", kind: "draft-photos" }, async (visit) => {
    const sent = await readForm(visit);
    const draft = await draftOf(visit);
    return orAgain(
      visit,
      () => change(visit, draft, sent),
      (fault, status) => photosPage(visit, draft, sent.typed["to"], { photos: fault }, status),
    );
  }),
];

async function change(visit: Visit, draft: Draft, sent: Sent): Promise<Response> {
  const { typed } = sent;
  const left = draft.photos.filter((sha256) => sha256 !== typed["remove"]);
  const files = sent.files["photos"] ?? [];
  const begun = files.length === 0 ? draft : { ...draft, id: await keepAnswers(visit, draft, {}) };
  const kept = await keepNew(visit, begun, left, files);
  const offered = kept.position === null ? {} : { offeredLon: String(kept.position.lon), offeredLat: String(kept.position.lat) };
  const answers = { ...offered, ...decided(draft, typed["offered"]) };
  if (kept.photos.join() !== draft.photos.join() || Object.keys(answers).length > 0) await keepAnswers(visit, begun, answers, kept.photos);
  const now: Draft = { ...begun, answers: { ...draft.answers, ...answers }, photos: kept.photos };
  if (kept.fault !== null) return photosPage(visit, now, typed["to"], { photos: kept.fault.words }, kept.fault.status);
  return visit.context.redirect(
    typed["go"] === "next" ? nextOf("photos", typed) : `/report/photos${typed["to"] === "check" ? "?to=check" : ""}`,
    303,
  );
}

/** Photos are sent for the draft, which is there before them. */
async function keepNew(visit: Visit, { id, answers }: Draft, earlier: readonly string[], files: readonly File[]): Promise<Kept> {
  if (id === null) return { photos: earlier, position: null, fault: null };
  const willBeSealed = (await visit.names()).categories.get(answers["category"] ?? "")?.sealed === true;
  return keepPhotos(visit, { address: visit.address }, { sentFor: { kind: "draft", id }, willBeSealed, earlier, files });
}

/** The reporter said what to do with the position found in a photo. */
function decided(draft: Draft, choice: string | undefined): { readonly [answer: string]: string } {
  const { offeredLon = "", offeredLat = "" } = draft.answers;
  if (choice === "use") return { lon: offeredLon, lat: offeredLat, offeredLon: "", offeredLat: "" };
  return choice === "refuse" ? { offeredLon: "", offeredLat: "" } : {};
}

/** The position found in a photo that the reporter has not decided about; null when there is none, or one was given otherwise. */
function offeredIn({ answers }: Draft): Position | null {
  if (positionIn(answers) !== null) return null;
  return positionIn({ lon: answers["offeredLon"], lat: answers["offeredLat"] });
}

async function photosPage(
  visit: Visit,
  draft: Draft,
  to: string | undefined,
  faults: Faults,
  status: ContentfulStatusCode,
): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.report.photos;
  const room = draft.photos.length < MOST_PHOTOS;
  const body = html`<form method="post" action="/report/photos" enctype="multipart/form-data" novalidate>
    ${formKey()}
    ${toField(to)}
    ${keptPhotos(visit, draft)}
    ${offer(visit, names, draft)}
    ${room ? chooser(visit, faults) : html`<p id="f-photos" tabindex="-1" class="hint">${faults["photos"] ?? words.full}</p>`}
    <div class="ways">
      ${room ? html`<button class="btn btn-lg" type="submit" name="go" value="add">${words.add}</button>` : ""}
      <button class="btn btn-primary btn-lg" type="submit" name="go" value="next">${visit.words.common.next}</button>
    </div>
  </form>`;
  return stepPage(visit, names, { step: "photos", title: words.title, back: backOf("photos", to), faults, status, body });
}

function chooser(visit: Visit, faults: Faults): Html {
  const words = visit.words.report.photos;
  return photoChooser(visit, { label: words.choose, hint: `${words.hint}${words.private}`, faults });
}

function keptPhotos(visit: Visit, draft: Draft): Html {
  const words = visit.words.report.photos;
  if (draft.photos.length === 0) return html``;
  const photos = draft.photos.map(
    (sha256, position) =>
      html`<li>
        <img src="/report/photos/${sha256}" alt="${words.photo(position + 1)}" width="160" height="120">
        <button class="btn" type="submit" name="remove" value="${sha256}" aria-label="${words.remove(position + 1)}">
          ${words.removeShort}
        </button>
      </li>`,
  );
  return html`<h2 class="kept-title">${words.kept(draft.photos.length)}</h2>
    <ul class="kept-photos">
      ${photos}
    </ul>`;
}

/** Stands beside what goes on, never in its way: whoever does not decide has declined. */
function offer(visit: Visit, names: Directory, draft: Draft): Html {
  const words = visit.words.report.photos;
  const at = offeredIn(draft);
  if (at === null) return html``;
  return html`<div class="similar" role="status">
    <b>${words.offered}</b>
    <p>${positionWords(visit, names, at)}</p>
    <p>${words.offeredHint}</p>
    <div class="ways">
      <button class="btn" type="submit" name="offered" value="use">${words.useOffered}</button>
      <button class="btn" type="submit" name="offered" value="refuse">${words.refuseOffered}</button>
    </div>
  </div>`;
}

/** The small picture of a photo not yet sent, for the holder of its draft alone: to everybody else it does not exist. */
async function thumbnail(visit: Visit, { sha256 }: { readonly sha256: string }): Promise<Response> {
  const draft = await draftOf(visit);
  return thumbnailOf(visit, draft.photos.includes(sha256) ? sha256 : null);
}
