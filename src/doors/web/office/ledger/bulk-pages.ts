import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import type { Problem } from "#ledger/problem";
import { once } from "#platform/once";
import { findProblems, findProblemsByNumber } from "#publication/office-queries";
import { Refusal, type RefusalCode } from "#refusals";
import { readForm, type Sent } from "#doors/web/form";
import { signedIn } from "#doors/web/office/officer-form";
import { route, type Visited } from "#doors/web/route";
import type { Faults } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { BULK, type BulkName } from "./bulk-form.ts";
import { bulkPage, nothingPage } from "./bulk-page.ts";
import { exportLedger } from "./export-page.ts";
import { listPage } from "./list-page.ts";

/** As many as one page of the list can hold (`ProblemFilter`): whatever can be ticked can be sent. */
const MOST_AT_ONCE = 100;

export function ledgerListPages(app: Hono<Visited>): void {
  route(app, "GET /office/ledger", listPage);
  route(app, "GET /office/bulk/assign", (visit) => choose(visit, "assign"));
  route(app, "GET /office/bulk/remind", (visit) => choose(visit, "remind"));
  route(app, "POST /office/bulk/assign", (visit) => send(visit, "assign"));
  route(app, "POST /office/bulk/remind", (visit) => send(visit, "remind"));
  route(app, "POST /office/bulk/export", exportLedger);
}

async function choose(visit: Visit, name: BulkName): Promise<Response> {
  const numbers = (visit.context.req.queries("number") ?? []).slice(0, MOST_AT_ONCE);
  const problems = await findProblemsByNumber(visit.town, numbers);
  if (problems.length === 0) return nothingPage(visit, name);
  return bulkPage(visit, name, { problems, sent: NOTHING_SENT, faults: {}, refused: new Map(), done: [], status: 200 });
}

const NOTHING_SENT: Sent = { typed: {}, lists: {}, files: {}, key: "" };

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
  const officer = signedIn(visit);
  const reads = problems.map((problem) => ({ problem, read: BULK[name].read(visit, officer, sent, problem.id) }));
  const faults: Faults = Object.assign({}, ...reads.map(({ read }) => ("faults" in read ? read.faults : {})));
  if (Object.keys(faults).length > 0) return bulkPage(visit, name, { problems, sent, faults, refused: new Map(), done: [], status: 422 });
  const refused = new Map<string, RefusalCode>();
  const done: Problem[] = [];
  for (const { problem, read } of reads) {
    if ("faults" in read) continue;
    const code = await whyRefused(visit, name, sent, problem, read.act);
    if (code === null) done.push(problem);
    else refused.set(problem.id, code);
  }
  if (refused.size === 0)
    return visit.context.redirect(`/office/ledger?${name === "assign" ? "assigned" : "reminded"}=${done.length}`, 303);
  const left = await findProblems(visit.town, [...refused.keys()]);
  const stay = problems.flatMap((problem) => left.get(problem.id) ?? []);
  return bulkPage(visit, name, { problems: stay, sent: { ...sent, key: randomUUID() }, faults: {}, refused, done, status: 409 });
}

/** Does it once for this form and problem, whose key they share; null when done, else why not. */
async function whyRefused(
  visit: Visit,
  name: BulkName,
  sent: Sent,
  problem: Problem,
  act: (town: Visit["town"]) => Promise<void>,
): Promise<RefusalCode | null> {
  try {
    await once(visit.town, `bulk-${name}/${problem.id}`, visit.at, sent.key, async (town) => {
      await act(town);
      return problem.number;
    });
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code;
  }
}
