import { DisputeJoin, disputeJoin } from "#intake/dispute-join";
import { OPEN_PAGE } from "#doors/web/access";
import { parse, readForm } from "#doors/web/form";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { readAs, sendForm, withFaults } from "#doors/web/form/send-form";
import { faultsOfBytes } from "#doors/web/public/report/typed";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { expiredPage } from "./code-page.ts";
import { openedStory } from "./story-cookie.ts";
import { surePage } from "./sure-page.ts";

/** "This is not what I meant": the reporter of a report that was joined wrongly says so, after a page that says what that means. */
export const disputeRoutes = [
  route("GET /track/story/dispute", OPEN_PAGE, async (visit) =>
    (await openedStory(visit)) === null ? visit.context.redirect("/track?expired=1", 303) : disputePage(visit, FRESH),
  ),
  route("POST /track/story/dispute", { who: "anyone", kind: "story" }, async (visit) => {
    const report = await openedStory(visit);
    return report === null ? expiredPage(visit, "dispute", (await readForm(visit)).typed) : dispute(visit, report);
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

export function disputePage(visit: Visit, drawn: Drawn): Promise<Response> {
  const words = visit.words.report.story.dispute;
  return surePage(visit, { act: "dispute", words, field: { name: "text", label: words.text } }, drawn);
}
