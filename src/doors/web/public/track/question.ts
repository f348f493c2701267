import type { Hono } from "hono";
import { RESIDENT } from "#audit/append-event";
import { AnswerQuestion, answerQuestion } from "#verification/answer-question";
import { parse, readForm, sendOnce } from "#doors/web/form";
import { orAgain } from "#doors/web/public/report/frame";
import { route, type Visited } from "#doors/web/route";
import type { Faults } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { expiredPage } from "./code-page.ts";
import { readReportStory } from "./report-story.ts";
import { openedStory } from "./story-cookie.ts";
import type { StoryParts } from "./story-parts.ts";
import { storyPage } from "./story.ts";

/** "Is it solved?": the one word that a problem cannot be closed against. */
export function questionPages(app: Hono<Visited>): void {
  route(app, "POST /track/story/answer", async (visit) => {
    const sent = await readForm(visit);
    const { typed } = sent;
    const report = openedStory(visit);
    if (report === null) return expiredPage(visit, typed);
    const { value, faults } = parse(visit, AnswerQuestion, typed);
    if (value === null) return storyPage(visit, report, { typed, faults: wordedAgain(visit, faults), status: 422, key: sent.key });
    // Only a question this very report was asked: another's id answers nothing.
    const story = await readReportStory(visit.town, report);
    const own = story?.questions.some((question) => question.id === value.question) ?? false;
    const again = (fault: string, status: 404 | StoryParts["status"]) =>
      storyPage(visit, report, { typed, faults: { solved: fault }, status, key: sent.key });
    if (!own) return again(visit.words.refusals.codes["question/none"], 404);
    return orAgain(
      visit,
      () =>
        sendOnce(visit, sent, "answer", async (town) => {
          await answerQuestion(town, RESIDENT, visit.at, { ...value, from: { device: visit.device, address: visit.address } });
          return "/track/story?done=answered";
        }),
      again,
    );
  });
}

/** "Choose one from the list" says too little where there are two words to choose between. */
function wordedAgain(visit: Visit, faults: Faults): Faults {
  return faults["solved"] === undefined ? faults : { ...faults, solved: visit.words.report.story.question.choose };
}
