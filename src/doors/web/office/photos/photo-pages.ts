import { BlackOut } from "#evidence/black-out";
import { findFile, readFile, type FileKept } from "#evidence/queries";
import { PHOTO_MEDIA_TYPE } from "#evidence/picture";
import { RedactFile } from "#evidence/redact-file";
import { isInUse } from "#evidence/uses";
import { coverPhoto, whyNotCoverPhoto, withdrawPhoto } from "#intake/cover-photo";
import { notFoundPage } from "#doors/web/error-pages";
import { formKey, parse } from "#doors/web/form";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { readAs, sendForm } from "#doors/web/form/send-form";
import { html, type Html } from "#doors/web/html";
import { keptDraft } from "#doors/web/office/office-draft";
import { signedIn } from "#doors/web/office/officer-form";
import { mayOpen, route } from "#doors/web/route";
import { faultSummary, lineField, paragraphField, type Typed } from "#doors/web/ui/field";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

/** Where parts of a photo are blacked out, or the whole of it withdrawn, before or after it is public. */
export const photoRoutes = [
  route("GET /office/photos/:sha256", { who: "triage", kind: "page" }, async (visit, { sha256 }) => {
    const file = await fileOf(visit, sha256);
    return file === null ? notFoundPage(visit) : photoPage(visit, file, null);
  }),
  route("GET /office/photos/:sha256/picture", { who: "triage", kind: "page" }, picture),
  route("POST /office/photos/:sha256/black-out", { who: "triage", kind: "act" }, cover),
  route("POST /office/photos/:sha256/withdraw", { who: "oversee", kind: "act" }, withdraw),
];

type Asked = { readonly sha256: string };

/** The file as it is shown now; null when there is none, nothing of it is shown any more, or it only waits in somebody's draft or form. */
async function fileOf(visit: Visit, sha256: string): Promise<FileKept | null> {
  const file = await findFile(visit.town, sha256);
  if (file === null || file.redacted) return null;
  return (await isInUse(visit.town, file.shownSha256)) ? file : null;
}

async function picture(visit: Visit, { sha256 }: Asked): Promise<Response> {
  const file = await fileOf(visit, sha256);
  const found = file === null ? null : await readFile(visit.town, file.shownSha256);
  if (found === null) return notFoundPage(visit);
  return visit.context.body(new Uint8Array(found.bytes), 200, { "content-type": found.mediaType, "cache-control": "private, no-store" });
}

/** A form that came back: which. */
type Returned = Drawn & { readonly form: "black-out" | "withdraw" };

async function cover(visit: Visit, { sha256 }: Asked): Promise<Response> {
  const file = await fileOf(visit, sha256);
  if (file === null) return notFoundPage(visit);
  return sendForm(visit, {
    purpose: "black-out",
    read: ({ typed }) =>
      readAs(parse(visit, BlackOut, { ...typed, file: file.shownSha256 }), async (town, what) => {
        const copy = await coverPhoto(town, signedIn(visit), visit.at, what);
        return `/office/photos/${copy}?done=black-out${fromOf(typed)}`;
      }),
    back: (drawn) => photoPage(visit, file, { ...drawn, form: "black-out" }),
  });
}

async function withdraw(visit: Visit, { sha256 }: Asked): Promise<Response> {
  const file = await fileOf(visit, sha256);
  if (file === null) return notFoundPage(visit);
  return sendForm(visit, {
    purpose: "withdraw-photo",
    read({ typed }) {
      const { value, faults } = parse(visit, RedactFile, { reason: typed["withdraw-reason"], file: file.shownSha256 });
      if (faults !== null) return { faults: { "withdraw-reason": faults["reason"] ?? "" } };
      return {
        async act(town) {
          await withdrawPhoto(town, signedIn(visit), visit.at, value);
          return cameFrom(typed["from"]) ?? "/office";
        },
      };
    },
    back: (drawn) => photoPage(visit, file, { ...drawn, form: "withdraw" }),
  });
}

async function photoPage(visit: Visit, file: FileKept, returned: Returned | null): Promise<Response> {
  const words = visit.words.office.photos;
  const from = cameFrom(returned?.typed["from"] ?? visit.context.req.query("from"));
  const no = await whyNotCoverPhoto(visit.town, signedIn(visit), file.shownSha256);
  const back = (form: Returned["form"]) => (returned?.form === form ? returned : null);
  const mayWithdraw = mayOpen(visit, "POST /office/photos/:sha256/withdraw");
  const forms = html`${isPicture(file) ? coverForm(visit, file, from, back("black-out")) : ""}
  ${mayWithdraw ? withdrawForm(visit, file, from, back("withdraw")) : ""}`;
  const { withdrawTitle: title, withdrawLead: under } = visit.words.office.papers;
  const head = isPicture(file) ? words : { title, under };
  const body = html`${officeHead(
    head.title,
    head.under,
    from === null ? "" : html`<a class="btn" href="${from}">${visit.words.common.back}</a>`,
  )}
  ${faultSummary(visit, returned?.faults ?? {})}
  ${visit.context.req.query("done") === "black-out" ? html`<p class="alert alert-success" role="status">${words.done}</p>` : ""}
  ${no === null ? forms : html`<p class="office-refused">${visit.words.refusals.codes[no]}</p>`}`;
  return officePage(visit, await visit.names(), {
    title: head.title,
    body,
    at: "inbox",
    faulty: returned !== null,
    ...(returned === null ? {} : { status: returned.status }),
  });
}

/** Of a document nothing can be covered: it is withdrawn or not. */
function isPicture({ mediaType }: FileKept): boolean {
  return mediaType === PHOTO_MEDIA_TYPE;
}

/** Rectangles are drawn on the picture, or typed: four numbers a line. The form is the same. */
function coverForm(visit: Visit, file: FileKept, from: string | null, returned: Returned | null): Html {
  const words = visit.words.office.photos;
  const { typed, faults, key } = returned ?? FRESH;
  const reason = lineField(visit, { name: "reason", label: words.reason, hint: words.reasonHint, typed, faults });
  return html`<form
    class="card office-panel"
    id="f-form"
    method="post"
    action="/office/photos/${file.shownSha256}/black-out"
    data-turbo="false"
  >
    ${formKey(key)}
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
    ${keptDraft(visit, `photo/${file.sha256}/black-out`, reason, returned !== null)}
    <button class="btn btn-primary" type="submit">${words.cover}</button>
  </form>`;
}

function withdrawForm(visit: Visit, file: FileKept, from: string | null, returned: Returned | null): Html {
  const { photos, papers } = visit.words.office;
  const words = isPicture(file) ? photos : papers;
  const { typed, faults, key } = returned ?? FRESH;
  const field = lineField(visit, { name: "withdraw-reason", label: photos.reason, hint: photos.reasonHint, typed, faults });
  return html`<form class="card office-panel" method="post" action="/office/photos/${file.shownSha256}/withdraw" data-turbo="false">
    <h2>${words.withdrawTitle}</h2>
    <p>${words.withdrawLead}</p>
    ${formKey(key)}
    ${fromField(from)}
    ${keptDraft(visit, `photo/${file.sha256}/withdraw`, field, returned !== null)}
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
