import { WithdrawReport, withdrawReport } from "#intake/withdraw-report";
import { OPEN_PAGE } from "#doors/web/access";
import { formKey, parse, readForm } from "#doors/web/form";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { readAs, sendForm, withFaults } from "#doors/web/form/send-form";
import { html } from "#doors/web/html";
import { faultsOfBytes } from "#doors/web/public/report/typed";
import { route } from "#doors/web/route";
import { faultSummary, paragraphField } from "#doors/web/ui/field";
import { publicPage } from "#doors/web/ui/layout";
import type { Visit } from "#doors/web/visit";
import { expiredPage } from "./code-page.ts";
import { openedStory } from "./story-cookie.ts";

/** Taking a report back, after a page that says what that means. */
export const withdrawRoutes = [
  route("GET /track/story/withdraw", OPEN_PAGE, async (visit) =>
    openedStory(visit) === null ? visit.context.redirect("/track?expired=1", 303) : withdrawPage(visit, FRESH),
  ),
  route("POST /track/story/withdraw", { who: "anyone", kind: "story" }, async (visit) => {
    const report = openedStory(visit);
    return report === null ? expiredPage(visit, (await readForm(visit)).typed) : withdraw(visit, report);
  }),
];

function withdraw(visit: Visit, report: string): Promise<Response> {
  return sendForm(visit, {
    purpose: "withdraw",
    beside: "reason",
    read({ typed }) {
      const read = readAs(parse(visit, WithdrawReport, { report, reason: typed["reason"] ?? "" }), async (town, what) => {
        await withdrawReport(town, visit.at, what);
        return "/track/story?done=withdrawn";
      });
      return withFaults(read, faultsOfBytes(visit, typed));
    },
    back: (drawn) => withdrawPage(visit, drawn),
  });
}

export async function withdrawPage(visit: Visit, { typed, faults, status, key }: Drawn): Promise<Response> {
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
