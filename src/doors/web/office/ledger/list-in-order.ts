import type { Problem } from "#ledger/problem";
import { mineOf } from "#office/queries";
import { countListed, type Total } from "#publication/count-listed";
import type { Directory } from "#publication/directory";
import { listProblems, type ProblemPage } from "#publication/problem-list";
import { signedIn } from "#doors/web/office/officer-form";
import type { Visit } from "#doors/web/visit";
import { cellsOf, turnOf } from "./column-cells.ts";
import type { AskedList, ListOrder } from "./list-address.ts";

/** So many of the newest entries that are asked for are put in the order of a column that no index of the ledger is in. */
export const MOST_ORDERED = 150;

/** A page of the list; `rest`: behind which entry those stand that were not put in order with it, null when all were. */
export type ListedPage = ProblemPage & { readonly names: Directory; readonly total: Total | null; readonly rest: string | null };

/**
 * The newest first and by due day are indexes: the whole ledger is turned page by page, whatever its length. Any other column orders the
 * newest hundred and fifty of what is asked for, by the words the reader sees, then the hundred and fifty behind them: a page costs those
 * at most, and says when there are more.
 */
export async function listInOrder(visit: Visit, asked: AskedList): Promise<ListedPage> {
  const only = asked.mine ? mineOf(visit.town.id, signedIn(visit)) : undefined;
  const filter = { ...asked.filter, order: isByDue(asked.order) ? ("urgent" as const) : ("newest" as const) };
  if (asked.order === null || (isByDue(asked.order) && isWalked(filter))) {
    const page = await listProblems(visit, filter, only);
    return { ...page, names: await visit.names(page.version), total: await totalOf(visit, asked, page), rest: null };
  }
  const whole = await listProblems(visit, { ...filter, order: "newest", before: asked.behind, limit: MOST_ORDERED }, only);
  const names = await visit.names(whole.version);
  const total = await totalOf(visit, { ...asked, filter: { ...filter, before: asked.behind } }, whole);
  return { ...whole, ...pageOf(asked, inOrder(visit, names, asked.order, whole.problems)), names, total, rest: whole.next };
}

/**
 * Nothing is asked for that the index of due days doesn't know: looking for a few among many of its rows would read them all. What is
 * overdue stands at its beginning.
 */
function isWalked({ q, light, theme, status, unit, village, campaign, category }: AskedList["filter"]): boolean {
  const isKnown = light === null || light === "red";
  return q === "" && isKnown && [theme, status, unit, village, campaign, category].every((part) => part === null);
}

/** What is overdue longest first, as the town's work is ordered; there is no use in the other direction. */
function isByDue(order: ListOrder): boolean {
  return order !== null && !order.falls && (order.by === "light" || order.by === "due");
}

/** What is an officer's own is not counted beyond one page. */
async function totalOf(visit: Visit, { filter, mine }: AskedList, page: ProblemPage): Promise<Total | null> {
  if (mine && (filter.before !== null || page.next !== null)) return null;
  return countListed(visit, filter, page);
}

function inOrder(visit: Visit, names: Directory, order: NonNullable<ListOrder>, problems: readonly Problem[]): readonly Problem[] {
  const letters = new Intl.Collator(visit.lang === "en" ? "en" : "zh-Hans-CN", { numeric: true });
  const turns = new Map(problems.map((problem) => [problem.id, turnOf(order.by, problem, cellsOf(visit, names, problem))]));
  const compare = (one: Problem, other: Problem): number => {
    const [a, b] = [turns.get(one.id) ?? "", turns.get(other.id) ?? ""];
    // What has nothing in this column stands last, whichever way it is ordered.
    if (a === "" || b === "") return a === b ? other.ordinal - one.ordinal : Number(a === "") - Number(b === "");
    const turn = typeof a === "number" && typeof b === "number" ? a - b : letters.compare(String(a), String(b));
    return (order.falls ? -turn : turn) || other.ordinal - one.ordinal;
  };
  return problems.toSorted(compare);
}

function pageOf({ filter }: AskedList, problems: readonly Problem[]): Pick<ProblemPage, "problems" | "next"> {
  const from = filter.before === null ? 0 : problems.findIndex(({ number }) => number === filter.before) + 1;
  const shown = problems.slice(from, from + filter.limit);
  return { problems: shown, next: from + filter.limit < problems.length ? (shown.at(-1)?.number ?? null) : null };
}
