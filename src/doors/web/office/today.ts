import { nextWorkingDay } from "#limits/calendar";
import { lampOf, type Lamp, type Problem } from "#ledger/problem";
import { hasDuty } from "#people/officer";
import { dayOf, type Day } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { lampOfFlag } from "#verification/flag";
import { listCallBacks, type QueuedCallBack } from "#office/call-backs";
import { findProblems, listAddedTo, listDisputed, listWaitingReports, type WaitingReport } from "#office/queries";
import { ENOUGH, isOfReport, listedToday, listTasks, tally, type ReportStep, type Step, type Task } from "#office/tasks";
import { html, type Html } from "#doors/web/html";
import { mayOpen, route } from "#doors/web/route";
import { dayWords } from "#doors/web/ui/day";
import { lampMark } from "#doors/web/ui/lamp";
import { signedIn } from "./officer-form.ts";
import { deskAddress } from "./desk-address.ts";
import { countWords, officeHead, officePage, queueTable } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { adminPage } from "./admin-today.ts";
import { owedWeek } from "./owed-week.ts";
import { openingCard, openingNote } from "./people/opening.ts";
import { sealedNote } from "./sealed/sealed-note.ts";
import { townOnOnePage } from "./monday/monday-pages.ts";
import { callBackTable, reportTable, type ReportRow } from "./today-reports.ts";
import { figuresOf, tasksBehind } from "./today-figures.ts";

const WORK_STEPS: readonly Step[] = ["work-late", "work-soon", "work"];
const SHOWN = 50;
const SHOWN_REPORTS = 10;

export const todayRoutes = [route("GET /office", { who: "officer", kind: "page" }, today)];

/** What waits for the officer, most urgent first; with `?only=` all that one of the figures above counts, and nothing else. */
async function today(visit: Visit): Promise<Response> {
  const { officer, words } = visit;
  const names = await visit.names();
  if (officer === null || !hasDuty(officer, "clerk", "office", "verifier", "secretary", "leader", "handler"))
    return adminPage(visit, names);
  const day = dayOf(visit.at);
  const tasks = await listTasks(visit.town, officer, visit.at, day);
  const only = tasksBehind(visit, visit.context.req.query("only") ?? "", tasks);
  const rows = await rowsOf(visit, only ?? listedToday(tasks), day);
  // Nothing is counted further than `ENOUGH`: below it the list holds exactly what the sidebar counts.
  const shown = only === null && countIn(rows) >= ENOUGH ? firstOf(rows) : rows;
  const count = countIn(shown);
  const nextDay = await nextWorkingDay(visit.town, day);
  const more = count < countIn(rows);
  const toTriage = words.office.today.toTriage(countWords(tally(tasks).reports));
  const actions = html`${
    mayOpen(visit, "GET /office/calls/new") ? html`<a class="btn" href="/office/calls/new">${words.office.today.register}</a>` : ""
  }
  ${mayOpen(visit, "GET /office/inbox") ? html`<a class="btn btn-primary" href="/office/inbox">${toTriage}</a>` : ""}`;
  const opening = count === 0 ? await openingCard(visit, names) : await openingNote(visit, names);
  const atWork = rows.problems.filter(({ task }) => WORK_STEPS.includes(task.step)).map(({ problem }) => problem);
  const owed = only === null ? await owedWeek(visit, names, atWork) : "";
  const town = hasDuty(officer, "secretary") && only === null ? await townOnOnePage(visit, names) : "";
  const under = html`${dayWords(visit, day)} · ${nameOf(visit, names.units.get(officer.unit))} ${officer.name}`;
  const figures = await figuresOf(visit, tasks, nextDay);
  const sealed = only === null ? await sealedNote(visit, names) : "";
  const body = html`${officeHead(words.office.today.title, under, actions)} ${sealed} ${opening} ${figures} ${owed}
  ${only === null ? "" : html`<p class="office-note"><a href="/office">${words.office.today.all}</a></p>`}
  ${count === 0 ? emptyState(visit) : tables(visit, names, shown, nextDay)}
  ${more ? moreNote(visit, count) : ""} ${town}`;
  return officePage(visit, names, { title: words.office.today.title, body, at: "today", waiting: tally(tasks) });
}

/** The first of what waits, and the way to all of it. */
function moreNote(visit: Visit, shown: number): Html {
  const { today: words } = visit.words.office;
  return html`<p class="office-note">${words.more(shown)} <a href="/office?only=waiting">${words.moreAll}</a></p>`;
}

async function rowsOf(visit: Visit, tasks: readonly Task[], day: Day): Promise<Rows> {
  const known = await findProblems(
    visit.town,
    tasks.filter(({ step }) => !isOfReport(step) && step !== "call-back").map(({ subject }) => subject),
  );
  const problems = tasks.flatMap((task) => {
    const problem = known.get(task.subject);
    return problem === undefined ? [] : [{ task, problem }];
  });
  problems.sort((a, b) => urgency(a, day) - urgency(b, day) || (dueOf(a) ?? "9999").localeCompare(dueOf(b) ?? "9999"));
  const reports = [
    ...(await reportsOf(tasks, "disputed", () => listDisputed(visit.town, ENOUGH))),
    ...(await reportsOf(tasks, "words", () => listAddedTo(visit.town, ENOUGH))),
    ...(await reportsOf(tasks, "triage", () => listWaitingReports(visit.town, ENOUGH))),
  ];
  return { problems, reports, callBacks: await callBacksOf(visit, tasks), day };
}

async function callBacksOf(visit: Visit, tasks: readonly Task[]): Promise<readonly QueuedCallBack[]> {
  const waiting = new Set(tasks.filter(({ step }) => step === "call-back").map(({ subject }) => subject));
  if (waiting.size === 0) return [];
  return (await listCallBacks(visit.town, signedIn(visit), visit.at)).filter(({ question }) => waiting.has(question));
}

async function reportsOf(
  tasks: readonly Task[],
  step: ReportStep,
  list: () => Promise<readonly WaitingReport[]>,
): Promise<readonly ReportRow[]> {
  const waiting = new Set(tasks.filter((task) => task.step === step).map(({ subject }) => subject));
  if (waiting.size === 0) return [];
  return (await list()).filter(({ id }) => waiting.has(id)).map((report) => ({ step, report }));
}

function firstOf({ problems, reports, callBacks, day }: Rows): Rows {
  return {
    problems: problems.slice(0, SHOWN),
    reports: firstOfEach(reports),
    callBacks: callBacks.slice(0, SHOWN_REPORTS),
    day,
  };
}

function countIn({ problems, reports, callBacks }: Rows): number {
  return problems.length + reports.length + callBacks.length;
}

function firstOfEach(reports: readonly ReportRow[]): readonly ReportRow[] {
  return [...Map.groupBy(reports, ({ step }) => step).values()].flatMap((rows) => rows.slice(0, SHOWN_REPORTS));
}

/** A flag has a day of its own, by which somebody has to look; every other step goes by the problem's. */
function lampOfRow({ task, problem }: Row, day: Day): Lamp {
  return task.step === "decide-flag" ? lampOfFlag(task.due, day) : lampOf(problem, day);
}

function dueOf({ task, problem }: Row): Day | null {
  return task.step === "decide-flag" ? task.due : problem.dueOn;
}

function urgency(row: Row, day: Day): number {
  const lamp = lampOfRow(row, day);
  if (lamp.says === "overdue") return 0;
  if (lamp.light === "amber") return 1;
  return lamp.says === "left" ? 3 : 2;
}

type Row = { readonly task: Task; readonly problem: Problem };

type Rows = {
  readonly problems: readonly Row[];
  readonly reports: readonly ReportRow[];
  readonly callBacks: readonly QueuedCallBack[];
  readonly day: Day;
};

/** Problems, reporters to call and reports say different things of themselves: each kind in a table of its own. */
function tables(visit: Visit, names: Directory, rows: Rows, nextDay: Day): Html {
  const { today: words } = visit.words.office;
  const heads = [words.number, words.what, words.unit, words.who, words.due, words.next];
  const problems = rows.problems.map((row) => problemRow(visit, names, row, rows.day));
  const each = [
    [words.problems, problems.length, () => queueTable(words.caption, heads, words.open, problems)],
    [words.callBacksHead, rows.callBacks.length, () => callBackTable(visit, rows.callBacks)],
    [words.reportsHead, rows.reports.length, () => reportTable(visit, names, rows.reports, nextDay)],
  ] as const;
  const there = each.filter(([, count]) => count > 0);
  return html`${there.map(([head, , table]) => html`${there.length === 1 ? "" : html`<h2>${head}</h2>`} ${table()}`)}`;
}

function problemRow(visit: Visit, names: Directory, row: Row, day: Day): Html {
  const { today: words, steps } = visit.words.office;
  const { problem } = row;
  const { step } = row.task;
  const to = deskAddress(step, problem.number);
  const leaders = problem.leaders.map((id) => names.officers.get(id)?.name ?? "—").join(visit.words.events.list);
  return html`<tr>
    <th scope="row" class="office-nowrap" data-label="${words.number}">${problem.number}</th>
    <td class="office-what serif" data-label="${words.what}">${problem.title}</td>
    <td data-label="${words.unit}">${problem.unit === null ? words.unassigned : nameOf(visit, names.units.get(problem.unit))}</td>
    <td data-label="${words.who}">${leaders === "" ? "—" : leaders}</td>
    <td data-label="${words.due}">${lampMark(visit, lampOfRow(row, day))}</td>
    <td class="office-nowrap" data-label="${words.next}">
      <a href="${to}">${steps[isWorkUnbegun(step, problem) ? "work-first" : step]}</a>
    </td>
    <td class="office-open">
      <a href="${to}" aria-label="${words.openNumber(problem.number)}">${words.open}</a>
    </td>
  </tr>`;
}

function isWorkUnbegun(step: Step, problem: Problem): boolean {
  return (step === "work" || step === "work-soon") && problem.progressCount === 0;
}

function emptyState(visit: Visit): Html {
  const { today: words } = visit.words.office;
  return html`<div class="card office-empty">
    <h2>${words.empty}</h2>
    <p>${words.emptyHint}</p>
  </div>`;
}
