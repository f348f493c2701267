import { RESIDENT } from "#audit/append-event";
import { later, step, type Stage, type Step } from "#demo/stage";
import { dayOf } from "#platform/instant";
import { answerQuestion } from "#verification/answer-question";
import { checkRectification } from "#verification/check-rectification";
import { closeProblem } from "#verification/close-problem";
import { findRound } from "#verification/find-round";
import { lookBack } from "#verification/look-back";
import { overruleAnswer } from "#verification/overrule-answer";
import { postNotice } from "#verification/post-notice";
import { raiseObjection } from "#verification/raise-objection";

/* Verbs stories are written in, each playing one real command: from the check to the look-back. */

/** Every measure was seen carried out, or these. */
export function checked(
  day: number,
  time: string,
  by: "fengzheng" | "fangshi",
  outcome: "passed" | "failed",
  finding: string,
  seen: readonly number[] | null = null,
): Step {
  return step(day, time, async (stage, at) => {
    const { measures } = await stage.town.db
      .selectFrom("ledger.problem")
      .select("measures")
      .where("town", "=", stage.town.id)
      .where("id", "=", stage.problem)
      .executeTakeFirstOrThrow();
    await checkRectification(stage.town, stage.by(by), at, {
      ...(await stage.form()),
      manner: "on_site",
      measuresSeen: [...(seen ?? measures.keys())],
      unseen: "",
      finding,
      outcome,
    });
  });
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
    await raiseObjection(stage.town, RESIDENT, at, { problem: stage.problem, reason, address: "198.51.100.7" });
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
