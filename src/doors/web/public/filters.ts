import { LIGHTS, STATUSES } from "#ledger/problem";
import type { Directory, Named } from "#publication/directory";
import { WHOLE_LEDGER, type ProblemFilter } from "#publication/problem-filter";
import { html, type Html } from "#doors/web/html";
import { nameOf, type Visit } from "#doors/web/visit";

/** The three filters of the home page; they lead to the ledger. */
export function shortFilters(visit: Visit, names: Directory): Html {
  const words = visit.words.publicSide.ledger;
  return html`<form class="filters" action="/ledger" role="search" aria-label="${words.filters}">
    ${themes(visit, names, WHOLE_LEDGER)}${statuses(visit, WHOLE_LEDGER)}
    ${searchBox(visit, "")}
  </form>`;
}

/** Every filter of the ledger as one form that works without a script; the address it makes can be kept and passed on. */
export function allFilters(visit: Visit, names: Directory, filter: ProblemFilter): Html {
  const words = visit.words.publicSide.ledger;
  return html`<form class="filters filters-page" action="/ledger" role="search" aria-label="${words.filters}">
    ${themes(visit, names, filter)}${statuses(visit, filter)}${select(
      "light",
      words.light,
      words.allLights,
      filter.light,
      LIGHTS.map((light) => [light, words.lights[light]]),
    )}
    ${named(visit, "unit", words.unit, words.allUnits, filter.unit, names.units)}
    ${named(visit, "village", words.village, words.allVillages, filter.village, names.villages)}
    ${names.campaigns.size < 2 ? "" : named(visit, "campaign", words.campaign, words.allCampaigns, filter.campaign, names.campaigns)}
    ${searchBox(visit, filter.q)}
  </form>`;
}

function themes(visit: Visit, names: Directory, filter: ProblemFilter): Html {
  const words = visit.words.publicSide.ledger;
  return named(visit, "theme", words.theme, words.allThemes, filter.theme, names.themes);
}

function statuses(visit: Visit, filter: ProblemFilter): Html {
  const words = visit.words.publicSide.ledger;
  return select(
    "status",
    words.status,
    words.allStatuses,
    filter.status,
    STATUSES.map((status) => [status, words.statuses[status]]),
  );
}

function searchBox(visit: Visit, q: string): Html {
  const words = visit.words.publicSide.ledger;
  return html`<input
      class="form-control"
      type="search"
      name="q"
      value="${q}"
      maxlength="100"
      placeholder="${words.searchHint}"
      aria-label="${words.search} · ${words.searchHint}"
    >
    <button class="btn" type="submit">${words.go}</button>`;
}

/** Retired names stay only where they are chosen: their entries are still on the ledger. */
function named(visit: Visit, name: string, label: string, all: string, chosen: string | null, of: ReadonlyMap<string, Named>): Html {
  const options = [...of.values()].filter((one) => !one.retired || one.id === chosen).map((one) => [one.id, nameOf(visit, one)] as const);
  return select(name, label, all, chosen, options);
}

function select(name: string, label: string, all: string, chosen: string | null, options: readonly (readonly [string, string])[]): Html {
  return html`<select class="form-select" name="${name}" aria-label="${label}">
    <option value="">${all}</option>
    ${options.map(([value, words]) =>
      value === chosen ? html`<option value="${value}" selected>${words}</option>` : html`<option value="${value}">${words}</option>`,
    )}
  </select>`;
}
