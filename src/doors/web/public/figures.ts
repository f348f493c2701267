import { dayOf } from "#platform/instant";
import type { Named } from "#publication/directory";
import { FIGURES, rateOf, readFigures, type FigureName, type Figures, type FigureSet, type Share } from "#publication/figures";
import { OPEN_PAGE } from "#doors/web/access";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { publicPage } from "#doors/web/ui/layout";
import { nameOf, type Visit } from "#doors/web/visit";
import type { Counted } from "#publication/counted-entries";
import { countFlags } from "#verification/queries";
import { asOfLine } from "./as-of.ts";
import { flagsTable } from "./flags.ts";
import { countedHref, countedPage } from "./figures-counted.ts";
import { chart, rates, SIZES, units } from "./figures-chart.ts";

export const figureRoutes = [
  route("GET /figures", OPEN_PAGE, figures),
  route("GET /figures/charts/:name", OPEN_PAGE, chart),
  route("GET /figures/:figure", OPEN_PAGE, countedPage),
];

async function figures(visit: Visit): Promise<Response> {
  const words = visit.words.figures;
  const today = dayOf(visit.at);
  const read = await readFigures(visit.town, today);
  const names = await visit.names(read.version);
  const few = names.policy.fewEntries;
  const flags = await countFlags(visit.town);
  const body = html`<h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    ${asOfLine(visit, read)}
    <p class="mist">${words.dueUpTo} ${words.tooFewHint(few)}</p>
    <div class="row">${FIGURES.map((figure) => card(visit, figure, read.town, few))}</div>
    <h2>${words.chartRates}</h2>
    ${rates(visit, names, read).length === 0 ? "" : picture("rates", words.chartAlt(words.chartRates))}${ratesTable(visit, read.town, few)}
    <h2>${words.byUnit}</h2>
    ${read.byUnit.size === 0 ? html`<p class="mist">${words.noUnits}</p>` : byUnit(visit, names, read)}
    ${
      read.byCampaign.size === 0
        ? ""
        : html`<h2>${words.byCampaign}</h2>
            ${circles(visit, words.campaign, "campaign", names.campaigns, read.byCampaign, few)}`
    }
    <h2>${visit.words.flags.figures}</h2>
    <p class="mist">${visit.words.flags.lead} ${visit.words.flags.figuresLead}</p>
    ${flagsTable(visit, flags)}`;
  const passedOn = { path: "/figures", title: words.title, description: words.lead, card: "card.png" };
  return publicPage(visit, names, { title: words.title, at: "figures", passedOn, body });
}

function byUnit(visit: Visit, names: Directory, read: Figures): Html {
  const words = visit.words.figures;
  const hasChart = units(visit, names, read).length > 0;
  return html`${hasChart ? picture("units", words.chartAlt(words.chartUnits)) : ""}
  ${circles(visit, words.unit, "unit", names.units, read.byUnit, names.policy.fewEntries)}`;
}

/** Drawn for the width it is read at: the words in it stay as large as those around it. */
function picture(name: "rates" | "units", alt: string): Html {
  return html`<p>
    <picture>
      <source
        media="(max-width: 720px)"
        srcset="/figures/charts/${name}-narrow.svg"
        width="${SIZES.narrow.width}"
        height="${SIZES.narrow.height}">
      <img class="img-fluid" src="/figures/charts/${name}.svg" alt="${alt}" width="${SIZES.wide.width}" height="${SIZES.wide.height}"
    >
  </picture>
  </p>`;
}

/** One figure with what must be said beside it. */
function card(visit: Visit, figure: FigureName, set: FigureSet, few: number): Html {
  const words = visit.words.figures;
  const { title, what } = words.names[figure];
  return html`<section class="col-md-6 col-lg-4 mb-3">
    <div class="card h-100">
      <div class="card-body">
        <h2 class="h3">${title}</h2>
        <p class="serif h1 mb-1">${rateWords(visit, set[figure], few)}</p>
        <p class="mb-1">
          <a href="${countedHref(figure)}" aria-label="${words.open(title)}">${words.share(set[figure].counted, set[figure].of)}</a>
        </p>
        <p class="mist">${what}</p>
        ${beside(visit, figure, set)}
        <p>
          <a href="${countedHref(figure)}">${words.open(title)}</a>
        </p>
      </div>
    </div>
  </section>`;
}

/** What must stand beside a figure; a number in it opens as every other. */
function beside(visit: Visit, figure: FigureName, set: FigureSet): Html {
  const words = visit.words.figures;
  if (figure === "claim") return html`<p class="mist">${words.ownClaim}</p>`;
  const count = figure === "satisfaction" ? "silent" : figure === "on-time" ? "extended" : null;
  if (count === null) return html``;
  return html`<p class="mist">
    <a href="${countedHref(count)}">${words[count](set[count])}</a>${triesWords(visit, count, set)}
  </p>`;
}

/** Silence stands with how often anybody asked. */
function triesWords(visit: Visit, count: "silent" | "extended", { silentAttempts }: FigureSet): string {
  return count === "silent" && silentAttempts > 0 ? visit.words.figures.silentAttempts(silentAttempts) : "";
}

export function rateWords(visit: Visit, share: Share, few: number): string {
  const rate = rateOf(share, few);
  return rate === null ? visit.words.figures.tooFew : `${(rate * 100).toFixed(1)}%`;
}

function ratesTable(visit: Visit, set: FigureSet, few: number): Html {
  const words = visit.words.figures;
  return html`<section class="table-responsive" aria-label="${words.chartRates}" tabindex="0">
    <table class="table">
      <caption class="visually-hidden">
        ${words.chartRates}
      </caption>
      <thead>
        <tr>
          <th scope="col">${words.figure}</th>
          <th scope="col">${words.rate}</th>
          <th scope="col">${words.adds}</th>
        </tr>
      </thead>
      <tbody>
        ${FIGURES.map(
          (figure) =>
            html`<tr>
              <th scope="row">
                <a href="/figures/${figure}">${words.names[figure].title}</a>
              </th>
              <td>${rateWords(visit, set[figure], few)}</td>
              <td>
                <a href="${countedHref(figure)}">${words.share(set[figure].counted, set[figure].of)}</a>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** Units or campaigns in the order of the town's own lists: nothing here is ranked. */
function circles(
  visit: Visit,
  heading: string,
  filter: "unit" | "campaign",
  names: ReadonlyMap<string, Named>,
  sets: ReadonlyMap<string, FigureSet>,
  few: number,
): Html {
  const words = visit.words.figures;
  const shares = ["resolution", "claim", "satisfaction", "on-time"] as const;
  const counts = ["problems", "closed", "overdue"] as const;
  const opening = (counted: Counted, id: string, shown: string | number) =>
    html`<td>
      <a href="${countedHref(counted, { [filter]: id })}">${shown}</a>
    </td>`;
  const rows = [...names.values()].flatMap((name) => {
    const set = sets.get(name.id);
    return set === undefined ? [] : [{ name, set }];
  });
  return html`<section class="table-responsive" aria-label="${heading}" tabindex="0">
    <table class="table">
      <thead>
        <tr>
          <th scope="col">${heading}</th>
          ${counts.map((count) => html`<th scope="col">${words.counts[count].title}</th>`)}
          ${shares.map((figure) => html`<th scope="col">${words.names[figure].title}</th>`)}
          <th scope="col">${words.counts.extended.title}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, set }) =>
            html`<tr>
              <th scope="row">
                <a href="/ledger?${filter}=${name.id}">${nameOf(visit, name)}</a>
              </th>
              ${counts.map((count) => opening(count, name.id, set[count]))}
              ${shares.map((figure) => opening(figure, name.id, rateWords(visit, set[figure], few)))}
              ${opening("extended", name.id, set.extended)}
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
