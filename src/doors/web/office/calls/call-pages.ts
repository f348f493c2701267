import type { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { acceptReport } from "#intake/accept-report";
import { findCandidates } from "#intake/candidates";
import { receiptCode } from "#intake/receipt-code";
import { receiveReport, REPORT_FIELDS } from "#intake/receive-report";
import { HALF_A_POSITION, isWholePosition } from "#platform/numbers";
import { choice, id, optionalId } from "#platform/text";
import { findJustRegistered } from "#publication/office-queries";
import { parse, readForm, sendOnce } from "#doors/web/form";
import { notFoundPage } from "#doors/web/error-pages";
import { route, type Visited } from "#doors/web/route";
import { withText } from "#doors/web/office/candidates";
import { sendOrBack, signedIn } from "#doors/web/office/officer-form";
import { faultsOfChoices } from "#doors/web/ui/field";
import { officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { callForm, categoryOptions, DESK_CHANNELS, villageOptions, type CallView } from "./call-form.ts";
import { receiptBody } from "./call-receipt.ts";

const { device: _, ...SAID } = REPORT_FIELDS;
const RegisterCall = z.object({ ...SAID, channel: choice(DESK_CHANNELS), problem: optionalId }).refine(isWholePosition, HALF_A_POSITION);

export function callPages(app: Hono<Visited>): void {
  route(app, "GET /office/calls/new", (visit) => callPage(visit, { typed: {}, faults: {}, candidates: null }));
  route(app, "POST /office/calls/new", register);
  route(app, "GET /office/calls/:report", receipt);
}

async function callPage(visit: Visit, view: CallView, status?: ContentfulStatusCode): Promise<Response> {
  const names = await visit.names();
  const { title } = visit.words.office.calls;
  return officePage(visit, names, {
    title,
    body: callForm(visit, names, view),
    at: "calls",
    faulty: Object.keys(view.faults).length > 0,
    ...(status === undefined ? {} : { status }),
  });
}

/** Two submits in one form: "look for similar" shows it again with candidates, the other registers. */
async function register(visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const { typed } = sent;
  if (typed["look"] === "1") return callPage(visit, { typed, faults: {}, key: sent.key, candidates: await lookForSimilar(visit, typed) });
  const { value, faults } = parse(visit, RegisterCall, typed);
  const all = { ...faults, ...(await retiredMeanwhile(visit, typed)) };
  if (value === null || Object.keys(all).length > 0)
    return callPage(visit, { typed, faults: all, key: sent.key, candidates: await chosenAgain(visit, typed) }, 422);
  const { channel, problem, ...what } = value;
  const officer = signedIn(visit);
  const back = await sendOrBack(visit, sent, () =>
    sendOnce(visit, sent, "register-call", async (town) => {
      const { report } = await receiveReport(town, officer, visit.at, { ...what, device: "", channel });
      if (problem !== null) await acceptReport(town, officer, visit.at, { report, problem });
      return `/office/calls/${report}`;
    }),
  );
  if (back instanceof Response) return back;
  return callPage(visit, { typed, faults: back.faults, key: sent.key, candidates: await chosenAgain(visit, typed) }, back.status);
}

/** A desk's form may stay open for hours: what was retired since then is said beside its list. */
async function retiredMeanwhile(visit: Visit, typed: CallView["typed"]): Promise<CallView["faults"]> {
  const names = await visit.names();
  return faultsOfChoices(visit, typed, { category: categoryOptions(visit, names), village: villageOptions(visit, names) });
}

/** A chosen candidate must stay on the page when the form comes back. */
async function chosenAgain(visit: Visit, typed: CallView["typed"]): Promise<CallView["candidates"]> {
  return typed["problem"] === undefined ? null : lookForSimilar(visit, typed);
}

async function lookForSimilar(visit: Visit, typed: CallView["typed"]): Promise<NonNullable<CallView["candidates"]>> {
  const category = id.safeParse(typed["category"]);
  if (!category.success) return [];
  const village = optionalId.safeParse(typed["village"]);
  const text = `${typed["title"] ?? ""} ${typed["details"] ?? ""} ${typed["place"] ?? ""}`;
  const sought = { category: category.data, village: village.success ? village.data : null, lon: null, lat: null, text };
  return withText(visit.town, await findCandidates(visit.town, sought));
}

/** The receipt code is shown to the officer who registered the report, for a day: whoever holds it may speak as the reporter. */
async function receipt(visit: Visit): Promise<Response> {
  const report = id.safeParse(visit.context.req.param("report"));
  const found = report.success ? await findJustRegistered(visit.town, report.data, signedIn(visit), visit.at) : null;
  if (found === null) return notFoundPage(visit);
  const names = await visit.names();
  const body = receiptBody(visit, found, receiptCode(visit.town.keys, found.id));
  return officePage(visit, names, { title: visit.words.office.calls.receiptTitle, body, at: "calls" });
}
