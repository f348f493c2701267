import { filterQuery, ProblemFilter } from "#publication/problem-filter";
import { listProblems } from "#publication/problem-list";
import { errorPage } from "#doors/web/error-pages";
import { html } from "#doors/web/html";
import { filePart, partAsked, partQuery } from "#doors/web/ui/file-parts";
import { publicPage } from "#doors/web/ui/layout";
import type { Visit } from "#doors/web/visit";
import { fileAddress, MOST_IN_FILE } from "./ledger-file.ts";

/** A ledger that is longer than a file, one file after another. */
export async function ledgerFiles(visit: Visit): Promise<Response> {
  const { ledger: words } = visit.words.publicSide;
  const { files } = visit.words.common;
  const parsed = ProblemFilter.safeParse(visit.context.req.query());
  if (!parsed.success) return errorPage(visit, 400, words.unreadable, words.unreadableHint);
  const filter = parsed.data;
  // As the file itself: what is found by words is turned page by page.
  if (filter.q !== "") return visit.context.redirect(`/ledger?${filterQuery(filter)}`, 303);
  const { version, problems, next } = await listProblems(visit, { ...filter, limit: MOST_IN_FILE });
  const [first, last] = [problems.at(0), problems.at(-1)];
  const part = first === undefined || last === undefined ? null : { count: problems.length, first: first.number, last: last.number };
  const number = partAsked(visit);
  const take = html`<a class="btn btn-primary" href="${fileAddress(filter, number)}" download>${files.take}</a>`;
  const then = next === null ? null : `/ledger/files?${partQuery(filterQuery({ ...filter, before: next }), number + 1)}`;
  const whole = filterQuery({ ...filter, before: null });
  const body = html`<a class="back" href="/ledger${whole === "" ? "" : `?${whole}`}">← ${words.title}</a>
    <h1>${files.title}</h1>
    <p class="lead">${files.lead(MOST_IN_FILE)}</p>
    ${filePart(visit, part, take, then)}`;
  return publicPage(visit, await visit.names(version), { title: files.title, at: "ledger", body });
}
