import type { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { WithdrawReport, withdrawReport } from "#intake/withdraw-report";
import { formKey, parse, readForm, sendOnce } from "#doors/web/form";
import { html } from "#doors/web/html";
import { orAgain } from "#doors/web/public/report/frame";
import { faultsOfBytes } from "#doors/web/public/report/typed";
import { route, type Visited } from "#doors/web/route";
import { faultSummary, paragraphField, type Faults, type Typed } from "#doors/web/ui/field";
import { publicPage } from "#doors/web/ui/layout";
import type { Visit } from "#doors/web/visit";
import { expiredPage } from "./code-page.ts";
import { openedStory } from "./story-cookie.ts";

/** Taking a report back, after a page that says what that means. */
export function withdrawPages(app: Hono<Visited>): void {
  route(app, "GET /track/story/withdraw", async (visit) => {
    return openedStory(visit) === null ? visit.context.redirect("/track?expired=1", 303) : withdrawPage(visit, {}, {}, 200);
  });
  route(app, "POST /track/story/withdraw", async (visit) => {
    const sent = await readForm(visit);
    const { typed } = sent;
    const report = openedStory(visit);
    if (report === null) return expiredPage(visit, typed);
    const { value, faults } = parse(visit, WithdrawReport, { report, reason: typed["reason"] ?? "" });
    const all = { ...faults, ...faultsOfBytes(visit, typed) };
    if (value === null || Object.keys(all).length > 0) return withdrawPage(visit, typed, all, 422, sent.key);
    return orAgain(
      visit,
      () =>
        sendOnce(visit, sent, "withdraw", async (town) => {
          await withdrawReport(town, visit.at, value);
          return "/track/story?done=withdrawn";
        }),
      (fault, status) => withdrawPage(visit, typed, { reason: fault }, status, sent.key),
    );
  });
}

export async function withdrawPage(
  visit: Visit,
  typed: Typed,
  faults: Faults,
  status: ContentfulStatusCode,
  key?: string,
): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.report.story.withdraw;
  visit.context.header("cache-control", "no-store");
  return publicPage(visit, names, {
    title: words.title,
    at: "track",
    status,
    faulty: Object.keys(faults).length > 0,
    body: html`<div class="narrow question">
      <p class="back">
        <a href="/track/story">← ${visit.words.common.back}</a>
      </p>
      ${faultSummary(visit, faults)}
      <h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      <form method="post" action="/track/story/withdraw" novalidate>
        ${formKey(key)}
        ${paragraphField(visit, { name: "reason", label: words.why, typed, faults, required: false, rows: 3 })}
        <div class="ways">
          <button class="btn btn-primary btn-lg" type="submit">${words.confirm}</button>
          <a class="btn btn-lg" href="/track/story">${words.keep}</a>
        </div>
      </form>
    </div>`,
  });
}
