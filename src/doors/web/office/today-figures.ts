import { hasDuty, type Officer } from "#people/officer";
import { HOUR_MS } from "#platform/instant";
import { isOwed, onePerSubject, type Step, type Task } from "#office/tasks";
import { html, type Html } from "#doors/web/html";
import { countWords } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

/** A number above the list of today: what it counts, and where it opens onto exactly that. */
type Figure = {
  readonly name: string;
  readonly label: string;
  readonly counts: (task: Task) => boolean;
  readonly tone: "" | "red" | "amber";
};

/** The four figures that matter most to the officer's duties, each leading to what it counts. */
export function figuresOf(visit: Visit, tasks: readonly Task[]): Html {
  if (visit.officer === null) return html``;
  const figures = figuresFor(visit, visit.officer).slice(0, 4);
  return html`<div class="figures office-figures">${figures.map((figure) => figureLink(figure, countedBy(figure, tasks).length))}</div>`;
}

/** The tasks behind the figure of that name, each problem or report once; null where the officer has no such figure. */
export function tasksBehind(visit: Visit, name: string, tasks: readonly Task[]): readonly Task[] | null {
  const figure = visit.officer === null ? undefined : figuresFor(visit, visit.officer).find((known) => known.name === name);
  return figure === undefined ? null : countedBy(figure, tasks);
}

function countedBy({ counts }: Figure, tasks: readonly Task[]): readonly Task[] {
  return onePerSubject(tasks.filter(counts));
}

function figureLink({ name, label, tone }: Figure, count: number): Html {
  return html`<a class="${count === 0 ? "" : tone}" href="/office?only=${name}">
    <b>${countWords(count)}</b>
    <span>${label}</span>
  </a>`;
}

// Most important first; whoever holds several duties sees the first four.
function figuresFor(visit: Visit, by: Officer): readonly Figure[] {
  const { today: words } = visit.words.office;
  const figures: Figure[] = [];
  const add = (name: string, label: string, steps: readonly Step[], tone: Figure["tone"] = "") => {
    figures.push({ name, label, tone, counts: ({ step }) => steps.includes(step) });
  };
  if (hasDuty(by, "office", "secretary")) {
    add("overdue", words.overdue, ["overdue"], "red");
    add("soon", words.soon, ["soon"], "amber");
  } else if (hasDuty(by, "leader", "handler")) {
    add("work-late", words.overdue, ["work-late"], "red");
    add("work-soon", words.soon, ["work-soon"], "amber");
  }
  if (hasDuty(by, "verifier")) add("check", words.toCheck, ["check"]);
  if (hasDuty(by, "clerk", "office")) add("reports", words.reports, ["triage"]);
  if (hasDuty(by, "clerk")) add("call-backs", words.callBacks, ["call-back"]);
  if (hasDuty(by, "office")) add("assign", words.toAssign, ["assign"]);
  if (hasDuty(by, "clerk", "office")) add("words", words.addedTo, ["words"]);
  if (hasDuty(by, "secretary")) {
    add("suspensions", words.suspensions, ["decide-suspension"]);
    add("extensions", words.extensions, ["decide-second-extension"]);
  }
  if (hasDuty(by, "verifier")) {
    add("objections", words.objections, ["decide-objection"], "red");
    add("flags", words.flags, ["decide-flag"], "red");
    add("look-backs", words.lookBacks, ["look-back"], "amber");
  }
  if (hasDuty(by, "leader", "handler")) {
    add("mine", words.mine, ["work-late", "work-soon", "work"]);
    add("with-verifier", words.withVerifier, ["with-verifier"]);
  }
  if (hasDuty(by, "clerk")) figures.push(...replies(visit));
  figures.push({ name: "waiting", label: words.waiting, counts: ({ step }) => isOwed(step), tone: "" });
  return figures;
}

/** How soon first replies are due: overdue, within a day, within three. */
function replies(visit: Visit): readonly Figure[] {
  const { today: words } = visit.words.office;
  const within =
    (from: number, to: number) =>
    ({ replyDueAt }: Task) =>
      replyDueAt !== null && hoursUntil(visit.at, replyDueAt) > from && hoursUntil(visit.at, replyDueAt) <= to;
  return [
    { name: "replies-late", label: words.repliesLate, counts: within(-Infinity, 0), tone: "red" },
    { name: "replies-today", label: words.repliesToday, counts: within(0, 24), tone: "amber" },
    { name: "replies-soon", label: words.repliesSoon, counts: within(24, 72), tone: "" },
  ];
}

function hoursUntil(at: Date, due: Date): number {
  return (due.getTime() - at.getTime()) / HOUR_MS;
}
