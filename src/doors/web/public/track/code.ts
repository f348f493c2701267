import { lookUpCode } from "#doors/look-up-code";
import type { Coded } from "#intake/find-slip";
import { parseReceiptCode } from "#intake/receipt-code";
import { dayOf } from "#platform/instant";
import { OPEN_PAGE } from "#doors/web/access";
import { readForm } from "#doors/web/form";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { dayText } from "#doors/web/ui/day";
import type { Typed } from "#doors/web/ui/field";
import { publicPage } from "#doors/web/ui/layout";
import { phoneLine } from "#doors/web/ui/phone";
import type { Visit } from "#doors/web/visit";
import { aboutMePage } from "./about-me.ts";
import { codePage, keptIn, type StoryForm } from "./code-page.ts";
import { disputePage } from "./dispute.ts";
import { closeStory, openedSlip, openedStory, openStory } from "./story-cookie.ts";
import { storyPage } from "./story.ts";
import { withdrawPage } from "./withdraw.ts";

/** The receipt code in, the story out. */
export const codeRoutes = [
  route("GET /track", OPEN_PAGE, async (visit) => {
    if ((await openedStory(visit)) !== null || openedSlip(visit) !== null) return visit.context.redirect("/track/story", 303);
    const words = visit.words.report.track;
    const { left, expired } = visit.context.req.query();
    return codePage(visit, { typed: {}, faults: {}, status: 200, says: left === "1" ? words.left : expired === "1" ? words.expired : "" });
  }),

  route("POST /track", { who: "anyone", kind: "receipt-code" }, async (visit) => {
    const { typed } = await readForm(visit);
    const code = parseReceiptCode(typed["code"] ?? "");
    if (code === null) return codePage(visit, { typed, faults: { code: visit.words.common.faults["code/impossible"] }, status: 422 });
    const found = await lookUpCode(visit.town, visit.limits, visit.address, code);
    if (found.coded === null && found.diedAt !== null) return deadPage(visit, found.diedAt);
    if (found.coded === null && found.waitMs !== null) return tooManyPage(visit, found.waitMs);
    if (found.coded === null) return codePage(visit, { typed, faults: { code: visit.words.report.track.wrong }, status: 404 });
    openStory(visit, found.coded);
    return goOn(visit, found.coded, typed);
  }),

  route("POST /track/leave", { who: "anyone", kind: "story" }, async (visit) => {
    closeStory(visit);
    return visit.context.redirect("/track?left=1", 303);
  }),
];

/** To the story, or to the form that was being written when the half hour was over, with what was written in it. */
async function goOn(visit: Visit, { kind, id }: Coded, typed: Typed): Promise<Response> {
  const written = keptIn(typed);
  if (written === null || kind === "slip") return visit.context.redirect("/track/story", 303);
  return PAGE_OF[written.form](visit, id, { ...FRESH, typed: written.typed });
}

const PAGE_OF: Record<StoryForm, (visit: Visit, report: string, drawn: Drawn) => Promise<Response>> = {
  answer: storyPage,
  words: storyPage,
  withdraw: (visit, _report, drawn) => withdrawPage(visit, drawn),
  dispute: (visit, _report, drawn) => disputePage(visit, drawn),
  "about-me": aboutMePage,
};

/** Whoever holds a code that was made anew learns when, and what to do if it was not they who lost it. */
async function deadPage(visit: Visit, diedAt: Date): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.report.track.dead;
  visit.context.header("cache-control", "no-store");
  return publicPage(visit, names, {
    title: words.title,
    at: "track",
    status: 410,
    body: html`<div class="narrow">
      <h1>${words.title}</h1>
      <p class="lead">${words.lead(dayText(visit, dayOf(diedAt)))}</p>
      <p>${words.notYou}</p>
      <p>
        <a class="btn btn-primary btn-lg" href="/track">${words.again}</a>
      </p>
      ${phoneLine(visit, names)}
    </div>`,
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
    body: html`<div class="narrow">
      <h1>${words.tooMany}</h1>
      <p class="lead">${words.tooManyHint(Math.ceil(waitMs / 60_000))}</p>
      <p>
        <a class="btn btn-lg" href="/">${visit.words.common.nav.home}</a>
      </p>
      ${phoneLine(visit, names)}
    </div>`,
  });
}
