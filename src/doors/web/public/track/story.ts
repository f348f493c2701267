import { dayOf } from "#platform/instant";
import type { Report } from "#intake/queries";
import { whyNotAddWord, whyNotDispute, whyNotWithdraw } from "#intake/report";
import type { Directory } from "#publication/directory";
import { OPEN_PAGE } from "#doors/web/access";
import { FRESH } from "#doors/web/form/drawn";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { categoryWords } from "#doors/web/ui/category";
import { dayText, dayWords, instantWords } from "#doors/web/ui/day";
import { entryCard } from "#doors/web/ui/entry";
import { faultSummary } from "#doors/web/ui/field";
import { publicPage } from "#doors/web/ui/layout";
import { phoneLine } from "#doors/web/ui/phone";
import { wayList } from "#doors/web/ui/way";
import { whereWords } from "#doors/web/ui/where";
import { nameOf, type Visit } from "#doors/web/visit";
import { keptOfReport, reportReceipt, slipReceipt, type Kept } from "#doors/web/public/kept-receipt";
import { receiptImage, receiptPicture } from "#doors/web/public/receipt-picture";
import { wayOfReport } from "#doors/web/public/way";
import { nextStep } from "./next-step.ts";
import { answersGiven, questionForm } from "./question-form.ts";
import { readReportStory, type ReportStory } from "./report-story.ts";
import { slipPage } from "./slip-page.ts";
import { openedSlip, openedStory } from "./story-cookie.ts";
import type { StoryParts } from "./story-parts.ts";
import { addForm } from "./words-form.ts";

/** One report as its reporter sees it, from the day it came to where it stands. */
export const storyRoutes = [
  route("GET /track/story", OPEN_PAGE, async (visit) => {
    const slip = openedSlip(visit);
    if (slip !== null) return slipPage(visit, slip);
    const report = await openedStory(visit);
    if (report === null) return visit.context.redirect("/track?expired=1", 303);
    return storyPage(visit, report, { ...FRESH, done: visit.context.req.query("done") ?? "" });
  }),
  route("GET /track/story/receipt.png", { who: "anyone", kind: "picture" }, async (visit) => {
    const kept = await openedReceipt(visit);
    return kept === null ? visit.context.redirect("/track?expired=1", 303) : receiptPicture(visit, await visit.names(), kept);
  }),
];

/** The receipt of whatever story is open here. */
async function openedReceipt(visit: Visit): Promise<Kept | null> {
  const slip = openedSlip(visit);
  if (slip !== null) return slipReceipt(visit, slip);
  const report = await openedStory(visit);
  return report === null ? null : reportReceipt(visit, report);
}

export async function storyPage(visit: Visit, id: string, parts: StoryParts): Promise<Response> {
  const story = await readReportStory(visit.town, id);
  if (story === null) return visit.context.redirect("/track", 303);
  const names = await visit.names();
  const words = visit.words.report.story;
  const { report } = story;
  visit.context.header("cache-control", "no-store");
  return publicPage(visit, names, {
    title: words.title,
    at: "track",
    status: parts.status,
    faulty: Object.keys(parts.faults).length > 0,
    body: html`<div class="narrow my-story">
      ${faultSummary(visit, parts.faults)}
      ${doneWords(visit, parts.done)}
      <p class="step">
        ${words.received} ${dayWords(visit, dayOf(report.receivedAt))} · ${categoryWords(visit, names, report.category)}
      </p>
      <h1>${report.title}</h1>
      ${report.reissue === null ? "" : html`<p class="hint">${words.reissued(dayText(visit, dayOf(report.reissue.at)))}</p>`}
      ${questionForm(visit, story, parts)}
      ${standing(visit, names, story)}
      ${saidFirst(visit, names, story)}
      ${wordsSaid(visit, names, report)}
      ${answersGiven(visit, names, story.questions)}
      ${whyNotAddWord(report.status, 0) === null ? addForm(visit, parts) : ""}
      ${phoneLine(visit, names)}
      <details class="no-print">
        <summary>${visit.words.report.receipt.card.show}</summary>
        <p>${visit.words.report.receipt.pictureHint}</p>
        ${receiptImage(visit, names, keptOfReport(visit, story), "/track/story/receipt.png")}
      </details>
      <div class="ways leave">
        <a class="btn" href="/track/story/about-me">${words.aboutMe.open}</a>
        ${whyNotWithdraw(report.status) === null ? html`<a class="btn" href="/track/story/withdraw">${words.withdraw.open}</a>` : ""}
        <form method="post" action="/track/leave">
          <button class="btn" type="submit">${words.leave}</button>
        </form>
      </div>
    </div>`,
  });
}

function standing(visit: Visit, names: Directory, story: ReportStory): Html {
  const words = visit.words.report.story;
  const { report, problem } = story;
  const next = nextStep(story, visit.at);
  const card =
    problem === null
      ? ""
      : html`<h2>${words.problem}</h2>
          ${entryCard(visit, names, problem, dayOf(visit.at))}
          ${disputeWay(visit, report)}`;
  return html`<section class="now">
      <h2>${words.now}</h2>
      ${wayList(visit, wayOfReport(report, problem, story.round, story.questions, visit.at))}
      ${problem === null ? html`<p class="now-status"><b>${words.status[report.status]}</b></p>` : ""}
      <p>
        <span class="next-title">${words.nextTitle}</span> ${words.next[next.says]}${
          next.on === null ? "" : html` <b>${dayWords(visit, next.on)}</b>`
        }
      </p>
    </section>
    ${card}`;
}

/** Beside the problem that the town found the report to be about. */
function disputeWay(visit: Visit, report: Report): Html {
  const words = visit.words.report.story.dispute;
  if (report.disputedAt !== null) return html`<p class="hint">${words.waiting}</p>`;
  if (report.sealed || whyNotDispute(report, report.words) !== null) return html``;
  return html`<p>
    <a class="btn" href="/track/story/dispute">${words.open}</a>
  </p>`;
}

function saidFirst(visit: Visit, names: Directory, story: ReportStory): Html {
  const words = visit.words.report.story;
  const { report } = story;
  const where = whereWords(visit, names, report);
  const photos = report.photos.length === 0 ? null : words.photos(report.photos.length);
  const between = where === null || photos === null ? "" : " · ";
  return html`<section>
    <h2>${words.said}</h2>
    <p class="as-typed">${report.details === "" ? report.title : report.details}</p>
    <p class="hint">${where}${between}${photos}</p>
  </section>`;
}

/** What was said to and fro; of the town who it was by their unit alone. */
function wordsSaid(visit: Visit, names: Directory, report: Report): Html {
  const words = visit.words.report.story;
  if (report.words.length === 0)
    return html`<section>
      <h2>${words.wordsTitle}</h2>
      <p class="hint">${words.noWords}</p>
    </section>`;
  const unitOf = (officer: string | null) => names.units.get(names.officers.get(officer ?? "")?.unit ?? "");
  const said = report.words.map(
    (word) =>
      html`<li>
        <p class="when">
          ${instantWords(visit, word.saidAt)} · ${word.saidBy === null ? "" : html`${nameOf(visit, unitOf(word.saidBy))} · `}
          <b>${words.wordKind[word.kind]}</b>${saysOf(visit, names, word)}
        </p>
        ${word.text === "" ? "" : html`<p class="as-typed">${word.text}</p>`}
      </li>`,
  );
  return html`<section>
    <h2>${words.wordsTitle}</h2>
    <ol class="words">
      ${said}
    </ol>
  </section>`;
}

/** To whom it was referred, or which category it is of. */
function saysOf(visit: Visit, names: Directory, { referredTo, category }: Report["words"][number]): string {
  const words = visit.words.report.story;
  if (category !== null) return words.ofCategory(categoryWords(visit, names, category));
  return referredTo === "" ? "" : ` · ${words.referredTo(referredTo)}`;
}

function doneWords(visit: Visit, done = ""): Html {
  const words = visit.words.report.story;
  const says: { readonly [done: string]: string } = {
    answered: words.question.thanks,
    added: words.add.done,
    withdrawn: words.withdraw.done,
    disputed: words.dispute.done,
  };
  const said = says[done];
  return said === undefined ? html`` : html`<div class="alert alert-success" role="status">${said}</div>`;
}
