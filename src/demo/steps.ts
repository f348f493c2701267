import { RESIDENT } from "#audit/append-event";
import { acceptReport, AcceptByOpening } from "#intake/accept-report";
import { addWord } from "#intake/add-word";
import { answerReport } from "#intake/answer-report";
import { declineReport } from "#intake/decline-report";
import { receiveReport, ReceiveReport } from "#intake/receive-report";
import { referReport } from "#intake/refer-report";
import type { Channel } from "#intake/report";
import { sayMeToo } from "#intake/say-me-too";
import { withdrawReport } from "#intake/withdraw-report";
import { askExtension } from "#ledger/ask-extension";
import { askSuspension } from "#ledger/ask-suspension";
import { assignProblem } from "#ledger/assign-problem";
import { decideDismissal } from "#ledger/decide-dismissal";
import { decideExtension } from "#ledger/decide-extension";
import { decideSuspension } from "#ledger/decide-suspension";
import { declareRectified } from "#ledger/declare-rectified";
import { handOver } from "#ledger/hand-over";
import { proposeDismissal } from "#ledger/propose-dismissal";
import { recordProgress } from "#ledger/record-progress";
import { remindLeaders } from "#ledger/remind-leaders";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
import { latestDueOn, latestExtensionOn } from "#rules/deadline";
import { answerQuestion } from "#verification/answer-question";
import { checkRectification } from "#verification/check-rectification";
import { closeProblem } from "#verification/close-problem";
import { findRound } from "#verification/find-round";
import { lookBack } from "#verification/look-back";
import { overruleAnswer } from "#verification/overrule-answer";
import { postNotice } from "#verification/post-notice";
import { raiseObjection } from "#verification/raise-objection";
import type { CategoryKey, OfficerKey, ThemeKey, UnitKey, VillageKey } from "./cast.ts";
import type { Scene } from "./scenes.ts";
import type { Picture, Stage, Step } from "./stage.ts";

/** The verbs stories are written in: each plays one real command of the rooms. */

type Told = {
  readonly channel: Channel;
  readonly title: string;
  readonly details?: string;
  readonly category?: CategoryKey;
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
    const what = ReceiveReport.parse({ ...typed, category: stage.category(category).id, village: where, photos });
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
    });
    stage.problem = (await acceptReport(stage.town, stage.by("qianwen"), at, opening)).problem;
    for (const report of stage.reports.slice(1)) await joined(stage, at, report);
  });
}

/** The reporter sends a photo after their words; the office chooses it for the entry. */
async function sentAfterwards(stage: Stage, at: Date, scene: Scene): Promise<string> {
  const report = stage.report(0);
  const photo = await stage.photo(null, at, [scene, "before"], { kind: "report", id: report });
  await addWord(stage.town, at, { report, text: "", photos: [photo] });
  return photo;
}

/** The latest report told is about the same. */
export function alsoTold(day: number, time: string, what: Told): readonly Step[] {
  return [told(day, time, what), step(day, time, (stage, at) => joined(stage, at, stage.report(stage.reports.length - 1)))];
}

async function joined(stage: Stage, at: Date, report: string): Promise<void> {
  await acceptReport(stage.town, stage.by("qianwen"), at, { report, problem: stage.problem });
}

type Assigning = {
  readonly category: CategoryKey;
  readonly leaders: readonly OfficerKey[];
  readonly unit: UnitKey;
  readonly measures: readonly string[];
  readonly goal: string;
  /** Days from today; no later than the category allows. */
  readonly due: number;
};

export function assigned(day: number, time: string, what: Assigning): Step {
  return step(day, time, async (stage, at) => {
    const latest = latestDueOn(stage.category(what.category), stage.names.calendar, dayOf(at)).day;
    const dueOn = [stage.day(what.due), latest].reduce((earlier, other) => (earlier < other ? earlier : other));
    const leaders = what.leaders.map((leader) => stage.by(leader).id);
    await assignProblem(stage.town, stage.by("qianwen"), at, {
      ...(await stage.form()),
      leaders,
      unit: stage.names.unit(what.unit),
      measures: [...what.measures],
      goal: what.goal,
      dueOn,
    });
  });
}

export function handedOver(day: number, time: string, leaders: readonly OfficerKey[], unit: UnitKey, reason: string): Step {
  return step(day, time, async (stage, at) => {
    await handOver(stage.town, stage.by("qianwen"), at, {
      ...(await stage.form()),
      leaders: leaders.map((leader) => stage.by(leader).id),
      unit: stage.names.unit(unit),
      reason,
    });
  });
}

export function progressed(
  day: number,
  time: string,
  by: OfficerKey,
  note: string,
  measuresDone: readonly number[],
  picture?: Picture,
): Step {
  return step(day, time, async (stage, at) => {
    const photos = picture === undefined ? [] : [await stage.photo(by, at, picture, { kind: "problem", id: stage.problem })];
    await recordProgress(stage.town, stage.by(by), at, {
      ...(await stage.form()),
      note,
      measuresDone: [...measuresDone],
      photos,
      stage: picture?.[1] ?? "during",
    });
  });
}

export function rectified(day: number, time: string, by: OfficerKey, done: string, scene: Scene): Step {
  return step(day, time, async (stage, at) => {
    await declareRectified(stage.town, stage.by(by), at, {
      ...(await stage.form()),
      done,
      photos: [await stage.photo(by, at, [scene, "after"], { kind: "problem", id: stage.problem })],
    });
  });
}

export function reminded(day: number, time: string, note: string): Step {
  return step(day, time, async (stage, at) => remindLeaders(stage.town, stage.by("hedu"), at, { ...(await stage.form()), note }));
}

export function extensionAsked(day: number, time: string, by: OfficerKey, newDue: number, reason: string): Step {
  return step(day, time, async (stage, at) => {
    const { category, due_on: dueOn } = await stage.town.db
      .selectFrom("ledger.problem")
      .select(["category", "due_on"])
      .where("town", "=", stage.town.id)
      .where("id", "=", stage.problem)
      .executeTakeFirstOrThrow();
    const limits = [
      stage.category("complaint"),
      stage.category("hazard"),
      stage.category("enterprise-need"),
      stage.category("suggestion"),
    ].find(({ id }) => id === category);
    if (limits === undefined || dueOn === null) throw new Error("couldn't ask for an extension: no limits or no due day");
    const latest = latestExtensionOn(limits, stage.names.calendar, dueOn).day;
    const newDueOn = stage.day(newDue) < latest ? stage.day(newDue) : latest;
    await askExtension(stage.town, stage.by(by), at, { ...(await stage.form()), newDueOn, reason });
  });
}

export function extensionGranted(day: number, time: string, reason: string): Step {
  return step(day, time, async (stage, at) =>
    decideExtension(stage.town, stage.by("qianwen"), at, { ...(await stage.form()), grant: "yes", reason }),
  );
}

export function suspended(day: number, time: string, by: OfficerKey, until: number, reason: string, decision: string): readonly Step[] {
  return [
    step(day, time, async (stage, at) =>
      askSuspension(stage.town, stage.by(by), at, { ...(await stage.form()), resumeOn: stage.day(until), reason }),
    ),
    step(day + 1, "09:00", async (stage, at) =>
      decideSuspension(stage.town, stage.by("zhaoshu"), at, { ...(await stage.form()), approve: "yes", reason: decision }),
    ),
  ];
}

export function dismissed(
  day: number,
  time: string,
  ground: "untrue" | "not_ours" | "already_done",
  reason: string,
  confirmed: string,
): readonly Step[] {
  return [
    step(day, time, async (stage, at) =>
      proposeDismissal(stage.town, stage.by("qianwen"), at, { ...(await stage.form()), ground, reason }),
    ),
    step(day + 1, "10:20", async (stage, at) =>
      decideDismissal(stage.town, stage.by("hedu"), at, { ...(await stage.form()), confirm: "yes", reason: confirmed }),
    ),
  ];
}

export function checked(
  day: number,
  time: string,
  by: "fengzheng" | "fangshi",
  outcome: "passed" | "failed",
  finding: string,
  manner: "on_site" | "on_paper" = "on_site",
): Step {
  return step(day, time, async (stage, at) =>
    checkRectification(stage.town, stage.by(by), at, { ...(await stage.form()), manner, finding, outcome }),
  );
}

type Reply = { readonly report: number; readonly solved: "yes" | "no"; readonly satisfied?: "yes" | "no" | ""; readonly why?: string };

/** The reporters say whether it is solved, a quarter of an hour apart. */
export function answered(day: number, time: string, ...replies: readonly Reply[]): readonly Step[] {
  return replies.map(({ report, solved, satisfied = "", why = "" }, i) =>
    step(day, later(time, i * 15), async (stage, at) => {
      const question = await questionOf(stage, report);
      await answerQuestion(stage.town, RESIDENT, at, { question, solved, satisfied, why });
    }),
  );
}

export function overruled(day: number, time: string, report: number, reason: string): Step {
  return step(day, time, async (stage, at) => {
    await overruleAnswer(stage.town, stage.by("hedu"), at, { ...(await stage.form()), question: await questionOf(stage, report), reason });
  });
}

async function questionOf(stage: Stage, report: number): Promise<string> {
  const { questions } = await findRound(stage.town, stage.problem);
  const question = questions.find((question) => question.report === stage.report(report));
  if (question === undefined) throw new Error(`couldn't find the question to report ${report}`);
  return question.id;
}

export function noticed(day: number, time: string): Step {
  return step(day, time, async (stage, at) => postNotice(stage.town, stage.by("qianwen"), at, await stage.form()));
}

export function objected(day: number, time: string, reason: string): Step {
  return step(day, time, async (stage, at) => {
    await raiseObjection(stage.town, RESIDENT, at, { problem: stage.problem, reason });
  });
}

export function closed(day: number, time: string, statement: string): Step {
  return step(day, time, async (stage, at) => closeProblem(stage.town, stage.by("qianwen"), at, { ...(await stage.form()), statement }));
}

/** The next look-back that is due. */
export function lookedBack(day: number, time: string, outcome: "held" | "relapsed", finding: string): Step {
  return step(day, time, async (stage, at) => {
    const { lookBacks } = await findRound(stage.town, stage.problem);
    const next = lookBacks.find((one) => one.outcome === null && !one.dropped && one.dueOn <= dayOf(at));
    if (next === undefined) throw new Error("couldn't look back: none is due yet");
    await lookBack(stage.town, stage.by("fengzheng"), at, { ...(await stage.form()), lookBack: next.id, outcome, finding });
  });
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

function step(day: number, time: string, act: Step["act"]): Step {
  return { day, time, act };
}

function later(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const all = hour * 60 + minute + minutes;
  return `${String(Math.floor(all / 60)).padStart(2, "0")}:${String(all % 60).padStart(2, "0")}`;
}
