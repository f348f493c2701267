import type { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { findReportByCode } from "#intake/queries";
import { parseReceiptCode } from "#intake/receipt-code";
import { readForm } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { addressOf, rateLimit } from "#doors/web/rate-limit";
import { route, type Visited } from "#doors/web/route";
import { faultSummary, lineField, type Faults, type Typed } from "#doors/web/ui/field";
import { publicPage } from "#doors/web/ui/layout";
import type { Visit } from "#doors/web/visit";
import { closeStory, openedStory, openStory } from "./story-cookie.ts";
import { storyPage } from "./story.ts";

// A whole village may share one address behind its carrier's NAT: a good code costs its address nothing.
const WRONG_PER_ADDRESS = { tries: 20, everyMs: 10 * 60_000 };
const TRIES_PER_CODE = { tries: 30, everyMs: 10 * 60_000 };

/** The receipt code in, the story out. */
export function codePages(app: Hono<Visited>): void {
  const byAddress = rateLimit(WRONG_PER_ADDRESS);
  const byCode = rateLimit(TRIES_PER_CODE);

  route(app, "GET /track", async (visit) => {
    if (openedStory(visit) !== null) return visit.context.redirect("/track/story", 303);
    const words = visit.words.report.track;
    const { left, expired } = visit.context.req.query();
    return codePage(visit, { typed: {}, faults: {}, status: 200, says: left === "1" ? words.left : expired === "1" ? words.expired : "" });
  });

  route(app, "POST /track", async (visit) => {
    const { typed } = await readForm(visit);
    const address = `address ${visit.town.id} ${addressOf(visit.context)}`;
    const wait = await byAddress.whyNotTry(address);
    if (wait !== null) return tooManyPage(visit, wait);
    const code = parseReceiptCode(typed["code"] ?? "");
    if (code === null) return codePage(visit, { typed, faults: { code: visit.words.common.faults["code/impossible"] }, status: 422 });
    const codeWait = await byCode.whyNotTry(`code ${visit.town.id} ${code}`);
    if (codeWait !== null) return tooManyPage(visit, codeWait);
    // One indexed look for whatever hash the code makes: a wrong code takes the same way wherever it comes from.
    const report = await findReportByCode(visit.town, code);
    if (report === null) return codePage(visit, { typed, faults: { code: visit.words.report.track.wrong }, status: 404 });
    await byAddress.forgive(address);
    openStory(visit, report.id);
    const { kept_words: keptWords = "", kept_why: keptWhy = "" } = typed;
    if (keptWords === "" && keptWhy === "") return visit.context.redirect("/track/story", 303);
    return storyPage(visit, report.id, { typed: { text: keptWords, why: keptWhy }, faults: {}, status: 200 });
  });

  route(app, "POST /track/leave", async (visit) => {
    closeStory(visit);
    return visit.context.redirect("/track?left=1", 303);
  });
}

/** The half hour was over while something was being written: the code again, and what was written goes on with it. */
export async function expiredPage(visit: Visit, written: Typed): Promise<Response> {
  const words = visit.words.report.track;
  const { text = "", why = "" } = written;
  const kept = html`<input type="hidden" name="kept_words" value="${text}"><input type="hidden" name="kept_why" value="${why}">`;
  const something = text !== "" || why !== "";
  return codePage(visit, { typed: {}, faults: {}, status: 401, says: something ? `${words.expired}${words.expiredKept}` : words.expired, kept: something ? kept : html`` });
}

type CodeParts = { readonly typed: Typed; readonly faults: Faults; readonly status: ContentfulStatusCode; readonly says?: string; readonly kept?: Html };

async function codePage(visit: Visit, { typed, faults, status, says = "", kept = html`` }: CodeParts): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.report.track;
  visit.context.header("cache-control", "no-store");
  return publicPage(visit, names, {
    title: words.title,
    at: "track",
    status,
    faulty: Object.keys(faults).length > 0,
    body: html`<div class="narrow question">${faultSummary(visit, faults)}<h1>${words.title}</h1>${says === "" ? "" : html`<div class="alert alert-warning" role="status">${says}</div>`}
<form method="post" action="/track" class="code-form" novalidate>${kept}${lineField(visit, { name: "code", label: words.code, hint: words.codeHint, typed, faults })}<button class="btn btn-primary btn-lg" type="submit">${words.show}</button></form>
<p class="hint">${words.publicDevice}</p><p class="hint">${words.lost}</p></div>`,
  });
}

async function tooManyPage(visit: Visit, waitMs: number): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.report.track;
  visit.context.header("retry-after", String(Math.ceil(waitMs / 1000)));
  visit.context.header("cache-control", "no-store");
  return publicPage(visit, names, {
    title: words.tooMany,
    at: "track",
    status: 429,
    body: html`<div class="narrow"><h1>${words.tooMany}</h1><p class="lead">${words.tooManyHint(Math.ceil(waitMs / 60_000))}</p><p><a class="btn btn-lg" href="/">${visit.words.common.nav.home}</a></p></div>`,
  });
}
