import type { Hono } from "hono";
import { AddWord, addWord } from "#intake/add-word";
import type { Purpose } from "#evidence/upload";
import { parse, readForm, sendOnce, type Sent } from "#doors/web/form";
import { keepPhotos, photosOfForm, waitingThumbnail } from "#doors/web/keep-photos";
import { orAgain } from "#doors/web/public/report/frame";
import { faultsOfBytes } from "#doors/web/public/report/typed";
import { route, type Visited } from "#doors/web/route";
import type { Visit } from "#doors/web/visit";
import { expiredPage } from "./code-page.ts";
import { openedStory } from "./story-cookie.ts";
import type { StoryParts } from "./story-parts.ts";
import { storyPage } from "./story.ts";

/** A word or a photo more, for as long as the town still works on it. */
export function wordsPages(app: Hono<Visited>): void {
  route(app, "POST /track/story/words", async (visit) => {
    const sent = await readForm(visit);
    const report = openedStory(visit);
    return report === null ? expiredPage(visit, sent.typed) : say(visit, report, sent);
  });
  route(app, "GET /track/story/photos/:sha256", (visit) => {
    const report = openedStory(visit);
    return report === null ? visit.context.text("not found\n", 404) : waitingThumbnail(visit, null, purposeOf(report));
  });
}

function purposeOf(report: string): Purpose {
  return { kind: "report", id: report };
}

/** The photos are kept before anything else is judged: a form that comes back brings the good ones along. */
async function say(visit: Visit, report: string, sent: Sent): Promise<Response> {
  const { typed } = sent;
  const purpose = purposeOf(report);
  let photos = await photosOfForm(visit, null, purpose, sent.lists["photos"] ?? []);
  const again = (faults: StoryParts["faults"], status: StoryParts["status"]) =>
    storyPage(visit, report, { typed, faults, status, key: sent.key, photos });
  const kept = await keepPhotos(visit, { address: visit.address }, { purpose, earlier: photos, files: sent.files["photos"] ?? [] });
  photos = kept.photos;
  const broken = faultsOfBytes(visit, typed);
  if (Object.keys(broken).length > 0) return again(broken, 422);
  if (kept.fault !== null) return again({ photos: kept.fault.words }, kept.fault.status);
  const { value, faults } = parse(visit, AddWord, { report, text: typed["text"] ?? "", photos });
  if (value === null) return again(faults, 422);
  return orAgain(
    visit,
    () =>
      sendOnce(visit, sent, "word", async (town) => {
        await addWord(town, visit.at, value);
        return "/track/story?done=added";
      }),
    (fault, status) => again({ text: fault }, status),
  );
}
