import { AddWord, addWord } from "#intake/add-word";
import type { SentFor } from "#evidence/upload";
import { OPEN_PAGE } from "#doors/web/access";
import { parse, readForm, type Sent } from "#doors/web/form";
import { readAs, sendForm, withFaults } from "#doors/web/form/send-form";
import { keepPhotos, photosOfForm, waitingThumbnail, type Kept } from "#doors/web/keep-photos";
import { faultsOfBytes } from "#doors/web/public/report/typed";
import { route } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { expiredPage } from "./code-page.ts";
import { openedStory } from "./story-cookie.ts";
import { storyPage } from "./story.ts";

/** A word or a photo more, for as long as the town still works on it. */
export const wordsRoutes = [
  route("POST /track/story/words", { who: "anyone", kind: "story-photos" }, async (visit) => {
    const report = await openedStory(visit);
    return report === null ? expiredPage(visit, "words", (await readForm(visit)).typed) : say(visit, report);
  }),
  route("GET /track/story/photos/:sha256", OPEN_PAGE, async (visit, { sha256 }) => {
    const report = await openedStory(visit);
    return report === null ? visit.context.text("not found\n", 404) : waitingThumbnail(visit, sha256, null, sentForReport(report));
  }),
];

function sentForReport(report: string): SentFor {
  return { kind: "report", id: report };
}

function say(visit: Visit, report: string): Promise<Response> {
  return sendForm(visit, {
    purpose: "word",
    photos: { field: "photos", keep: (sent) => keepSent(visit, report, sent) },
    beside: "text",
    read({ typed, lists }) {
      const parsed = parse(visit, AddWord, { report, text: typed["text"] ?? "", photos: lists["photos"] ?? [] });
      const read = readAs(parsed, async (town, what) => {
        await addWord(town, visit.at, what);
        return "/track/story?done=added";
      });
      return withFaults(read, faultsOfBytes(visit, typed));
    },
    back: (drawn) => storyPage(visit, report, drawn),
  });
}

async function keepSent(visit: Visit, report: string, sent: Sent): Promise<Kept> {
  const sentFor = sentForReport(report);
  const earlier = await photosOfForm(visit, null, sentFor, sent.lists["photos"] ?? []);
  return keepPhotos(visit, { address: visit.address }, { sentFor, earlier, files: sent.files["photos"] ?? [] });
}
