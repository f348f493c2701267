import { hasDuty, type Officer } from "#people/officer";
import { HOUR_MS } from "#platform/instant";
import { isOwed, type Step, type Task } from "#publication/office-queries";
import { html, type Html } from "#doors/web/html";
import { countWords } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

type Figure = { readonly label: string; readonly count: number; readonly href: string; readonly tone: "" | "red" | "amber" };

/** The four figures that matter most to the officer's duties, each leading to what it counts. */
export function figuresOf(visit: Visit, tasks: readonly Task[]): Html {
  if (visit.officer === null) return html``;
  const figures = candidates(visit, visit.officer, tasks).slice(0, 4);
  return html`<div class="figures office-figures">
    ${figures.map(
      (figure) =>
        html`<a class="${figure.count === 0 ? "" : figure.tone}" href="${figure.href}">
          <b>${countWords(figure.count)}</b>
          <span>${figure.label}</span>
        </a>`,
    )}
  </div>`;
}

// Most important first; whoever holds several duties sees the first four.
function candidates(visit: Visit, by: Officer, tasks: readonly Task[]): readonly Figure[] {
  const { today: words } = visit.words.office;
  const figures: Figure[] = [];
  const add = (label: string, steps: readonly Step[], href: string, tone: Figure["tone"] = "") => {
    figures.push({ label, href, tone, count: tasks.filter((task) => steps.includes(task.step)).length });
  };
  if (hasDuty(by, "office", "secretary")) {
    add(words.overdue, ["overdue"], "/office/ledger?light=red", "red");
    add(words.soon, ["soon"], "/office/ledger?light=amber", "amber");
  } else if (hasDuty(by, "leader", "handler")) {
    add(words.overdue, ["work-late"], "/office/ledger?mine=1&light=red", "red");
    add(words.soon, ["work-soon"], "/office/ledger?mine=1&light=amber", "amber");
  }
  if (hasDuty(by, "verifier")) add(words.toCheck, ["check"], "/office/ledger?status=rectified");
  if (hasDuty(by, "clerk", "office")) add(words.reports, ["triage"], "/office/inbox?status=received");
  if (hasDuty(by, "office")) add(words.toAssign, ["assign"], "/office/ledger?status=opened");
  if (hasDuty(by, "secretary")) {
    add(words.suspensions, ["decide-suspension"], "/office/ledger?status=assigned");
    add(words.extensions, ["decide-second-extension"], "/office/ledger?status=assigned");
  }
  if (hasDuty(by, "verifier")) {
    add(words.objections, ["decide-objection"], "/office/ledger?status=verified", "red");
    add(words.lookBacks, ["look-back"], "/office/ledger?status=closed", "amber");
  }
  if (hasDuty(by, "leader", "handler")) {
    add(words.mine, ["work-late", "work-soon", "work"], "/office/ledger?mine=1");
    add(words.withVerifier, ["with-verifier"], "/office/ledger?mine=1&status=rectified");
  }
  if (hasDuty(by, "clerk")) figures.push(...replies(visit, tasks));
  figures.push({
    label: words.waiting,
    count: new Set(tasks.filter((task) => isOwed(task.step)).map((task) => task.subject)).size,
    href: "/office",
    tone: "",
  });
  return figures;
}

/** How soon first replies are due: overdue, within a day, within three. */
function replies(visit: Visit, tasks: readonly Task[]): readonly Figure[] {
  const { today: words } = visit.words.office;
  const within = (from: number, to: number) =>
    tasks.filter(
      (task) => task.replyDueAt !== null && hoursUntil(visit.at, task.replyDueAt) > from && hoursUntil(visit.at, task.replyDueAt) <= to,
    ).length;
  const href = "/office/inbox?status=received";
  return [
    { label: words.repliesLate, count: within(-Infinity, 0), href, tone: "red" },
    { label: words.repliesToday, count: within(0, 24), href, tone: "amber" },
    { label: words.repliesSoon, count: within(24, 72), href, tone: "" },
  ];
}

function hoursUntil(at: Date, due: Date): number {
  return (due.getTime() - at.getTime()) / HOUR_MS;
}
