import { RESIDENT } from "#audit/append-event";
import { AnswerQuestion, answerQuestion } from "#verification/answer-question";
import { parse, readForm } from "#doors/web/form";
import { sendForm } from "#doors/web/form/send-form";
import { route } from "#doors/web/route";
import type { Faults } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { expiredPage } from "./code-page.ts";
import { readReportStory } from "./report-story.ts";
import { openedStory } from "./story-cookie.ts";
import { storyPage } from "./story.ts";

/** "Is it solved?": the one word that a problem cannot be closed against. */
export const questionRoutes = [
  route("POST /track/story/answer", { who: "anyone", kind: "story" }, async (visit) => {
    const report = await openedStory(visit);
    return report === null ? expiredPage(visit, "answer", (await readForm(visit)).typed) : answer(visit, report);
  }),
];

function answer(visit: Visit, report: string): Promise<Response> {
  return sendForm(visit, {
    purpose: "answer",
    beside: "solved",
    async read({ typed }) {
      const { value, faults } = parse(visit, AnswerQuestion, typed);
      if (faults !== null) return { faults: wordedAgain(visit, faults) };
      // Only a question this very report was asked: another's id answers nothing.
      const story = await readReportStory(visit.town, report);
      if (story?.questions.some(({ id }) => id === value.question) !== true)
        return { faults: { solved: visit.words.refusals.codes["question/none"] }, status: 404 };
      return {
        async act(town) {
          await answerQuestion(town, RESIDENT, visit.at, { ...value, from: { device: visit.device, address: visit.address } });
          return "/track/story?done=answered";
        },
      };
    },
    back: (drawn) => storyPage(visit, report, drawn),
  });
}

/** "Choose one from the list" says too little where there are two words to choose between. */
function wordedAgain(visit: Visit, faults: Faults): Faults {
  return faults["solved"] === undefined ? faults : { ...faults, solved: visit.words.report.story.question.choose };
}
