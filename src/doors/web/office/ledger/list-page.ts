import { LIGHTS, lampOf, STATUSES, type Problem } from "#ledger/problem";
import { hasDuty } from "#people/officer";
import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { mineOf } from "#office/queries";
import { filterQuery, ProblemFilter, WHOLE_LEDGER } from "#publication/problem-filter";
import { listProblems, type ProblemPage } from "#publication/problem-list";
import { html, type Html } from "#doors/web/html";
import { mayOpen } from "#doors/web/route";
import { categoryOptions, villageOptions } from "#doors/web/office/calls/call-form";
import { signedIn } from "#doors/web/office/officer-form";
import { selectField, type Option } from "#doors/web/ui/field";
import { instantWords } from "#doors/web/ui/day";
import { lampMark } from "#doors/web/ui/lamp";
import { officeHead, officePage } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";

/** The officers' ledger: the public filters, "mine", and boxes to tick. What the address cannot mean is left out. */
export async function listPage(visit: Visit): Promise<Response> {
  const query = visit.context.req.query();
  const parsed = ProblemFilter.safeParse(query);
  const filter = parsed.success ? parsed.data : WHOLE_LEDGER;
  const officer = signedIn(visit);
  const mine = query["mine"] === "1" && hasDuty(officer, "leader", "handler");
  const page = await listProblems(visit, filter, mine ? mineOf(visit.town.id, officer) : undefined);
  const names = await visit.names(page.version);
  const words = visit.words.office.bulk;
  const body = html`${officeHead(words.title, words.under)} ${doneNote(visit)} ${filterForm(visit, names, filter, mine)}
  ${
    page.problems.length === 0
      ? html`<div class="card office-empty">
          <h2>${words.empty}</h2>
          <p>${words.emptyHint}</p>
        </div>`
      : table(visit, names, page, filter, mine)
  }
  ${turn(visit, filter, mine, page.next)}`;
  return officePage(visit, names, { title: words.title, body, at: "ledger" });
}

function doneNote(visit: Visit): Html {
  const words = visit.words.office.bulk;
  const { assigned, reminded } = visit.context.req.query();
  const done =
    assigned !== undefined && /^\d{1,3}$/.test(assigned)
      ? words.done.assign(assigned)
      : reminded !== undefined && /^\d{1,3}$/.test(reminded)
        ? words.done.remind(reminded)
        : null;
  return done === null ? html`` : html`<p class="alert alert-success" role="status">${done}</p>`;
}

function filterForm(visit: Visit, names: Directory, filter: ProblemFilter, mine: boolean): Html {
  const words = visit.words.office.bulk;
  const { statuses } = visit.words.publicSide.ledger;
  const typed = {
    status: filter.status ?? "",
    light: filter.light ?? "",
    unit: filter.unit ?? "",
    village: filter.village ?? "",
    category: filter.category ?? "",
    theme: filter.theme ?? "",
  };
  const select = (name: keyof typeof typed, label: string, none: string, options: readonly Option[]) =>
    selectField(visit, { name, label, none, options, typed, faults: {} });
  const units = [...names.units.values()].map((unit) => ({ value: unit.id, label: nameOf(visit, unit) }));
  const themes = [...names.themes.values()].map((theme) => ({ value: theme.id, label: nameOf(visit, theme) }));
  return html`<form class="office-filter" method="get" action="/office/ledger" role="search">
    ${select(
      "status",
      words.status,
      words.anyStatus,
      STATUSES.map((status) => ({ value: status, label: statuses[status] })),
    )}
    ${select(
      "light",
      words.light,
      words.anyLight,
      LIGHTS.map((light) => ({ value: light, label: words.lights[light] })),
    )}
    ${select("unit", words.unit, words.anyUnit, units)}
    ${select("village", words.village, words.anyVillage, villageOptions(visit, names))}
    ${select("category", words.category, words.anyCategory, categoryOptions(visit, names))}
    ${select("theme", words.theme, words.anyTheme, themes)}
    <div class="field field-wide">
      <label class="form-label" for="f-q">${words.search} · ${visit.words.publicSide.ledger.searchHint}</label>
      <input class="form-control" id="f-q" name="q" type="search" value="${filter.q}" maxlength="100">
    </div>
    ${hasDuty(signedIn(visit), "leader", "handler") ? mineBox(visit, mine) : ""}
    <button class="btn" type="submit">${words.find}</button>
    <a class="btn btn-link" href="/office/ledger">${words.clear}</a>
  </form>`;
}

function mineBox(visit: Visit, mine: boolean): Html {
  return html`<label class="form-check office-mine">
    <input class="form-check-input" type="checkbox" name="mine" value="1" ${mine ? html`checked` : ""}>
    ${visit.words.office.bulk.mine}</label>`;
}

/** One form around the table; each button says where the ticked numbers go. */
function table(visit: Visit, names: Directory, page: ProblemPage, filter: ProblemFilter, mine: boolean): Html {
  const words = visit.words.office.bulk;
  const heads = [words.number, words.what, words.unit, words.who, words.due, words.state];
  return html`<form class="card office-table printed" method="get" action="/office/bulk/assign">
    <p class="print-only">${printedWords(visit, names, filter, mine)} · ${words.onSheet(page.problems.length)}</p>
    <div class="table-responsive">
      <table class="table table-vcenter card-table">
        <caption class="visually-hidden">
          ${words.caption}
        </caption>
        <thead>
          <tr>
            <th scope="col" class="office-check">
              <label>
                <input class="form-check-input" type="checkbox" data-all="number" aria-label="${words.all}">
              </label>
            </th>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
            <th scope="col">
              <span class="visually-hidden">${words.open}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          ${page.problems.map((problem) => row(visit, names, problem))}
        </tbody>
      </table>
    </div>
    ${bulkBar(visit, filter)}
  </form>`;
}

/** What a sheet of paper must say of itself: when it was printed, and what was asked for. */
function printedWords(visit: Visit, names: Directory, filter: ProblemFilter, mine: boolean): Html {
  const words = visit.words.office.bulk;
  const { statuses } = visit.words.publicSide.ledger;
  const asked = [
    mine ? words.mine : "",
    filter.status === null ? "" : statuses[filter.status],
    filter.light === null ? "" : words.lights[filter.light],
    filter.unit === null ? "" : nameOf(visit, names.units.get(filter.unit)),
    filter.village === null ? "" : nameOf(visit, names.villages.get(filter.village)),
    filter.category === null ? "" : nameOf(visit, names.categories.get(filter.category)),
    filter.theme === null ? "" : nameOf(visit, names.themes.get(filter.theme)),
    filter.campaign === null ? "" : nameOf(visit, names.campaigns.get(filter.campaign)),
    filter.q,
  ].filter((part) => part !== "");
  const which = asked.length === 0 ? words.whole : asked.join(visit.words.common.comma);
  return html`${words.printed} ${instantWords(visit, visit.at)} · ${which}`;
}

function row(visit: Visit, names: Directory, problem: Problem): Html {
  const words = visit.words.office.bulk;
  const leaders = problem.leaders.map((id) => names.officers.get(id)?.name ?? "—").join(visit.words.events.list);
  return html`<tr>
    <td class="office-check">
      <label>
        <input
          class="form-check-input"
          type="checkbox"
          name="number"
          value="${problem.number}"
          aria-label="${words.choose(problem.number)}"
        >
      </label>
    </td>
    <th scope="row" data-label="${words.number}">${problem.number}</th>
    <td class="office-what serif">${problem.title}</td>
    <td data-label="${words.unit}">${problem.unit === null ? words.unassigned : nameOf(visit, names.units.get(problem.unit))}</td>
    <td data-label="${words.who}">${leaders === "" ? "—" : leaders}</td>
    <td data-label="${words.due}">${lampMark(visit, lampOf(problem, dayOf(visit.at)))}</td>
    <td class="office-nowrap" data-label="${words.state}">${visit.words.publicSide.ledger.statuses[problem.status]}</td>
    <td class="office-open">
      <a href="/office/ledger/${problem.number}" aria-label="${words.openNumber(problem.number)}">${words.open}</a>
    </td>
  </tr>`;
}

function bulkBar(visit: Visit, filter: ProblemFilter): Html {
  const words = visit.words.office.bulk;
  const may = mayOpen(visit, "GET /office/bulk/assign");
  const acts = may
    ? html`<button class="btn" type="submit" formaction="/office/bulk/assign">${words.assign}</button>
        <button class="btn" type="submit" formaction="/office/bulk/remind">${words.remind}</button>`
    : html`<button class="btn" type="button" aria-disabled="true" aria-describedby="no-bulk">${words.assign}</button>
        <button class="btn" type="button" aria-disabled="true" aria-describedby="no-bulk">${words.remind}</button>
        <span class="office-refused" id="no-bulk">${words.notYours}</span>`;
  return html`<div class="office-bulk">
    <input type="hidden" name="filter" value="${filterQuery({ ...filter, before: null })}">${acts}
    <button class="btn" type="submit" formaction="/office/bulk/export" formmethod="post" data-turbo="false">${words.export}</button>
    <span class="office-refused">${words.exportHint}</span>
  </div>`;
}

function turn(visit: Visit, filter: ProblemFilter, mine: boolean, next: string | null): Html {
  const words = visit.words.office.bulk;
  const to = (before: string | null) => `/office/ledger?${filterQuery({ ...filter, before })}${mine ? "&mine=1" : ""}`;
  return html`<nav class="office-turn" aria-label="${words.title}">
    ${filter.before === null ? "" : html`<a class="btn" href="${to(null)}">${words.newest}</a>`}
    ${next === null ? "" : html`<a class="btn" href="${to(next)}" rel="next">${words.older}</a>`}
  </nav>`;
}
