import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { acceptReport } from "#intake/accept-report";
import { receiveReport } from "#intake/receive-report";
import { REPORT_FIELDS } from "#intake/said";
import { HALF_A_POSITION, isWholePosition } from "#platform/numbers";
import { isBlank } from "#platform/characters";
import { choice, optionalId } from "#platform/text";
import { findJustGiven } from "#office/queries";
import { parse, readForm, type Sent } from "#doors/web/form";
import type { Drawn } from "#doors/web/form/drawn";
import { readAs, sendForm, withFaults, type Read } from "#doors/web/form/send-form";
import { html } from "#doors/web/html";
import { notFoundPage } from "#doors/web/error-pages";
import { similarPart } from "#doors/web/part";
import { route } from "#doors/web/route";
import { alikeAsTyped } from "#doors/web/office/candidates";
import { signedIn } from "#doors/web/office/officer-form";
import { faultsOfChoices } from "#doors/web/ui/field";
import { officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { callForm, categoryOptions, DESK_CHANNELS, similarChoice, villageOptions, type CallView, type Similar } from "./call-form.ts";
import { givenWords, receiptBody } from "./call-receipt.ts";

const { device: _, ...SAID } = REPORT_FIELDS;
const RegisterCall = z.object({ ...SAID, channel: choice(DESK_CHANNELS), problem: optionalId }).refine(isWholePosition, HALF_A_POSITION);

export const callRoutes = [
  route("GET /office/calls/new", { who: "triage", kind: "page" }, (visit) => callPage(visit, { typed: {}, faults: {}, similar: null })),
  route("POST /office/calls/similar", { who: "triage", kind: "act" }, similarNow),
  route("POST /office/calls/new", { who: "triage", kind: "act" }, register),
  route("GET /office/calls/:report", { who: "triage", kind: "page" }, receipt),
];

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

/** What may be the same as what is being typed; nothing before there is a sentence. */
async function similarNow(visit: Visit): Promise<Response> {
  const { typed } = await readForm(visit);
  if (isBlank(typed["title"] ?? "")) return similarPart(visit, html``);
  const names = await visit.names();
  return similarPart(visit, similarChoice(visit, names, await lookForSimilar(visit, typed), "", false));
}

/** Two submits in one form: "look for similar" shows it again with candidates, the other registers. */
async function register(visit: Visit): Promise<Response> {
  const { typed, key } = await readForm(visit);
  if (typed["look"] === "1") return callPage(visit, { typed, faults: {}, key, similar: await lookForSimilar(visit, typed) });
  return sendForm(visit, { purpose: "register-call", read: (sent) => readCall(visit, sent), back: (drawn) => callAgain(visit, drawn) });
}

async function readCall(visit: Visit, { typed }: Sent): Promise<Read> {
  const officer = signedIn(visit);
  const read = readAs(parse(visit, RegisterCall, typed), async (town, { channel, problem, ...what }) => {
    const { report } = await receiveReport(town, officer, visit.at, { ...what, device: "", channel });
    if (problem !== null) await acceptReport(town, officer, visit.at, { report, problem });
    return `/office/calls/${report}`;
  });
  return withFaults(read, await retiredMeanwhile(visit, typed));
}

async function callAgain(visit: Visit, { typed, faults, status, key }: Drawn): Promise<Response> {
  return callPage(visit, { typed, faults, ...(key === null ? {} : { key }), similar: await chosenAgain(visit, typed) }, status);
}

/** A desk's form may stay open for hours: what was retired since then is said beside its list. */
async function retiredMeanwhile(visit: Visit, typed: CallView["typed"]): Promise<CallView["faults"]> {
  const names = await visit.names();
  return faultsOfChoices(visit, typed, { category: categoryOptions(visit, names), village: villageOptions(visit, names) });
}

/** A chosen candidate must stay on the page when the form comes back. */
async function chosenAgain(visit: Visit, typed: CallView["typed"]): Promise<CallView["similar"]> {
  return typed["problem"] === undefined ? null : lookForSimilar(visit, typed);
}

async function lookForSimilar(visit: Visit, typed: CallView["typed"]): Promise<Similar> {
  return { alike: await alikeAsTyped(visit, typed) };
}

/** The receipt code is shown to the officer who gave it out, for a day or an hour: whoever holds it may speak as the reporter. */
async function receipt(visit: Visit, { report }: { readonly report: string }): Promise<Response> {
  const given = await findJustGiven(visit.town, report, signedIn(visit), visit.at);
  if (given === null) return notFoundPage(visit);
  const { title } = givenWords(visit, given);
  return officePage(visit, await visit.names(), { title, body: receiptBody(visit, given), at: "calls" });
}
