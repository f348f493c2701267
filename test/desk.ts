import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { RESIDENT } from "#audit/append-event";
import type { Officer } from "#people/officer";
import { newId } from "#platform/ids";
import { addDays, dayOf, startOf } from "#platform/instant";
import { addEvidence } from "#ledger/add-evidence";
import { askExtension } from "#ledger/ask-extension";
import { askSuspension } from "#ledger/ask-suspension";
import { assignProblem } from "#ledger/assign-problem";
import { decideDismissal } from "#ledger/decide-dismissal";
import { decideExtension } from "#ledger/decide-extension";
import { decideSuspension } from "#ledger/decide-suspension";
import { declareRectified } from "#ledger/declare-rectified";
import { handOver } from "#ledger/hand-over";
import { OpenProblem, openProblem } from "#ledger/open-problem";
import { proposeDismissal } from "#ledger/propose-dismissal";
import { recordProgress } from "#ledger/record-progress";
import { reinstateProblem } from "#ledger/reinstate-problem";
import { remindLeaders } from "#ledger/remind-leaders";
import { resumeProblem } from "#ledger/resume-problem";
import { themeProblem } from "#ledger/theme-problem";
import { askReporters } from "#verification/ask-reporters";
import { answerQuestion } from "#verification/answer-question";
import { checkRectification } from "#verification/check-rectification";
import { closeProblem } from "#verification/close-problem";
import { decideObjection } from "#verification/decide-objection";
import { findDesk, type DeskCommand, type ProblemDesk } from "#office/desk";
import { isAhead, isOpen, standsAsNo, whyNotRecordTo } from "#verification/gate";
import { lookBack } from "#verification/look-back";
import type { SentFor } from "#evidence/upload";
import { overruleAnswer } from "#verification/overrule-answer";
import { recordAnswer } from "#verification/record-answer";
import { postNotice } from "#verification/post-notice";
import { reopenProblem } from "#verification/reopen-problem";
import { returnProblem } from "#verification/return-problem";
import { AT, type ATown } from "./town.ts";

/** Nine in the morning of a day. */
export function on(day: string): Date {
  return new Date(startOf(day).getTime() + 9 * 3_600_000);
}

/** A file that lies in the town's store as far as the tables know, sent by a resident for a report, or by an officer for a problem. */
export async function aPhoto({ town }: Pick<ATown, "town">, sentFor: SentFor, officer: string | null = null): Promise<string> {
  const sha256 = createHash("sha256").update(newId(AT)).digest("hex");
  await town.db.insertInto("evidence.file").values({ town: town.id, sha256, media_type: "image/jpeg", bytes: 1, added_at: AT }).execute();
  await town.db
    .insertInto("evidence.upload")
    .values({
      town: town.id,
      sha256,
      for_kind: sentFor.kind,
      for_id: sentFor.id,
      officer,
      origin: Buffer.from("test"),
      bytes: 1,
      uploaded_at: AT,
    })
    .execute();
  return sha256;
}

/** The same, sent by this officer for the problem of this number. */
export async function aPhotoFor(t: ATown, number: string, by: Officer): Promise<string> {
  return aPhoto(t, { kind: "problem", id: (await deskOf(t, number)).standing.problem.id }, by.id);
}

/** A complaint, opened by the office, with so many reports whose senders can be asked. */
export async function aProblem({ town, cast, categories }: ATown, reporters = 1, at = AT): Promise<string> {
  const reports = Array.from({ length: reporters }, () => ({ report: newId(at), channel: "web" }));
  const { number } = await openProblem(
    town,
    cast.qianWen,
    at,
    OpenProblem.parse({ title: "窗口中午没人", category: categories.complaint, reports }),
  );
  return number;
}

export async function deskOf({ town }: ATown, number: string, at = AT): Promise<ProblemDesk> {
  const desk = await findDesk(town, number, at);
  assert.ok(desk);
  return desk;
}

/** What varies from one act to the next; every other field of a form is filled in sensibly. */
export type Choice = { readonly yes: boolean; readonly leaders?: readonly string[]; readonly unit?: string };

/** Sends one form of the desk, drawn from `desk`, sensibly filled in. */
export async function act(
  t: ATown,
  desk: ProblemDesk,
  command: DeskCommand,
  by: Officer,
  at: Date,
  choice: Choice = { yes: true },
): Promise<void> {
  const { town, cast, units } = t;
  const { problem } = desk.standing;
  const drawn = { problem: problem.id, version: problem.version };
  const reason = "原因写在这里";
  const yes = choice.yes ? "yes" : "no";
  const answerable = { leaders: [...(choice.leaders ?? [cast.wangLu.id])], unit: choice.unit ?? units.sanitation };
  const tomorrow = addDays(dayOf(at), 1);
  const nobody = newId(at);
  const acts: Record<DeskCommand, () => Promise<void>> = {
    assign: () =>
      assignProblem(town, by, at, { ...drawn, ...answerable, measures: ["轮班"], goal: "中午有人", dueOn: desk.latestDueOn.day }),
    theme: () => themeProblem(town, by, at, { ...drawn, theme: t.themes.business }),
    "record-progress": () => recordProgress(town, by, at, { ...drawn, note: "进展", measuresDone: [0], photos: [], stage: "during" }),
    "add-evidence": async () =>
      addEvidence(town, by, at, {
        ...drawn,
        photos: [await aPhoto(t, { kind: "problem", id: drawn.problem }, by.id)],
        stage: "during",
        caption: "",
      }),
    "declare-rectified": async () =>
      declareRectified(town, by, at, {
        ...drawn,
        done: "办好了",
        measuresDone: problem.measures.map((_, position) => position),
        undone: "",
        photos: [await aPhoto(t, { kind: "problem", id: drawn.problem }, by.id)],
      }),
    "ask-extension": () => askExtension(town, by, at, { ...drawn, newDueOn: desk.latestExtensionOn?.day ?? tomorrow, reason }),
    "decide-extension": () => decideExtension(town, by, at, { ...drawn, grant: yes, reason }),
    "ask-suspension": () => askSuspension(town, by, at, { ...drawn, resumeOn: addDays(tomorrow, 6), reason }),
    "decide-suspension": () => decideSuspension(town, by, at, { ...drawn, approve: yes, reason }),
    resume: () => resumeProblem(town, by, at, { ...drawn, reason }),
    remind: () => remindLeaders(town, by, at, { ...drawn, note: "请抓紧" }),
    "hand-over": () => handOver(town, by, at, { ...drawn, ...answerable, reason }),
    check: () =>
      checkRectification(town, by, at, {
        ...drawn,
        manner: "on_site",
        measuresSeen: choice.yes ? problem.measures.map((_, position) => position) : [],
        unseen: "",
        finding: "去看了",
        outcome: choice.yes ? "passed" : "failed",
      }),
    "ask-reporters": () => askReporters(town, by, at, drawn),
    "record-answer": () => {
      const { questions } = desk.round;
      const question = (questions.find((asked) => whyNotRecordTo(asked, at) === null) ?? questions[0])?.id ?? nobody;
      return recordAnswer(town, by, at, { question, solved: yes, satisfied: yes, why: "电话里说的", manner: "phone" });
    },
    "post-notice": () => postNotice(town, by, at, drawn),
    "overrule-answer": () =>
      overruleAnswer(town, by, at, { ...drawn, question: desk.round.questions.find(standsAsNo)?.id ?? nobody, reason }),
    return: () => returnProblem(town, by, at, { ...drawn, reason }),
    "decide-objection": () =>
      decideObjection(town, by, at, { ...drawn, objection: desk.round.objections.find(isOpen)?.id ?? nobody, upheld: yes, reason }),
    close: () => closeProblem(town, by, at, { ...drawn, statement: "可以销号" }),
    "look-back": () =>
      lookBack(town, by, at, {
        ...drawn,
        lookBack: desk.round.lookBacks.find(isAhead)?.id ?? nobody,
        outcome: choice.yes ? "held" : "relapsed",
        finding: "去看了",
      }),
    reopen: () => reopenProblem(town, by, at, { ...drawn, reason }),
    "propose-dismissal": () => proposeDismissal(town, by, at, { ...drawn, ground: "untrue", reason }),
    "decide-dismissal": () => decideDismissal(town, by, at, { ...drawn, confirm: yes, reason }),
    reinstate: () => reinstateProblem(town, by, at, { ...drawn, reason }),
  };
  await acts[command]();
}

/** Sends one form from a freshly drawn page. */
export async function actOn(t: ATown, number: string, command: DeskCommand, by: Officer, at: Date, choice?: Choice): Promise<void> {
  await act(t, await deskOf(t, number, at), command, by, at, choice);
}

/** Every reporter asked in this round who has not answered says the same. */
export async function answerAll(t: ATown, number: string, at: Date, solved: "yes" | "no"): Promise<void> {
  for (const question of (await deskOf(t, number, at)).round.questions.filter((asked) => asked.answer === null)) {
    await answerQuestion(t.town, RESIDENT, at, { question: question.id, solved, satisfied: solved, why: "" });
  }
}

/** Opened, assigned, rectified on 3 August and passed on 4 August 2026 (a Tuesday): everything is ready for the gate. */
export async function aVerifiedProblem(t: ATown, reporters = 1): Promise<string> {
  const number = await aProblem(t, reporters);
  await actOn(t, number, "assign", t.cast.zhengShang, AT);
  await actOn(t, number, "declare-rectified", t.cast.wuJie, on("2026-08-03"));
  await actOn(t, number, "check", t.cast.fengZheng, on("2026-08-04"));
  return number;
}
