import { RESIDENT } from "#audit/append-event";
import { acceptReport, AcceptByOpening } from "#intake/accept-report";
import { addWord } from "#intake/add-word";
import { answerReport } from "#intake/answer-report";
import { disputeJoin } from "#intake/dispute-join";
import { receiveReport, type Received } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { CORRECTIONS, type Correction } from "#doors/web/office/inbox/triage-acts";
import type { Officer } from "#people/officer";
import { raiseFlags } from "#verification/raise-flags";
import { raiseObjection } from "#verification/raise-objection";
import { actOn, answerAll, aProblem, aVerifiedProblem, deskOf, on, type Choice } from "./desk.ts";
import { AT, type ATown } from "./town.ts";

/** One problem, brought where it stands; `officer` answers for those that are assigned to somebody. */
type State = (its: ATown, officer: Officer) => Promise<unknown>;

/** A problem in every state, so that every act of the desk is somewhere somebody's to do on 5 August 2026. */
export const EVERY_STATE: readonly State[] = [
  (its) => aProblem(its, 0),
  ...[1, 2, 3].map(
    (): State =>
      (its, { id, unit }) =>
        assigned(its, { yes: true, leaders: [id], unit }),
  ),
  async (its) => actOn(its, await assigned(its), "ask-extension", its.cast.wangLu, AT),
  async (its) => actOn(its, await assigned(its), "ask-suspension", its.cast.wangLu, on("2026-08-04")),
  async (its) => {
    const number = await assigned(its);
    await actOn(its, number, "ask-suspension", its.cast.wangLu, AT);
    await actOn(its, number, "decide-suspension", its.cast.zhaoShu, AT);
  },
  async (its) => actOn(its, await assigned(its), "declare-rectified", its.cast.wuJie, AT),
  (its) => aVerifiedProblem(its, 0),
  anUnaskedReporter,
  aNo,
  aNo,
  async (its) => actOn(its, await aVerifiedProblem(its, 0), "post-notice", its.cast.qianWen, on("2026-08-04")),
  anObjection,
  (its) => noticed(its),
  async (its) => actOn(its, await noticed(its), "close", its.cast.zhengShang, on("2026-06-12")),
  aFlag,
  aFlag,
  async (its) => actOn(its, await assigned(its), "propose-dismissal", its.cast.qianWen, AT),
  async (its) => {
    const number = await assigned(its);
    await actOn(its, number, "propose-dismissal", its.cast.qianWen, AT);
    await actOn(its, number, "decide-dismissal", its.cast.zhengShang, AT);
  },
];

async function assigned(its: ATown, choice: Choice = { yes: true }, at = AT): Promise<string> {
  const number = await aProblem(its, 0, at);
  await actOn(its, number, "assign", its.cast.zhengShang, at, choice);
  return number;
}

/** Somebody joined after the check, and waits to be asked. */
async function anUnaskedReporter(its: ATown): Promise<void> {
  const { problem } = (await deskOf(its, await aVerifiedProblem(its, 0))).standing;
  const { report } = await aReport(its);
  await acceptReport(its.town, its.cast.qianWen, on("2026-08-04"), { report, problem: problem.id });
}

/** The reporter says it is not solved. */
async function aNo(its: ATown): Promise<void> {
  await answerAll(its, await aVerifiedProblem(its), on("2026-08-04"), "no");
}

async function anObjection(its: ATown): Promise<void> {
  const number = await aVerifiedProblem(its, 0);
  await actOn(its, number, "post-notice", its.cast.qianWen, on("2026-08-04"));
  const { problem } = (await deskOf(its, number)).standing;
  await raiseObjection(its.town, RESIDENT, on("2026-08-04"), { problem: problem.id, reason: "没有修好", address: "" });
}

/** In June: the notice is over, and what is struck off is soon to be looked at again. */
async function noticed(its: ATown): Promise<string> {
  const { wuJie, fengZheng, zhengShang } = its.cast;
  const number = await assigned(its, { yes: true }, on("2026-06-01"));
  await actOn(its, number, "declare-rectified", wuJie, on("2026-06-02"));
  await actOn(its, number, "check", fengZheng, on("2026-06-03"));
  await actOn(its, number, "post-notice", zhengShang, on("2026-06-04"));
  return number;
}

async function aFlag(its: ATown): Promise<void> {
  const { problem } = (await deskOf(its, await noticed(its))).standing;
  const about = { act: "declared", at: AT.toISOString(), dueOn: "2026-06-02" } as const;
  await raiseFlags(its.town, AT, AT, [{ kind: "last-moment", problem: problem.id, mark: problem.number, about }]);
}

/** What a resident sends, with a number to call them at. */
export async function aReport({ town, categories, villages }: ATown, at = AT): Promise<Received> {
  const said = { title: "水压不够", details: "二楼没有水", category: categories.help, village: villages.dongtang, phone: "13800000000" };
  return receiveReport(town, null, at, { ...ReceiveReport.parse(said), channel: "web" });
}

/** So many reports of one problem, to each of which its sender added something that nobody has read. */
export async function reportsAddedTo(its: ATown, count: number): Promise<readonly string[]> {
  const number = await aProblem(its, 0);
  const { problem } = (await deskOf(its, number)).standing;
  const reports: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const { report } = await aReport(its);
    await acceptReport(its.town, its.cast.qianWen, AT, { report, problem: problem.id });
    await addWord(its.town, on("2026-08-04"), { report, text: "三楼也没有水了", photos: [] });
    reports.push(report);
  }
  return reports;
}

/** A report that was joined to a problem of another matter. */
export async function aReportJoined(its: ATown): Promise<Received> {
  const number = await aProblem(its, 0);
  const { problem } = (await deskOf(its, number)).standing;
  const received = await aReport(its);
  await acceptReport(its.town, its.cast.qianWen, AT, { report: received.report, problem: problem.id });
  return received;
}

/** So many reports for each way of correcting what was decided of them. */
export async function reportsDecided(
  its: ATown,
  ofEach: number,
): Promise<readonly { readonly report: string; readonly act: Correction }[]> {
  const { town, cast } = its;
  const decide: Record<Correction, () => Promise<string>> = {
    "take-back": async () => {
      const { report } = await aReport(its);
      await answerReport(town, cast.qianWen, AT, { report, text: "已经修好" });
      return report;
    },
    separate: async () => (await aReportJoined(its)).report,
    move: async () => (await aReportJoined(its)).report,
    "undo-opening": async () => {
      const { report } = await aReport(its);
      await acceptReport(town, cast.qianWen, AT, AcceptByOpening.parse({ report, title: "水压不够", category: its.categories.help }));
      return report;
    },
    "confirm-join": async () => {
      const { report } = await aReportJoined(its);
      await disputeJoin(town, AT, { report, text: "说的不是一件事" });
      return report;
    },
  };
  const decided: { report: string; act: Correction }[] = [];
  for (let i = 0; i < ofEach; i += 1) for (const act of CORRECTIONS) decided.push({ report: await decide[act](), act });
  return decided;
}

/** A report whose problem was checked: its sender is asked whether it is solved. */
export async function aReportThatIsAsked(its: ATown): Promise<Received> {
  const { cast, categories, town } = its;
  const received = await aReport(its);
  const opening = AcceptByOpening.parse({ report: received.report, title: "水压不够", category: categories.help });
  const { problem } = await acceptReport(town, cast.qianWen, AT, opening);
  const { number } = await town.db.selectFrom("ledger.problem").select("number").where("id", "=", problem).executeTakeFirstOrThrow();
  await actOn(its, number, "assign", cast.zhengShang, AT);
  await actOn(its, number, "declare-rectified", cast.wuJie, on("2026-08-03"));
  await actOn(its, number, "check", cast.fengZheng, on("2026-08-04"));
  return received;
}
