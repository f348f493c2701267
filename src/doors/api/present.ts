import type { z } from "zod";
import { lightOf, type Problem } from "#ledger/problem";
import type { Day } from "#platform/instant";
import type { Directory, Named } from "#publication/directory";
import { FIGURES, rateOf, type Figures, type FigureSet } from "#publication/figures";
import type { Story } from "#publication/problem-story";
import type { StoryEvent } from "#publication/story-event";
import type * as shapes from "./shapes.ts";

type Presented<S extends z.ZodType> = z.output<S>;

export function presentProblem(names: Directory, problem: Problem, today: Day): Presented<typeof shapes.Problem> {
  const done = new Set(problem.measuresDone);
  return {
    number: problem.number,
    status: problem.status,
    light: lightOf(problem, today),
    title: problem.title,
    details: problem.details,
    place: problem.place,
    village: nameIn(names.villages, problem.village),
    category: nameIn(names.categories, problem.category),
    theme: nameIn(names.themes, problem.theme),
    campaign: nameIn(names.campaigns, problem.campaign),
    measures: problem.measures.map((text, i) => ({ text, done: done.has(i) })),
    goal: problem.goal,
    leaders: problem.leaders.map((id) => presentOfficer(names, id)),
    unit: nameIn(names.units, problem.unit),
    openedOn: problem.openedOn,
    assignedOn: problem.assignedOn,
    dueOn: problem.dueOn,
    originalDueOn: problem.originalDueOn,
    resumeOn: problem.resumeOn,
    rectifiedOn: problem.rectifiedOn,
    closedOn: problem.closedOn,
    counts: {
      reports: problem.reportCount,
      meToo: problem.meTooCount,
      progress: problem.progressCount,
      answered: problem.answeredCount,
      solved: problem.solvedCount,
      satisfied: problem.satisfiedCount,
      relapses: problem.relapseCount,
    },
    page: `/ledger/${problem.number}`,
    self: `/api/v1/problems/${problem.number}`,
  };
}

export function presentWhole(names: Directory, story: Story, today: Day): Presented<typeof shapes.ProblemWhole> {
  const { problem, notice } = story;
  return {
    ...presentProblem(names, problem, today),
    evidence: story.evidence.map(({ sha256, thumbnail, stage, caption, addedAt }) => ({
      file: `/files/${sha256}`,
      thumbnail: thumbnail === null ? null : `/files/${thumbnail}`,
      stage,
      caption,
      addedAt: addedAt.toISOString(),
    })),
    coverings: story.coverings.map(({ at, unit, ...covering }) => ({
      ...covering,
      at: at.toISOString(),
      unit: nameIn(names.units, unit),
    })),
    notice: notice === null ? null : { postedAt: notice.postedAt.toISOString(), lastDay: notice.lastDay },
    objections: story.objections.map((objection) => ({ ...objection, raisedAt: objection.raisedAt.toISOString() })),
    extensions: [...story.extensions],
    lookBacks: [...story.lookBacks],
    suspension: story.suspension,
    dismissal: story.dismissal,
    asked: story.asked,
    reportsByChannel: [...story.reportsByChannel],
    events: `/api/v1/problems/${problem.number}/events`,
  };
}

export function presentEvent(names: Directory, event: StoryEvent): Presented<typeof shapes.Event> {
  return {
    id: event.id,
    verb: event.verb,
    at: event.at.toISOString(),
    leaf: event.leaf,
    by: event.by,
    facts: event.facts,
    names: namesIn(names, event),
    words: event.words,
    redacted: [...event.redacted],
    officers: event.officers.map((id) => officerThen(names, event, id)),
  };
}

/** Figures, the day they are judged by, and when the last leaf they count happened. */
export type FiguresRead = { readonly figures: Figures; readonly today: Day; readonly leavesAt: Date | null };

export function presentFigures(names: Directory, { figures, today, leavesAt }: FiguresRead): Presented<typeof shapes.Figures> {
  const few = names.policy.fewEntries;
  const circles = (of: ReadonlyMap<string, Named>, sets: ReadonlyMap<string, FigureSet>) =>
    [...of.values()].flatMap((name) => {
      const set = sets.get(name.id);
      return set === undefined ? [] : [{ name: bare(name), figures: presentSet(set, few) }];
    });
  return {
    asOf: today,
    leaves: figures.leaves,
    leavesAt: leavesAt?.toISOString() ?? null,
    few,
    town: presentSet(figures.town, few),
    units: circles(names.units, figures.byUnit),
    campaigns: circles(names.campaigns, figures.byCampaign),
  };
}

export function presentDirectory(names: Directory): Presented<typeof shapes.Directory> {
  const current = <N extends Named>(of: ReadonlyMap<string, N>) => [...of.values()].filter((name) => !name.retired);
  return {
    town: { zh: names.town.zh, en: names.town.en },
    units: current(names.units).map(bare),
    villages: current(names.villages).map(bare),
    categories: current(names.categories).map((category) => ({ ...bare(category), code: category.code })),
    campaigns: current(names.campaigns).map(bare),
    themes: current(names.themes).map(bare),
  };
}

function presentSet(set: FigureSet, few: number): Presented<typeof shapes.FigureSet> {
  const { problems, closed, overdue, silent, silentAttempts, extended } = set;
  const shares = Object.fromEntries(FIGURES.map((figure) => [figure, { ...set[figure], rate: rateOf(set[figure], few) }]));
  return { problems, closed, overdue, silent, silentAttempts, extended, ...shares };
}

function presentOfficer(names: Directory, id: string): Presented<typeof shapes.Leader> {
  const officer = names.officers.get(id);
  return { name: officer?.name ?? "", unit: nameIn(names.units, officer?.unit ?? null) };
}

/** What the ids among an event's facts are called. */
function namesIn(names: Directory, { facts }: StoryEvent): Presented<typeof shapes.Event>["names"] {
  const all = [names.categories, names.themes, names.campaigns, names.units, names.villages];
  return Object.fromEntries(
    Object.entries(facts).flatMap(([fact, id]) => {
      const named = typeof id === "string" ? all.flatMap((of) => nameIn(of, id) ?? [])[0] : undefined;
      return named === undefined ? [] : [[fact, named]];
    }),
  );
}

/** As history has it, where the event says what somebody was called then. */
function officerThen(names: Directory, { calledThen, facts }: StoryEvent, id: string): Presented<typeof shapes.Leader> {
  const now = presentOfficer(names, id);
  const unit = nameIn(names.units, typeof facts["unit"] === "string" ? facts["unit"] : null) ?? now.unit;
  return { name: calledThen[id] ?? now.name, unit };
}

function nameIn(names: ReadonlyMap<string, Named>, id: string | null): Presented<typeof shapes.Name> | null {
  const name = id === null ? undefined : names.get(id);
  return name === undefined ? null : bare(name);
}

function bare({ id, zh, en }: Named): Presented<typeof shapes.Name> {
  return { id, zh, en };
}
