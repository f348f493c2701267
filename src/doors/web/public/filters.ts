import { LIGHTS, STATUSES } from "#ledger/problem";
import type { Directory, Named } from "#publication/directory";
import { orderOf, WHOLE_LEDGER, type ProblemFilter } from "#publication/problem-filter";
import { html, type Html } from "#doors/web/html";
import { nameOf, type Visit } from "#doors/web/visit";
import type { Lang } from "#words/words";

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
    ${themes(visit, names, filter)}${statuses(visit, filter)}${lights(visit, filter)}
    ${named(visit, "unit", words.unit, words.allUnits, filter.unit, names.units)}
    ${named(visit, "village", words.village, words.allVillages, filter.village, names.villages)}
    ${named(visit, "category", words.category, words.allCategories, filter.category, names.categories)}
    ${names.campaigns.size === 0 ? "" : named(visit, "campaign", words.campaign, words.allCampaigns, filter.campaign, names.campaigns)}
    ${orders(visit, filter)} ${searchBox(visit, filter.q)}
  </form>`;
}

/** The newest first is no choice of its own: its address is the plain one. */
function orders(visit: Visit, filter: ProblemFilter): Html {
  const words = visit.words.publicSide.ledger;
  const options = (["urgent", "waiting"] as const).map((order) => option(order, words.orders[order], orderOf(filter)));
  return select("order", words.order, words.orders.newest, options);
}

function themes(visit: Visit, names: Directory, filter: ProblemFilter): Html {
  const words = visit.words.publicSide.ledger;
  return named(visit, "theme", words.theme, words.allThemes, filter.theme, names.themes);
}

function statuses(visit: Visit, filter: ProblemFilter): Html {
  const words = visit.words.publicSide.ledger;
  const options = STATUSES.map((status) => option(status, words.statuses[status], filter.status));
  return select("status", words.status, words.allStatuses, options);
}

function lights(visit: Visit, filter: ProblemFilter): Html {
  const words = visit.words.publicSide.ledger;
  const options = LIGHTS.map((light) => option(light, words.lights[light], filter.light));
  return select("light", words.light, words.allLights, options);
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

function named(visit: Visit, name: string, label: string, all: string, chosen: string | null, of: ReadonlyMap<string, Named>): Html {
  return select(name, label, all, chosen === null ? unchosen(visit, of) : optionsOf(visit, of, chosen));
}

// The names of a directory never change: a list of them without a choice is written once in each language (a tenth of the page).
const written = new WeakMap<ReadonlyMap<string, Named>, Map<Lang, Html>>();

function unchosen(visit: Visit, of: ReadonlyMap<string, Named>): Html {
  const known = written.get(of) ?? new Map<Lang, Html>();
  written.set(of, known);
  const options = known.get(visit.lang) ?? optionsOf(visit, of, null);
  known.set(visit.lang, options);
  return options;
}

/** Retired names stay only where they are chosen: their entries are still on the ledger. */
function optionsOf(visit: Visit, of: ReadonlyMap<string, Named>, chosen: string | null): Html {
  const those = [...of.values()].filter((one) => !one.retired || one.id === chosen);
  return html`${those.map((one) => option(one.id, nameOf(visit, one), chosen))}`;
}

function option(value: string, words: string, chosen: string | null): Html {
  return value === chosen ? html`<option value="${value}" selected>${words}</option>` : html`<option value="${value}">${words}</option>`;
}

function select(name: string, label: string, all: string, options: Html | readonly Html[]): Html {
  return html`<select class="form-select" name="${name}" aria-label="${label}">
    <option value="">${all}</option>
    ${options}
  </select>`;
}
