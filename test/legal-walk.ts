import { RESIDENT } from "#audit/append-event";
import { acceptReport } from "#intake/accept-report";
import { addWord } from "#intake/add-word";
import { answerReport } from "#intake/answer-report";
import { categoriseReport } from "#intake/categorise-report";
import { confirmJoin } from "#intake/confirm-join";
import { declineReport } from "#intake/decline-report";
import { disputeJoin } from "#intake/dispute-join";
import { moveReport } from "#intake/move-report";
import { passWordsOn } from "#intake/pass-words-on";
import { readWords } from "#intake/read-words";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { standingDecision } from "#intake/report";
import { replyToReport } from "#intake/reply-to-report";
import { separateReport } from "#intake/separate-report";
import { takeBackDecision } from "#intake/take-back-decision";
import { tellOverdue } from "#intake/tell-overdue";
import { undoOpening } from "#intake/undo-opening";
import { withdrawReport } from "#intake/withdraw-report";
import { wordKinds } from "#intake/word-kinds";
import { countMeToo } from "#ledger/count-me-too";
import { OpenProblem } from "#ledger/open-problem";
import { resumeDueProblems } from "#ledger/resume-problem";
import type { Officer } from "#people/officer";
import { addDays, dayOf } from "#platform/instant";
import { transact } from "#platform/town";
import { Refusal } from "#refusals";
import { answerQuestion } from "#verification/answer-question";
import { offersOf } from "#office/offers";
import { clearFlag } from "#verification/clear-flag";
import { countMoved } from "#verification/count-moved";
import { raiseFlags } from "#verification/raise-flags";
import { raiseObjection } from "#verification/raise-objection";
import { upholdFlag } from "#verification/uphold-flag";
import { act, deskOf, on } from "./desk.ts";
import type { ATown } from "./town.ts";

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const FIRST_DAY = "2026-06-01";
const LAST_DAY = "2026-11-30";

/** A walk through a town's year: whoever may do something does it, residents write, answer, object and take back. */
export type Walk = { readonly numbers: readonly string[]; readonly at: Date };

/**
 * Takes so many steps, each an act that the rules allow to somebody at that moment, the same for the same seed. What is refused after all
 * (a photo too few, a day too late) leaves no trace and the walk goes on.
 */
export async function legalWalk(t: ATown, seed: number, steps: number): Promise<Walk> {
  const random = randomFrom(seed);
  const pick = <T>(among: readonly T[]): T | undefined => among[Math.floor(random() * among.length)];
  const numbers: string[] = [];
  let day = FIRST_DAY;
  for (let step = 0; step < steps; step += 1) {
    if (random() < 0.3 && day < LAST_DAY) day = addDays(day, 1 + Math.floor(random() * 4));
    const at = new Date(on(day).getTime() + step * 1000);
    await unlessRefused(async () => {
      if (random() < 0.15 || numbers.length === 0) return aReport(t, at, random, numbers);
      const number = pick(numbers) ?? "";
      if (random() < 0.12) return corrections(t, at, random, numbers);
      if (random() < 0.2) return residentActs(t, number, at, random);
      if (random() < 0.1) return flagActs(t, number, at, random);
      return officerActs(t, number, at, random);
    });
    await resumeDueProblems(t.town, at);
    if (random() < 0.2) await tellOverdue(t.town, at);
  }
  return { numbers, at: on(addDays(day, 1)) };
}

async function unlessRefused(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** Somebody writes; the office opens a problem with it, joins it to one, answers, declines, or lets it lie. */
async function aReport({ town, cast, categories }: ATown, at: Date, random: () => number, numbers: string[]): Promise<void> {
  const what = ReceiveReport.parse({
    title: `窗口中午没人 ${at.getTime()}`,
    category: random() < 0.3 ? null : categories.complaint,
    phone: "13800000000",
  });
  const { report } = await receiveReport(town, null, at, { ...what, channel: "web" });
  if (random() < 0.2) await categoriseReport(town, cast.qianWen, at, { report, category: categories.help });
  const chance = random();
  if (chance < 0.15) return;
  if (chance < 0.25) return withdrawReport(town, at, { report, reason: "" });
  if (chance < 0.35) return answerReport(town, cast.qianWen, at, { report, text: "已经答复" });
  if (chance < 0.42) return declineReport(town, cast.qianWen, at, { report, reason: "不属于本镇" });
  const joined = numbers[Math.floor(random() * numbers.length)];
  if (chance < 0.65 && joined !== undefined) {
    const problem = await idOf(town, joined);
    await acceptReport(town, cast.qianWen, at, { report, problem });
    if (random() < 0.4) await aWordToIt(town, cast.qianWen, at, report, random);
    if (random() < 0.2) await withdrawReport(town, new Date(at.getTime() + 2), { report, reason: "" });
    return;
  }
  const { reports: _, ...opening } = OpenProblem.parse({ title: "窗口中午没人", category: categories.complaint });
  const { problem } = await acceptReport(town, cast.qianWen, at, { ...opening, report });
  numbers.push(await numberOf(town, problem));
  if (random() < 0.08) await undoOpening(town, cast.qianWen, at, await correcting(town, report));
}

/**
 * What was decided of some report is corrected, whenever: taken back, taken out, moved, joined again where it was; or its reporter says
 * that it is another matter, and perhaps somebody confirms that it is not.
 */
async function corrections({ town, cast }: ATown, at: Date, random: () => number, numbers: readonly string[]): Promise<void> {
  const reports = await town.db
    .selectFrom("intake.report")
    .select(["id", "status", "problem"])
    .where("status", "not in", ["received", "withdrawn"])
    .orderBy("id")
    .execute();
  const { id: report, status, problem } = reports[Math.floor(random() * reports.length)] ?? { id: "", status: "", problem: null };
  if (report === "") return;
  const drawn = await correcting(town, report);
  if (status !== "accepted" || problem === null) return takeBackDecision(town, cast.qianWen, at, drawn);
  const chance = random();
  const to = await idOf(town, numbers[Math.floor(random() * numbers.length)] ?? "");
  if (chance < 0.3) return moveReport(town, cast.qianWen, at, { ...drawn, problem: to });
  if (chance < 0.5) {
    await disputeJoin(town, at, { report, text: "" });
    if (random() < 0.4) return confirmJoin(town, cast.qianWen, at, { report, reason: "是同一件" });
    if (random() < 0.5) return;
  }
  await separateReport(town, cast.qianWen, at, await correcting(town, report));
  if (random() < 0.5) await acceptReport(town, cast.qianWen, at, { report, problem: random() < 0.6 ? problem : to });
}

async function correcting(town: ATown["town"], report: string) {
  const decision = standingDecision(await wordKinds(town, report))?.id ?? "";
  return { report, decision, reason: "弄错了" };
}

/** Its reporter adds something: it is read, replied to, passed on, or lies there; and perhaps more came meanwhile. */
async function aWordToIt(town: ATown["town"], clerk: Officer, at: Date, report: string, random: () => number): Promise<void> {
  const seen = await addWord(town, at, { report, text: "今天还是没人", photos: [] });
  if (random() < 0.3) await addWord(town, new Date(at.getTime() + 1), { report, text: "下午也没人", photos: [] });
  const chance = random();
  if (chance < 0.25) return readWords(town, clerk, at, { report, seen });
  if (chance < 0.5) return replyToReport(town, clerk, at, { report, text: "已经催了", seen });
  if (chance < 0.75) return passWordsOn(town, clerk, at, { report, text: "还是没人", seen });
}

async function residentActs(t: ATown, number: string, at: Date, random: () => number): Promise<void> {
  const { standing, round } = await deskOf(t, number, at);
  const chance = random();
  if (chance < 0.2) return countMeToo(t.town, RESIDENT, at, { problem: standing.problem.id });
  if (chance < 0.4) {
    await raiseObjection(t.town, RESIDENT, at, {
      problem: standing.problem.id,
      reason: "还是没人",
      address: `10.0.0.${Math.floor(random() * 200)}`,
    });
    return;
  }
  const question = round.questions.find(({ answer }) => answer === null);
  if (question === undefined) return;
  const [solved, satisfied] = [random() < 0.8 ? "yes" : "no", random() < 0.6 ? "yes" : random() < 0.5 ? "no" : ""] as const;
  await answerQuestion(t.town, RESIDENT, at, { question: question.id, solved, satisfied, why: random() < 0.5 ? "" : "原因" });
}

/** The detector finds something, or a verifier decides what it found: now that it is nothing, now that the problem goes back to work. */
async function flagActs(t: ATown, number: string, at: Date, random: () => number): Promise<void> {
  const { standing, round } = await deskOf(t, number, at);
  const { id: problem } = standing.problem;
  const [open] = round.flags;
  if (open === undefined) {
    const about = { act: "declared", at: at.toISOString(), dueOn: dayOf(at) } as const;
    await transact(t.town, async (town) =>
      countMoved(town, await raiseFlags(town, at, at, [{ kind: "last-moment", problem, mark: at.toISOString(), about }])),
    );
    return;
  }
  const decide = random() < 0.5 ? clearFlag : upholdFlag;
  await decide(t.town, t.cast.fengZheng, at, { flag: open.id, reason: "看过了" });
}

async function officerActs(t: ATown, number: string, at: Date, random: () => number): Promise<void> {
  const desk = await deskOf(t, number, at);
  const possible = Object.values(t.cast).flatMap((by: Officer) =>
    offersOf(desk, by, at).flatMap(({ command, refused }) => (refused === null ? [{ by, command }] : [])),
  );
  const chosen = possible[Math.floor(random() * possible.length)];
  if (chosen !== undefined) await act(t, desk, chosen.command, chosen.by, at, { yes: random() < 0.75 });
}

async function idOf(town: ATown["town"], number: string): Promise<string> {
  const problem = town.db.selectFrom("ledger.problem").select("id").where("town", "=", town.id).where("number", "=", number);
  return (await problem.executeTakeFirstOrThrow()).id;
}

async function numberOf(town: ATown["town"], problem: string): Promise<string> {
  const row = town.db.selectFrom("ledger.problem").select("number").where("town", "=", town.id).where("id", "=", problem);
  return (await row.executeTakeFirstOrThrow()).number;
}
