import type { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { BlackOut } from "#evidence/black-out";
import { findFile, readFile, type FileKept } from "#evidence/queries";
import { RedactFile } from "#evidence/redact-file";
import { coverPhoto, isInUse, whyNotCoverPhoto, withdrawPhoto } from "#intake/cover-photo";
import { notFoundPage } from "#doors/web/error-pages";
import { formKey, parse, readForm, sendOnce } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { sendOrBack, signedIn } from "#doors/web/office/officer-form";
import { route, type Visited } from "#doors/web/route";
import { faultSummary, lineField, paragraphField, type Faults, type Typed } from "#doors/web/ui/field";
import { mayOpen, officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

/** Where parts of a photo are blacked out, or the whole of it withdrawn, before or after it is public. */
export function photoPages(app: Hono<Visited>): void {
  route(app, "GET /office/photos/:sha256", async (visit) => {
    const file = await fileOf(visit);
    return file === null ? notFoundPage(visit) : photoPage(visit, file, null);
  });
  route(app, "GET /office/photos/:sha256/picture", picture);
  route(app, "POST /office/photos/:sha256/black-out", cover);
  route(app, "POST /office/photos/:sha256/withdraw", withdraw);
}

/** The file as it is shown now; null when there is none, nothing of it is shown any more, or it only waits in somebody's draft or form. */
async function fileOf(visit: Visit): Promise<FileKept | null> {
  const file = await findFile(visit.town, visit.context.req.param("sha256") ?? "");
  if (file === null || file.redacted) return null;
  return (await isInUse(visit.town, file.shownSha256)) ? file : null;
}

async function picture(visit: Visit): Promise<Response> {
  const file = await fileOf(visit);
  const found = file === null ? null : await readFile(visit.town, file.shownSha256);
  if (found === null) return notFoundPage(visit);
  return visit.context.body(new Uint8Array(found.bytes), 200, { "content-type": found.mediaType, "cache-control": "private, no-store" });
}

type Returned = {
  readonly form: "black-out" | "withdraw";
  readonly typed: Typed;
  readonly faults: Faults;
  readonly status: ContentfulStatusCode;
  readonly key: string;
};

async function cover(visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const file = await fileOf(visit);
  if (file === null) return notFoundPage(visit);
  const back = (faults: Faults, status: ContentfulStatusCode) =>
    photoPage(visit, file, { form: "black-out", typed: sent.typed, faults, status, key: sent.key });
  const { value, faults } = parse(visit, BlackOut, { ...sent.typed, file: file.shownSha256 });
  if (faults !== null) return back(faults, 422);
  const outcome = await sendOrBack(visit, sent, () =>
    sendOnce(visit, sent, "black-out", async (town) => {
      const copy = await coverPhoto(town, signedIn(visit), visit.at, value);
      return `/office/photos/${copy}?done=black-out${fromOf(sent.typed)}`;
    }),
  );
  return outcome instanceof Response ? outcome : back(outcome.faults, outcome.status);
}

async function withdraw(visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const file = await fileOf(visit);
  if (file === null) return notFoundPage(visit);
  const back = (faults: Faults, status: ContentfulStatusCode) =>
    photoPage(visit, file, { form: "withdraw", typed: sent.typed, faults, status, key: sent.key });
  const { value, faults } = parse(visit, RedactFile, { reason: sent.typed["withdraw-reason"], file: file.shownSha256 });
  if (faults !== null) return back({ "withdraw-reason": faults["reason"] ?? "" }, 422);
  const outcome = await sendOrBack(visit, sent, () =>
    sendOnce(visit, sent, "withdraw-photo", async (town) => {
      await withdrawPhoto(town, signedIn(visit), visit.at, value);
      return cameFrom(sent.typed["from"]) ?? "/office";
    }),
  );
  return outcome instanceof Response ? outcome : back(outcome.faults, outcome.status);
}

async function photoPage(visit: Visit, file: FileKept, returned: Returned | null): Promise<Response> {
  const words = visit.words.office.photos;
  const from = cameFrom(returned?.typed["from"] ?? visit.context.req.query("from"));
  const no = await whyNotCoverPhoto(visit.town, signedIn(visit), file.shownSha256);
  const forms = html`${coverForm(visit, file, from, returned?.form === "black-out" ? returned : null)}
  ${mayOpen(visit, "POST /office/photos/:sha256/withdraw") ? withdrawForm(visit, file, from, returned?.form === "withdraw" ? returned : null) : ""}`;
  const body = html`${officeHead(
    words.title,
    words.under,
    from === null ? "" : html`<a class="btn" href="${from}">${visit.words.common.back}</a>`,
  )}
  ${faultSummary(visit, returned?.faults ?? {})}
  ${visit.context.req.query("done") === "black-out" ? html`<p class="alert alert-success" role="status">${words.done}</p>` : ""}
  ${no === null ? forms : html`<p class="office-refused">${visit.words.refusals.codes[no]}</p>`}`;
  return officePage(visit, await visit.names(), {
    title: words.title,
    body,
    at: "inbox",
    faulty: returned !== null,
    ...(returned === null ? {} : { status: returned.status }),
  });
}

/** Rectangles are drawn on the picture, or typed: four numbers a line. The form is the same. */
function coverForm(visit: Visit, file: FileKept, from: string | null, returned: Returned | null): Html {
  const words = visit.words.office.photos;
  const { typed, faults } = returned ?? { typed: {}, faults: {} };
  return html`<form
    class="card office-panel"
    id="f-form"
    method="post"
    action="/office/photos/${file.shownSha256}/black-out"
    data-turbo="false"
  >
    ${formKey(returned?.key)}
    ${fromField(from)}
    <black-out data-hint="${words.drawHint}" data-undo="${words.undo}">
      <img
        src="/office/photos/${file.shownSha256}/picture"
        alt="${words.picture}"
        width="${file.width ?? ""}"
        height="${file.height ?? ""}"
      >
      ${paragraphField(visit, { name: "rectangles", label: words.rectangles, hint: words.rectanglesHint, typed, faults, rows: 3 })}
    </black-out>
    ${lineField(visit, { name: "reason", label: words.reason, hint: words.reasonHint, typed, faults })}
    <button class="btn btn-primary" type="submit">${words.cover}</button>
  </form>`;
}

function withdrawForm(visit: Visit, file: FileKept, from: string | null, returned: Returned | null): Html {
  const words = visit.words.office.photos;
  const { typed, faults } = returned ?? { typed: {}, faults: {} };
  const field = lineField(visit, { name: "withdraw-reason", label: words.reason, hint: words.reasonHint, typed, faults });
  return html`<form class="card office-panel" method="post" action="/office/photos/${file.shownSha256}/withdraw" data-turbo="false">
    <h2>${words.withdrawTitle}</h2>
    <p>${words.withdrawLead}</p>
    ${formKey(returned?.key)}
    ${fromField(from)}
    ${field}
    <button class="btn" type="submit">${words.withdraw}</button>
  </form>`;
}

function fromField(from: string | null): Html {
  return from === null ? html`` : html`<input type="hidden" name="from" value="${from}">`;
}

/** The page of the office the visitor came from; no address of a stranger's making. */
function cameFrom(typed: string | undefined): string | null {
  return typed !== undefined && /^\/office\/(?:ledger\/[A-Z]{1,8}-\d{4}-\d{4,7}|inbox\/[0-9a-f-]{36})$/.test(typed) ? typed : null;
}

function fromOf(typed: Typed): string {
  const from = cameFrom(typed["from"]);
  return from === null ? "" : `&from=${encodeURIComponent(from)}`;
}
