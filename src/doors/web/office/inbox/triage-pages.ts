import type { Hono } from "hono";
import { findFiles, readFile } from "#evidence/queries";
import { findReport, type Report } from "#intake/queries";
import { CallReporter, callReporter } from "#intake/call-reporter";
import { lookAtIdentity } from "#intake/look-at-identity";
import { openedIdentity } from "#intake/opened-identity";
import { Look } from "#vault/record-look";
import { id } from "#platform/text";
import { Refusal } from "#refusals";
import { notFoundPage } from "#doors/web/error-pages";
import { parse, readForm, sendOnce, type Sent } from "#doors/web/form";
import { signedIn } from "#doors/web/office/officer-form";
import { faultsOfRefusal } from "#doors/web/refused-field";
import { statusOf } from "#doors/web/refusal-page";
import { route, type Visited } from "#doors/web/route";
import type { Faults } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { readAct, TRIAGE_ACTS, type TriageAct } from "./triage-acts.ts";
import { triagePage, type Returned } from "./triage-page.ts";

export function triagePages(app: Hono<Visited>): void {
  route(app, "GET /office/inbox/:report", async (visit) => {
    const report = await reportOf(visit);
    return report === null ? notFoundPage(visit) : shown(visit, report, null);
  });
  route(app, "GET /office/inbox/:report/photos/:sha256", photo);
  for (const act of TRIAGE_ACTS) route(app, `POST /office/inbox/:report/${act}`, (visit) => settle(visit, act));
  route(app, "POST /office/inbox/:report/identity", look);
  route(app, "POST /office/inbox/:report/call", call);
}

async function reportOf(visit: Visit): Promise<Report | null> {
  const report = id.safeParse(visit.context.req.param("report"));
  return report.success ? findReport(visit.town, report.data) : null;
}

/** A photo of this very report, or its thumbnail, for those who triage it: the public side shows none that no problem shows. */
async function photo(visit: Visit): Promise<Response> {
  const report = await reportOf(visit);
  const sha256 = visit.context.req.param("sha256") ?? "";
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

async function settle(visit: Visit, act: TriageAct): Promise<Response> {
  const sent = await readForm(visit);
  const report = await reportOf(visit);
  if (report === null) return notFoundPage(visit);
  const read = await readAct(visit, signedIn(visit), act, report.id, sent);
  if ("faults" in read) return back(visit, report, act, sent, read.faults);
  try {
    return await sendOnce(visit, sent, `triage-${act}`, read.act);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused(visit, report, act, sent, error);
  }
}

/** The page, with whoever reported as long as this officer's look is open. */
async function shown(visit: Visit, report: Report, returned: Returned | null): Promise<Response> {
  return triagePage(visit, report, returned, await openedIdentity(visit.town, signedIn(visit), visit.at, report.id));
}

function back(visit: Visit, report: Report, act: Returned["act"], sent: Sent, faults: Faults): Promise<Response> {
  return shown(visit, report, { act, sent, faults, status: 422, conflict: false });
}

/** Refused by the room: the page is drawn from the report as it stands now, and says what a colleague did to it. */
async function refused(visit: Visit, before: Report, act: Returned["act"], sent: Sent, { code }: Refusal): Promise<Response> {
  const report = (await findReport(visit.town, before.id)) ?? before;
  const faults = faultsOfRefusal(visit, code, sent);
  return shown(visit, report, { act, sent, faults, status: statusOf(code), conflict: code === "report/not-open" });
}

/** The look is recorded before anything is shown; the page shows it to this officer for ten minutes and is never kept. */
async function look(visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const report = await reportOf(visit);
  if (report === null) return notFoundPage(visit);
  const { value, faults } = parse(visit, Look, { ...sent.typed, report: report.id });
  if (faults !== null) return back(visit, report, "identity", sent, faults);
  try {
    await lookAtIdentity(visit.town, signedIn(visit), visit.at, value);
    return visit.context.redirect(`/office/inbox/${report.id}?act=identity`, 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused(visit, report, "identity", sent, error);
  }
}

/** The gateway connects the desk with the reporter: nobody sees the number. */
async function call(visit: Visit): Promise<Response> {
  const { callGateway: gateway } = visit.program;
  const sent = await readForm(visit);
  const report = await reportOf(visit);
  if (report === null || gateway === null) return notFoundPage(visit);
  const { value, faults } = parse(visit, CallReporter, { ...sent.typed, report: report.id });
  if (faults !== null) return back(visit, report, "call", sent, faults);
  try {
    await callReporter(visit.town, signedIn(visit), visit.at, { ...value, gateway });
    return visit.context.redirect(`/office/inbox/${report.id}?act=call&done=call`, 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused(visit, report, "call", sent, error);
  }
}
