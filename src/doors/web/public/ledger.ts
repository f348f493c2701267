import { isBlank } from "#platform/characters";
import { dayOf } from "#platform/instant";
import { countListed, type Total } from "#publication/count-listed";
import { filterQuery, ProblemFilter, WHOLE_LEDGER } from "#publication/problem-filter";
import { listProblems, type ProblemPage } from "#publication/problem-list";
import { OPEN_PAGE } from "#doors/web/access";
import { errorPage } from "#doors/web/error-pages";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { entryCard } from "#doors/web/ui/entry";
import { publicPage } from "#doors/web/ui/layout";
import { nameOf, type Visit } from "#doors/web/visit";
import { allFilters } from "./filters.ts";
import { ledgerFile, MOST_IN_FILE } from "./ledger-file.ts";
import { ledgerFiles } from "./ledger-files.ts";

export const ledgerRoutes = [
  route("GET /ledger", OPEN_PAGE, ledger),
  route("GET /ledger/files", { who: "anyone", kind: "table" }, ledgerFiles),
  route("GET /ledger.csv", { who: "anyone", kind: "table" }, ledgerFile),
];

async function ledger(visit: Visit): Promise<Response> {
  const words = visit.words.publicSide.ledger;
  const sent = visit.context.req.query();
  const parsed = ProblemFilter.safeParse(sent);
  if (!parsed.success) return errorPage(visit, 400, words.unreadable, words.unreadableHint);
  const filter = parsed.data;
  const query = filterQuery(filter);
  // A form sends its empty fields too: every filter has one address, and that is the one to keep.
  if (hasEmpty(sent)) return visit.context.redirect(query === "" ? "/ledger" : `/ledger?${query}`, 303);
  const today = dayOf(visit.at);
  const page = await listProblems(visit, filter);
  const total = await countListed(visit, filter, page);
  const names = await visit.names(page.version);
  const feed = html`<link
    rel="alternate"
    type="application/atom+xml"
    title="${visit.words.publicSide.feed.title(nameOf(visit, names.town))}"
    href="/ledger.atom"
  >`;
  const body = html`<h1>${words.title}</h1>
    ${allFilters(visit, names, filter)}
    <h2 class="visually-hidden">${words.results}</h2>
    ${page.problems.length === 0 ? "" : howMany(visit, filter, total)}
    ${page.problems.map((problem) => entryCard(visit, names, problem, today))}
    ${page.problems.length === 0 ? nothing(visit, query !== "") : turning(visit, filter, page)}`;
  const passedOn = { path: "/ledger", title: words.title, description: visit.words.publicSide.home.lead, card: "card.png" };
  return publicPage(visit, names, { title: words.title, at: "ledger", head: feed, passedOn, body });
}

function hasEmpty(sent: Record<string, string>): boolean {
  return Object.values(sent).some(isBlank);
}

/** How many entries the filter means, and all of them as a file. */
function howMany(visit: Visit, filter: ProblemFilter, total: Total | null): Html {
  const words = visit.words.publicSide.ledger;
  const query = filterQuery({ ...filter, before: null, limit: WHOLE_LEDGER.limit });
  const count = total === null ? words.uncounted : total.isExact ? words.total(total.count) : words.atLeast(total.count);
  const asked = query === "" ? "" : `?${query}`;
  const file =
    total?.isExact === true && total.count <= MOST_IN_FILE
      ? html` · <a href="/ledger.csv${asked}" download>${words.file}</a>`
      : html` · <a href="/ledger/files${asked}">${words.files(MOST_IN_FILE)}</a>`;
  return html`<p class="tally">${count}${filter.q === "" ? file : ""}</p>`;
}

function turning(visit: Visit, filter: ProblemFilter, page: ProblemPage): Html {
  const words = visit.words.publicSide.ledger;
  const newest = filterQuery({ ...filter, before: null });
  const first = newest === "" ? "/ledger" : `/ledger?${newest}`;
  return html`<nav class="pages" aria-label="${words.pages}">
    ${
      filter.before === null
        ? html`<a class="btn btn-link" href="/ledger.atom">${words.feed}</a>`
        : html`<a class="btn" href="${first}">← ${words.first}</a>`
    }
    ${
      page.next === null
        ? ""
        : html`<a class="btn" rel="next" href="/ledger?${filterQuery({ ...filter, before: page.next })}">${words.next} →</a>`
    }
  </nav>`;
}

function nothing(visit: Visit, isFiltered: boolean): Html {
  const words = visit.words.publicSide.ledger;
  const report = visit.words.publicSide.home.report;
  return isFiltered
    ? html`<div class="empty">
        <h3>${words.emptyTitle}</h3>
        <p>${words.emptySearch}</p>
        <p>
          <a class="btn" href="/ledger">${words.clear}</a>
          <a class="btn btn-primary" href="/report">${report}</a>
        </p>
      </div>`
    : html`<div class="empty">
        <h3>${words.emptyLedgerTitle}</h3>
        <p>${words.emptyLedger}</p>
        <p>
          <a class="btn btn-primary" href="/report">${report}</a>
        </p>
      </div>`;
}
