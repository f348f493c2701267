import { flagsOf } from "#verification/queries";
import { isInvolved } from "#ledger/involvement";
import type { Officer } from "#people/officer";
import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import type { ProblemDesk } from "#office/desk";
import { listTasks, tally } from "#office/tasks";
import { meanwhilePanel } from "#doors/web/form/meanwhile";
import { html, type Html } from "#doors/web/html";
import { mayOpen } from "#doors/web/route";
import { entryCard } from "#doors/web/ui/entry";
import { faultSummary } from "#doors/web/ui/field";
import { officeHead, officePage } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { unitDoubt } from "./answerable-fields.ts";
import { nextTask } from "./next-task.ts";
import { disputesNote } from "./disputes-note.ts";
import { actsPanel, type Returned } from "./desk-acts.ts";
import { decidable } from "./flag-forms.ts";
import { factsPanel } from "./desk-facts.ts";
import { flagsPanel, photosPanel, questionsPanel, reportsPanel, supplementsPanel } from "./desk-panels.ts";
import { storyPanel } from "./desk-story.ts";
import { findWeighed } from "./weighed.ts";

export async function deskPage(
  visit: Visit,
  names: Directory,
  officer: Officer,
  desk: ProblemDesk,
  returned: Returned | null,
): Promise<Response> {
  const { problem } = desk.standing;
  const done = visit.context.req.query("done");
  const flags = await flagsOf(visit.town, problem.id);
  const others = flags.filter((flag) => !decidable({ officer, desk }, flags).includes(flag));
  const weighed = await findWeighed(visit, officer, desk);
  const photos = photosPanel(visit, officer, desk, weighed);
  const isForCheck = weighed !== null && problem.status === "rectified"; // the photos are what the question is about
  const tasks = await listTasks(visit.town, officer, visit.at, dayOf(visit.at));
  const next = await nextTask(visit, tasks, problem.id);
  const mayRedact = mayOpen(visit, "GET /office/ledger/:number/redact") && !isInvolved(desk.standing, officer);
  const redact = mayRedact
    ? html`<a class="btn" href="/office/ledger/${problem.number}/redact">${visit.words.office.redact.openPage}</a>`
    : "";
  const publicPage = html`<a class="btn" href="/ledger/${problem.number}">${visit.words.desk.publicPage}</a>`;
  const category = nameOf(visit, names.categories.get(problem.category));
  const body = html`${officeHead(problem.number, category, html`${next}${redact}${publicPage}`)}
    ${returned === null ? "" : faultSummary(visit, returned.faults)}
    ${returned === null ? "" : meanwhile(visit, names, desk, returned)}
    ${done === undefined ? "" : doneNote(visit, done, next)}
    ${done === "assign" || done === "hand-over" ? doubtNote(visit, names, desk) : ""}
    ${disputesNote(visit, officer, desk)}
    <div class="row">
      <div class="col-lg-8">
        ${actsPanel({ visit, names, officer, desk, weighed }, flags, returned)}
        ${isForCheck ? photos : ""}
        ${entryCard(visit, names, problem, dayOf(visit.at))}
        ${factsPanel(visit, names, desk)}
        ${supplementsPanel(visit, desk)}
        ${questionsPanel(visit, names, desk)}
        ${flagsPanel(visit, names, others)}
        ${isForCheck ? "" : photos}
        ${reportsPanel(visit, officer, desk)}
      </div>
      <div class="col-lg-4">${storyPanel(visit, names, desk)}</div>
    </div>`;
  return officePage(visit, names, {
    title: `${problem.number} ${problem.title}`,
    body,
    at: "ledger",
    waiting: tally(tasks),
    faulty: returned !== null,
    ...(returned === null ? {} : { status: returned.status }),
  });
}

/** The events that made versions above the one the form was drawn from. */
function meanwhile(visit: Visit, names: Directory, desk: ProblemDesk, { typed }: Returned): Html {
  const drawnFrom = Number(typed["version"]);
  const since = desk.events.filter(({ facts }) => typeof facts["version"] === "number" && facts["version"] > drawnFrom);
  return since.length === 0 ? html`` : meanwhilePanel(visit.words.desk, storyPanel(visit, names, { ...desk, events: since }));
}

function doubtNote(visit: Visit, names: Directory, { standing: { problem } }: ProblemDesk): Html {
  const doubt = unitDoubt(visit, names, problem.leaders, problem.unit);
  return doubt === null ? html`` : html`<p class="alert alert-warning" role="status">${doubt}</p>`;
}

function doneNote(visit: Visit, done: string, next: Html): Html {
  const commands: { readonly [command: string]: { readonly done: string } } = visit.words.desk.commands;
  const decided: { readonly [decision: string]: string } = visit.words.flags.done;
  const said = commands[done]?.done ?? decided[done];
  return said === undefined ? html`` : html`<p class="alert alert-success" role="status">${said} ${next}</p>`;
}
