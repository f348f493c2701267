import { WithdrawReport, withdrawReport } from "#intake/withdraw-report";
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

/** Taking a report back, after a page that says what that means. */
export const withdrawRoutes = [
  route("GET /track/story/withdraw", OPEN_PAGE, async (visit) =>
    (await openedStory(visit)) === null ? visit.context.redirect("/track?expired=1", 303) : withdrawPage(visit, FRESH),
  ),
  route("POST /track/story/withdraw", { who: "anyone", kind: "story" }, async (visit) => {
    const report = await openedStory(visit);
    return report === null ? expiredPage(visit, "withdraw", (await readForm(visit)).typed) : withdraw(visit, report);
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

export function withdrawPage(visit: Visit, drawn: Drawn): Promise<Response> {
  const words = visit.words.report.story.withdraw;
  return surePage(visit, { act: "withdraw", words, field: { name: "reason", label: words.why } }, drawn);
}
