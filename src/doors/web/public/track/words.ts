import type { Hono } from "hono";
import { AddWord, addWord } from "#intake/add-word";
import { parse, readForm, sendOnce } from "#doors/web/form";
import { orAgain } from "#doors/web/public/report/frame";
import { keepPhotos } from "#doors/web/public/report/keep-photos";
import { faultsOfBytes } from "#doors/web/public/report/typed";
import { route, type Visited } from "#doors/web/route";
import { expiredPage } from "./code-page.ts";
import { openedStory } from "./story-cookie.ts";
import type { StoryParts } from "./story-parts.ts";
import { storyPage } from "./story.ts";

/** A word or a photo more, for as long as the town still works on it. */
export function wordsPages(app: Hono<Visited>): void {
  route(app, "POST /track/story/words", async (visit) => {
    const sent = await readForm(visit);
    const { typed } = sent;
    const report = openedStory(visit);
    if (report === null) return expiredPage(visit, typed);
    const again = (faults: StoryParts["faults"], status: StoryParts["status"]) =>
      storyPage(visit, report, { typed, faults, status, key: sent.key });
    const broken = faultsOfBytes(visit, typed);
    if (Object.keys(broken).length > 0) return again(broken, 422);
    const files = sent.files["photos"] ?? [];
    if (files.length === 0 && (typed["text"] ?? "").trim() === "") return again({ text: visit.words.report.story.add.missing }, 422);
    return orAgain(
      visit,
      async () => {
        const kept = await keepPhotos(visit, [], files);
        if (kept.fault !== null) return again({ photos: kept.fault.words }, kept.fault.status);
        const { value, faults } = parse(visit, AddWord, { report, text: typed["text"] ?? "", photos: kept.photos });
        if (value === null) return again(faults, 422);
        return sendOnce(visit, sent, "word", async (town) => {
          await addWord(town, visit.at, value);
          return "/track/story?done=added";
        });
      },
      (fault, status) => again({ text: fault }, status),
    );
  });
}
