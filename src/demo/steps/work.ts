import type { CategoryKey, OfficerKey, UnitKey } from "#demo/cast";
import type { Scene } from "#demo/scenes";
import { step, type Picture, type Step } from "#demo/stage";
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
import { dayOf } from "#platform/instant";
import { latestDueOn, latestExtensionOn } from "#limits/deadline";

/* Verbs stories are written in, each playing one real command: what is done about a problem. */

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

/** Every measure carried out, or the sentence that says why one was left. */
export function rectified(day: number, time: string, by: OfficerKey, done: string, scene: Scene, undone = ""): Step {
  return step(day, time, async (stage, at) => {
    const { measures, measures_done: already } = await stage.town.db
      .selectFrom("ledger.problem")
      .select(["measures", "measures_done"])
      .where("town", "=", stage.town.id)
      .where("id", "=", stage.problem)
      .executeTakeFirstOrThrow();
    await declareRectified(stage.town, stage.by(by), at, {
      ...(await stage.form()),
      done,
      measuresDone: undone === "" ? measures.map((_, position) => position) : already,
      undone,
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
