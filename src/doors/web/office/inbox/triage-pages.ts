import { findFiles, readFile } from "#evidence/queries";
import { findReport, type Report } from "#intake/queries";
import { CallReporter, callReporter } from "#intake/call-reporter";
import { lookAtIdentity } from "#intake/look-at-identity";
import { openedIdentity } from "#intake/opened-identity";
import { ReissueReceipt, reissueReceipt } from "#intake/reissue-receipt";
import { Look } from "#vault/record-look";
import { isBlank } from "#platform/characters";
import { notFoundPage } from "#doors/web/error-pages";
import { parse, readForm } from "#doors/web/form";
import { readAs, sendForm, type Form } from "#doors/web/form/send-form";
import { alikeAsTyped } from "#doors/web/office/candidates";
import { signedIn } from "#doors/web/office/officer-form";
import { similarPart } from "#doors/web/part";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { insertedInto } from "./answer-offers.ts";
import { filterOf, reportAddress } from "./filter-address.ts";
import { alikeInOtherWords } from "./other-words.ts";
import { readAct, REPORT_ACTS, type ReportAct } from "./triage-acts.ts";
import { triagePage, type Returned } from "./triage-page.ts";

const TRIAGE = "triage";

export const triageRoutes = [
  route("GET /office/inbox/:report", { who: TRIAGE, kind: "page" }, async (visit, asked) => {
    const report = await findReport(visit.town, asked.report);
    return report === null ? notFoundPage(visit) : shown(visit, report, null);
  }),
  route("GET /office/inbox/:report/photos/:sha256", { who: TRIAGE, kind: "page" }, photo),
  ...REPORT_ACTS.map((act) =>
    route(`POST /office/inbox/:report/${act}`, { who: TRIAGE, kind: "act" }, (visit, asked) => settle(visit, asked.report, act)),
  ),
  route("POST /office/inbox/:report/similar", { who: TRIAGE, kind: "act" }, similarNow),
  route("POST /office/inbox/:report/identity", { who: TRIAGE, kind: "act" }, look),
  route("POST /office/inbox/:report/call", { who: TRIAGE, kind: "act" }, call),
  route("POST /office/inbox/:report/reissue", { who: TRIAGE, kind: "act" }, reissue),
];

type Asked = { readonly report: string };

/** A photo of this very report, or its thumbnail, for those who triage it: the public side shows none that no problem shows. */
async function photo(visit: Visit, { report: asked, sha256 }: Asked & { readonly sha256: string }): Promise<Response> {
  const report = await findReport(visit.town, asked);
  const files = report === null ? [] : await findFiles(visit.town, report.photos);
  const isItsOwn = files.some((file) => file.shownSha256 === sha256 || file.thumbnailSha256 === sha256);
  const found = isItsOwn ? await readFile(visit.town, sha256) : null;
  if (found === null) return notFoundPage(visit);
  return visit.context.body(new Uint8Array(found.bytes), 200, {
    "content-type": found.mediaType,
    "cache-control": "private, no-store",
    "content-disposition": "inline",
  });
}

/** While the public sentence is being reworded: what may be the same in these words, each with the way to join it. */
async function similarNow(visit: Visit, { report: asked }: Asked): Promise<Response> {
  const report = await findReport(visit.town, asked);
  if (report === null) return notFoundPage(visit);
  const { typed } = await readForm(visit);
  const alike = isBlank(typed["title"] ?? "") ? [] : await alikeAsTyped(visit, typed);
  return similarPart(visit, await alikeInOtherWords(visit, report, alike));
}

async function settle(visit: Visit, asked: string, act: ReportAct): Promise<Response> {
  const report = await findReport(visit.town, asked);
  if (report === null) return notFoundPage(visit);
  // The button beside what was added has no form of its own to come back to.
  const form = act === "read" ? "reply" : act;
  const inserted = await insertedInto(visit, report, act);
  if (inserted !== null) return shown(visit, report, { ...inserted, act: form });
  return sendForm(visit, {
    purpose: `triage-${act}`,
    read: (sent) => readAct(visit, act, report.id, sent),
    back: (drawn) => again(visit, report, { ...drawn, act: form }),
  });
}

/** A form about a report that is there. */
async function onReport(visit: Visit, asked: string, form: (report: Report) => Form): Promise<Response> {
  const report = await findReport(visit.town, asked);
  return report === null ? notFoundPage(visit) : sendForm(visit, form(report));
}

/** The page, with whoever reported as long as this officer's look is open. */
async function shown(visit: Visit, report: Report, returned: Returned | null): Promise<Response> {
  return triagePage(visit, report, returned, await openedIdentity(visit.town, signedIn(visit), visit.at, report.id));
}

/** Refused by the room: the page is drawn from the report as it stands now, and says what a colleague did to it. */
async function again(visit: Visit, before: Report, returned: Returned): Promise<Response> {
  const report = returned.refused === null ? before : await findReport(visit.town, before.id);
  return report === null ? notFoundPage(visit) : shown(visit, report, returned);
}

/** The look is recorded before anything is shown; the page shows it to this officer for ten minutes and is never kept. */
function look(visit: Visit, asked: Asked): Promise<Response> {
  return onReport(visit, asked.report, (report) => ({
    purpose: null,
    read: ({ typed }) =>
      readAs(parse(visit, Look, { ...typed, report: report.id }), async (town, what) => {
        await lookAtIdentity(town, signedIn(visit), visit.at, what);
        return reportAddress(filterOf(visit), report.id, { act: actBehind(what, "identity") });
      }),
    back: (drawn) => again(visit, report, { ...drawn, act: "identity" }),
  }));
}

/** Whoever looked because a receipt is lost goes on to that. */
function actBehind({ reasonClass }: Pick<Look, "reasonClass">, act: "identity" | "call"): string {
  return reasonClass === "receipt" ? "reissue" : act;
}

/** The gateway connects the desk with the reporter: nobody sees the number. */
async function call(visit: Visit, asked: Asked): Promise<Response> {
  const { callGateway: gateway } = visit.program;
  if (gateway === null) return notFoundPage(visit);
  return onReport(visit, asked.report, (report) => ({
    purpose: null,
    read: ({ typed }) =>
      readAs(parse(visit, CallReporter, { ...typed, report: report.id }), async (town, what) => {
        await callReporter(town, signedIn(visit), visit.at, { ...what, gateway });
        return reportAddress(filterOf(visit), report.id, { act: actBehind(what, "call"), done: "call" });
      }),
    back: (drawn) => again(visit, report, { ...drawn, act: "call" }),
  }));
}

/** The new code is in no address: the page behind it makes it again, for a while, for whoever pressed. */
function reissue(visit: Visit, asked: Asked): Promise<Response> {
  return onReport(visit, asked.report, (report) => ({
    purpose: "reissue-receipt",
    read: ({ typed }) =>
      readAs(parse(visit, ReissueReceipt, { ...typed, report: report.id }), async (town, what) => {
        await reissueReceipt(town, signedIn(visit), visit.at, what);
        return `/office/calls/${report.id}`;
      }),
    back: (drawn) => again(visit, report, { ...drawn, act: "reissue" }),
  }));
}
