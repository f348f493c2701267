import { InboxFilter } from "#intake/inbox";
import { countDue, dueWithin, REPLIES_DUE, type DueWithin, type ReplyDue } from "#intake/reply-due";
import { hasDuty, type Officer } from "#people/officer";
import type { Day } from "#platform/instant";
import { ENOUGH, isOwed, onePerSubject, type Step, type Task } from "#office/tasks";
import { html, type Html } from "#doors/web/html";
import { countWords } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { inboxAddress } from "./inbox/filter-address.ts";

const MOST_FIGURES = 8;

/** A number above the list of today: what it counts among the tasks, or when the replies are due that it counts. */
type Figure = {
  readonly name: string;
  readonly label: string;
  readonly counts: ((task: Task) => boolean) | ReplyDue;
  readonly tone: "" | "red" | "amber";
};

/**
 * The figures that matter most to the officer's duties, each leading to exactly what it counts: tasks on this page, replies in the
 * inbox. `next` is the working day after this one.
 */
export async function figuresOf(visit: Visit, tasks: readonly Task[], next: Day): Promise<Html> {
  if (visit.officer === null) return html``;
  const figures = figuresFor(visit, visit.officer).slice(0, MOST_FIGURES);
  const within = dueWithin(visit.at, next);
  const isOfReplies = figures.some(({ counts }) => typeof counts === "string");
  const due = isOfReplies ? await countDue(visit.town, within, ENOUGH) : null;
  const link = ({ name, label, counts, tone }: Figure) =>
    typeof counts === "string"
      ? figureLink({ label, tone, count: due?.[counts] ?? 0, to: dueAddress(within[counts]) })
      : figureLink({ label, tone, count: countedBy(counts, tasks).length, to: `/office?only=${name}` });
  return html`<div class="figures office-figures">${figures.map(link)}</div>`;
}

function dueAddress({ after, by }: DueWithin): string {
  const dueAfter = after?.toISOString() ?? null;
  return inboxAddress({ ...InboxFilter.parse({}), dueAfter, dueBy: by.toISOString() });
}

/** The tasks behind the figure of that name, each problem or report once; null where the officer has no such figure. */
export function tasksBehind(visit: Visit, name: string, tasks: readonly Task[]): readonly Task[] | null {
  const figure = visit.officer === null ? undefined : figuresFor(visit, visit.officer).find((known) => known.name === name);
  return figure === undefined || typeof figure.counts === "string" ? null : countedBy(figure.counts, tasks);
}

function countedBy(counts: (task: Task) => boolean, tasks: readonly Task[]): readonly Task[] {
  return onePerSubject(tasks.filter(counts));
}

type Link = Pick<Figure, "label" | "tone"> & { readonly count: number; readonly to: string };

function figureLink({ label, tone, count, to }: Link): Html {
  return html`<a class="${count === 0 ? "" : tone}" href="${to}">
    <b>${countWords(count)}</b>
    <span>${label}</span>
  </a>`;
}

// Most important first; whoever holds several duties sees the first eight.
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
  if (hasDuty(by, "clerk")) {
    figures.push(...REPLIES_DUE.map((due) => replies(visit, due)));
    add("call-backs", words.callBacks, ["call-back"]);
  }
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
  figures.push({ name: "waiting", label: words.waiting, counts: ({ step }) => isOwed(step), tone: "" });
  return figures;
}

/** First replies by the official calendar: overdue, due today, due by the next working day. */
function replies(visit: Visit, due: ReplyDue): Figure {
  const tones = { late: "red", today: "amber", next: "" } as const;
  return { name: `replies-${due}`, label: visit.words.office.today.replies[due], counts: due, tone: tones[due] };
}
