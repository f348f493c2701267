import type { CategoryKey, ThemeKey, VillageKey } from "#demo/cast";
import type { Scene } from "#demo/scenes";
import { later, step, type Stage, type Step } from "#demo/stage";
import { AcceptByOpening, acceptReport } from "#intake/accept-report";
import { addWord } from "#intake/add-word";
import { answerReport } from "#intake/answer-report";
import { declineReport } from "#intake/decline-report";
import { passWordsOn } from "#intake/pass-words-on";
import { readWords } from "#intake/read-words";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { referReport } from "#intake/refer-report";
import { replyToReport } from "#intake/reply-to-report";
import type { Channel } from "#intake/report";
import { sayMeToo } from "#intake/say-me-too";
import { withdrawReport } from "#intake/withdraw-report";
import { newId } from "#platform/ids";

/* Verbs stories are written in, each playing one real command: what residents say, and what the desk answers. */

type Told = {
  readonly channel: Channel;
  readonly title: string;
  readonly details?: string;
  /** Null: the reporter leaves it to the town. */
  readonly category?: CategoryKey | null;
  readonly village?: VillageKey;
  readonly place?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly scene?: Scene;
};

/** Doors at which the clerk writes the report down. */
const WRITTEN_DOWN: ReadonlySet<Channel> = new Set(["phone", "meeting", "visit", "letter", "box"]);

export function told(day: number, time: string, { channel, scene, category = "complaint", village, ...typed }: Told): Step {
  return step(day, time, async (stage, at) => {
    const draft = newId(at);
    const photos = scene === undefined ? [] : [await stage.photo(null, at, [scene, "before"], { kind: "draft", id: draft })];
    const where = village === undefined ? null : stage.names.village(village);
    const what = ReceiveReport.parse({
      ...typed,
      category: category === null ? null : stage.category(category).id,
      village: where,
      photos,
    });
    const { report } = await receiveReport(stage.town, WRITTEN_DOWN.has(channel) ? stage.by("suting") : null, at, {
      ...what,
      channel,
      draft,
    });
    stage.reports.push(report);
  });
}

type Opening = {
  readonly title: string;
  readonly details: string;
  readonly category: CategoryKey;
  readonly theme: ThemeKey;
  readonly village?: VillageKey;
  readonly place?: string;
  readonly scene?: Scene;
};

/** Opens the problem from the first report told, and joins those told besides. */
export function opened(day: number, time: string, { category, theme, village, scene, ...words }: Opening): Step {
  return step(day, time, async (stage, at) => {
    const photos = scene === undefined ? [] : [await sentAfterwards(stage, at, scene)];
    const where = village === undefined ? null : stage.names.village(village);
    const opening = AcceptByOpening.parse({
      report: stage.report(0),
      ...words,
      category: stage.category(category).id,
      theme: stage.names.theme(theme),
      village: where,
      photos,
      ...seenBy(stage, stage.report(0)),
    });
    stage.problem = (await acceptReport(stage.town, stage.by("qianwen"), at, opening)).problem;
    for (const report of stage.reports.slice(1)) await joined(stage, at, report);
  });
}

/** The reporter sends a photo after their words; the office chooses it for the entry. */
async function sentAfterwards(stage: Stage, at: Date, scene: Scene): Promise<string> {
  const report = stage.report(0);
  const photo = await stage.photo(null, at, [scene, "before"], { kind: "report", id: report });
  stage.added.set(report, await addWord(stage.town, at, { report, text: "", photos: [photo] }));
  return photo;
}

/** Whoever acts on a report has its page before them, and on it all that was added. */
function seenBy(stage: Stage, report: string): { readonly seen?: string } {
  const seen = stage.added.get(report);
  return seen === undefined ? {} : { seen };
}

/** The reporter adds a word to the report of this place among those told. */
export function added(day: number, time: string, index: number, text: string): Step {
  return step(day, time, async (stage, at) => {
    const report = stage.report(index);
    stage.added.set(report, await addWord(stage.town, at, { report, text, photos: [] }));
  });
}

export function wordsRead(day: number, time: string, index: number): Step {
  return step(day, time, async (stage, at) => {
    const report = stage.report(index);
    await readWords(stage.town, stage.by("suting"), at, { report, seen: stage.added.get(report) ?? "" });
  });
}

export function wroteBack(day: number, time: string, index: number, text: string): Step {
  return step(day, time, async (stage, at) => {
    const report = stage.report(index);
    await replyToReport(stage.town, stage.by("suting"), at, { report, text, ...seenBy(stage, report) });
  });
}

export function passedOn(day: number, time: string, index: number, text: string): Step {
  return step(day, time, async (stage, at) => {
    const report = stage.report(index);
    await passWordsOn(stage.town, stage.by("suting"), at, { report, text, ...seenBy(stage, report) });
  });
}

/** The latest report told is about the same. */
export function alsoTold(day: number, time: string, what: Told): readonly Step[] {
  return [told(day, time, what), step(day, time, (stage, at) => joined(stage, at, stage.report(stage.reports.length - 1)))];
}

async function joined(stage: Stage, at: Date, report: string): Promise<void> {
  await acceptReport(stage.town, stage.by("qianwen"), at, { report, problem: stage.problem });
}

export function saidMeToo(day: number, time: string, count: number): readonly Step[] {
  return Array.from({ length: count }, (_, i) =>
    step(day, later(time, i * 7), (stage, at) =>
      sayMeToo(stage.town, at, { problem: stage.problem, device: `${day}/${time}/${i}`, address: "198.51.100.7" }),
    ),
  );
}

export function replied(day: number, time: string, text: string): Step {
  return step(day, time, async (stage, at) => answerReport(stage.town, stage.by("suting"), at, { report: stage.report(0), text }));
}

export function referred(day: number, time: string, referredTo: string, reason: string): Step {
  return step(day, time, async (stage, at) =>
    referReport(stage.town, stage.by("suting"), at, { report: stage.report(0), referredTo, reason }),
  );
}

export function declined(day: number, time: string, reason: string): Step {
  return step(day, time, async (stage, at) => declineReport(stage.town, stage.by("qianwen"), at, { report: stage.report(0), reason }));
}

export function withdrawn(day: number, time: string, reason: string): Step {
  return step(day, time, async (stage, at) => withdrawReport(stage.town, at, { report: stage.report(0), reason }));
}
