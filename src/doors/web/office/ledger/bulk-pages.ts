import type { Problem } from "#ledger/problem";
import { findProblems, findProblemsByNumber } from "#office/queries";
import type { RefusalCode } from "#refusals";
import { readForm } from "#doors/web/form";
import { backWith, FRESH } from "#doors/web/form/drawn";
import { whyNotDone } from "#doors/web/form/send-form";
import { route } from "#doors/web/route";
import type { Faults } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { BULK, type BulkName } from "./bulk-form.ts";
import { bulkPage, nothingPage } from "./bulk-page.ts";
import { exportLedger } from "./export-page.ts";
import { filesPage } from "./files-page.ts";
import { listPage, saveList, sendColumns } from "./list-page.ts";

/** As many as one page of the list can hold (`ProblemFilter`): whatever can be ticked can be sent. */
const MOST_AT_ONCE = 100;

export const ledgerListRoutes = [
  route("GET /office/ledger", { who: "see-problems", kind: "page" }, listPage),
  route("POST /office/ledger/columns", { who: "see-problems", kind: "act" }, sendColumns),
  route("POST /office/ledger/views", { who: "see-problems", kind: "act" }, saveList),
  route("GET /office/bulk/assign", { who: "steer", kind: "page" }, (visit) => choose(visit, "assign")),
  route("GET /office/bulk/remind", { who: "steer", kind: "page" }, (visit) => choose(visit, "remind")),
  route("POST /office/bulk/assign", { who: "steer", kind: "bulk" }, (visit) => send(visit, "assign")),
  route("POST /office/bulk/remind", { who: "steer", kind: "bulk" }, (visit) => send(visit, "remind")),
  route("GET /office/ledger/files", { who: "see-problems", kind: "page" }, filesPage),
  route("POST /office/bulk/export", { who: "see-problems", kind: "export" }, exportLedger),
];

async function choose(visit: Visit, name: BulkName): Promise<Response> {
  const numbers = (visit.context.req.queries("number") ?? []).slice(0, MOST_AT_ONCE);
  const problems = await findProblemsByNumber(visit.town, numbers);
  if (problems.length === 0) return nothingPage(visit, name);
  return bulkPage(visit, name, { problems, drawn: FRESH, refused: new Map(), done: [] });
}

/**
 * Malformed words come back before anything is done. Then each problem has a transaction of its own: what is refused
 * stays on the page with its reason and everything typed, what was done is listed and does not happen again.
 */
async function send(visit: Visit, name: BulkName): Promise<Response> {
  const sent = await readForm(visit);
  const chosen = (sent.lists["problem"] ?? []).slice(0, MOST_AT_ONCE);
  const known = await findProblems(
    visit.town,
    chosen.filter((id) => /^[0-9a-f-]{36}$/.test(id)),
  );
  const problems = chosen.flatMap((id) => known.get(id) ?? []);
  if (problems.length === 0) return nothingPage(visit, name);
  const reads = problems.map((problem) => ({ problem, read: BULK[name].read(visit, sent, problem.id) }));
  const faults: Faults = Object.assign({}, ...reads.map(({ read }) => ("faults" in read ? read.faults : {})));
  if (Object.keys(faults).length > 0)
    return bulkPage(visit, name, { problems, drawn: backWith(sent, faults), refused: new Map(), done: [] });
  const refused = new Map<string, RefusalCode>();
  const done: Problem[] = [];
  for (const { problem, read } of reads) {
    if ("faults" in read) continue;
    // Once for this form and problem, whose key they share.
    const no = await whyNotDone(visit, sent, `bulk-${name}/${problem.id}`, read.act);
    if (no === null) done.push(problem);
    else refused.set(problem.id, no);
  }
  if (refused.size === 0)
    return visit.context.redirect(`/office/ledger?${name === "assign" ? "assigned" : "reminded"}=${done.length}`, 303);
  const left = await findProblems(visit.town, [...refused.keys()]);
  const stay = problems.flatMap((problem) => left.get(problem.id) ?? []);
  return bulkPage(visit, name, { problems: stay, drawn: { ...backWith(sent, {}, 409), key: null }, refused, done });
}
