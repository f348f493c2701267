import { dayOf } from "#platform/instant";
import { html, type Html } from "#doors/web/html";
import { keptOfSlip } from "#doors/web/public/kept-receipt";
import { receiptImage } from "#doors/web/public/receipt-picture";
import { wayOfProblem } from "#doors/web/public/way";
import { dayText, dayWords } from "#doors/web/ui/day";
import { entryCard } from "#doors/web/ui/entry";
import { publicPage } from "#doors/web/ui/layout";
import { phoneLine } from "#doors/web/ui/phone";
import { wayList } from "#doors/web/ui/way";
import type { Visit } from "#doors/web/visit";
import { closeStory } from "./story-cookie.ts";
import { kindOfSlip, nextOfSlip, readSlipStory, stateOfSlip, type SlipStory } from "./slip-story.ts";

/** What became of an objection, or of what somebody has too: the problem's stations, and what the town answered. */
export async function slipPage(visit: Visit, id: string): Promise<Response> {
  const story = await readSlipStory(visit.town, id);
  if (story === null) {
    closeStory(visit); // else the page of the code would lead here again
    return visit.context.redirect("/track?expired=1", 303);
  }
  const names = await visit.names();
  const words = visit.words.report;
  const { slip, told, round } = story;
  const next = nextOfSlip(story, visit.at);
  const kind = kindOfSlip(slip);
  visit.context.header("cache-control", "no-store");
  return publicPage(visit, names, {
    title: words.slip.title[kind],
    at: "track",
    body: html`<div class="narrow my-story">
      <p class="step">${words.slip.said[kind]} ${dayWords(visit, dayOf(slip.givenAt))} · ${told.problem.number}</p>
      <h1>${words.slip.sentence[kind](told.problem.title)}</h1>
      ${answerOf(visit, story)}
      <section class="now">
        <h2>${words.story.now}</h2>
        ${wayList(visit, wayOfProblem(told.problem, round, visit.at))}
        <p>
          <span class="next-title">${words.story.nextTitle}</span> ${words.story.next[next.says]}${
            next.on === null ? "" : html` <b>${dayWords(visit, next.on)}</b>`
          }
        </p>
        <p class="hint">${words.slip.notAsked}</p>
      </section>
      <h2>${words.story.problem}</h2>
      ${entryCard(visit, names, told.problem, dayOf(visit.at))}
      ${reasonOf(visit, story)}
      ${phoneLine(visit, names)}
      <details class="no-print">
        <summary>${words.receipt.card.show}</summary>
        <p>${words.receipt.pictureHint}</p>
        ${receiptImage(visit, names, keptOfSlip(visit, story), "/track/story/receipt.png")}
      </details>
      <div class="ways leave">
        <form method="post" action="/track/leave">
          <button class="btn" type="submit">${words.story.leave}</button>
        </form>
      </div>
    </div>`,
  });
}

/** Of an objection: whether it is decided, with the public reason. */
function answerOf(visit: Visit, { slip }: SlipStory): Html | null {
  const { objection } = slip;
  if (objection === null) return null;
  const words = visit.words.report.slip;
  const decided =
    objection.decidedAt === null
      ? ""
      : html`<p class="hint">${words.answered(dayText(visit, dayOf(objection.decidedAt)))}</p>
          <p class="as-typed">${objection.decisionReason}</p>`;
  return html`<section>
    <h2>${words.answer}</h2>
    <p class="now-status">
      <b>${words.status[stateOfSlip(slip)]}</b>
    </p>
    ${decided}
  </section>`;
}

function reasonOf(visit: Visit, { slip }: SlipStory): Html | null {
  if (slip.objection === null) return null;
  return html`<section>
    <h2>${visit.words.report.slip.reason}</h2>
    <p class="as-typed">${slip.objection.reason}</p>
  </section>`;
}
