import { DisputeJoin, disputeJoin } from "#intake/dispute-join";
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

/** "This is not what I meant": the reporter of a report that was joined wrongly says so, after a page that says what that means. */
export const disputeRoutes = [
  route("GET /track/story/dispute", OPEN_PAGE, async (visit) =>
    openedStory(visit) === null ? visit.context.redirect("/track?expired=1", 303) : disputePage(visit, FRESH),
  ),
  route("POST /track/story/dispute", { who: "anyone", kind: "story" }, async (visit) => {
    const report = openedStory(visit);
    return report === null ? expiredPage(visit, (await readForm(visit)).typed) : dispute(visit, report);
  }),
];

function dispute(visit: Visit, report: string): Promise<Response> {
  return sendForm(visit, {
    purpose: "dispute",
    beside: "text",
    read({ typed }) {
      const read = readAs(parse(visit, DisputeJoin, { report, text: typed["text"] ?? "" }), async (town, what) => {
        await disputeJoin(town, visit.at, what);
        return "/track/story?done=disputed";
      });
      return withFaults(read, faultsOfBytes(visit, typed));
    },
    back: (drawn) => disputePage(visit, drawn),
  });
}

async function disputePage(visit: Visit, { typed, faults, status, key }: Drawn): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.report.story.dispute;
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
      <form method="post" action="/track/story/dispute" novalidate>
        ${formKey(key)}
        ${paragraphField(visit, { name: "text", label: words.text, typed, faults, required: false, rows: 3 })}
        <div class="ways">
          <button class="btn btn-primary btn-lg" type="submit">${words.confirm}</button>
          <a class="btn btn-lg" href="/track/story">${words.keep}</a>
        </div>
      </form>
    </div>`,
  });
}
