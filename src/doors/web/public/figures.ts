import { dayOf } from "#platform/instant";
import type { Named } from "#publication/directory";
import { FIGURES, rateOf, readFigures, type FigureName, type FigureSet, type Share } from "#publication/figures";
import { OPEN_PAGE } from "#doors/web/access";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { publicPage } from "#doors/web/ui/layout";
import { nameOf, type Visit } from "#doors/web/visit";
import type { Counted } from "#publication/counted-entries";
import { countFlags } from "#verification/queries";
import { asOfLine } from "./as-of.ts";
import { flagsTable } from "./flags.ts";
import { countedHref } from "./figures-address.ts";
import { countedPage, percent } from "./figures-counted.ts";
import { countedFile } from "./figures-file.ts";
import { countedFiles } from "./figures-files.ts";

export const figureRoutes = [
  route("GET /figures", OPEN_PAGE, figures),
  route("GET /figures/:figure", OPEN_PAGE, countedPage),
  route("GET /figures/:figure/files", { who: "anyone", kind: "table" }, countedFiles),
  route("GET /figures/:figure/entries.csv", { who: "anyone", kind: "table" }, countedFile),
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
    <p class="mist">${words.dueUpTo}</p>
    <div class="row">${FIGURES.map((figure) => card(visit, figure, read.town, few))}</div>
    <p class="mist">${words.tooFewHint(few)}</p>
    <h2>${words.byUnit}</h2>
    ${
      read.byUnit.size === 0
        ? html`<p class="mist">${words.noUnits}</p>`
        : circles(visit, words.unit, "unit", names.units, read.byUnit, few)
    }
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

/** One figure with what must be said beside it. */
function card(visit: Visit, figure: FigureName, set: FigureSet, few: number): Html {
  const words = visit.words.figures;
  const { title, what } = words.names[figure];
  return html`<section class="col-md-6 col-lg-4 mb-3">
    <div class="card h-100">
      <div class="card-body">
        <h2 class="h3">${title}</h2>
        <p class="serif h1 mb-1">
          <a href="${countedHref(figure)}">${shareWords(visit, set[figure], few)}</a>
        </p>
        ${rateOf(set[figure], few) === null ? "" : html`<p class="mb-1">${shareLink(visit, figure, set[figure])}</p>`}
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

function shareLink(visit: Visit, figure: FigureName, { counted, of }: Share): Html {
  return html`<a href="${countedHref(figure)}">${visit.words.figures.share(counted, of)}</a>`;
}

/** The rate, or what it would be of where that is too little to say one. */
export function shareWords(visit: Visit, share: Share, few: number): Html {
  const rate = rateOf(share, few);
  if (rate !== null) return html`${percent(rate)}`;
  return html`<span class="mist">${share.of === 0 ? "—" : visit.words.figures.share(share.counted, share.of)}</span>`;
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
  const opening = (counted: Counted, title: string, id: string, shown: number | Html) =>
    html`<td data-label="${title}">
      <a href="${countedHref(counted, { [filter]: id })}">${shown}</a>
    </td>`;
  const rows = [...names.values()].flatMap((name) => {
    const set = sets.get(name.id);
    return set === undefined ? [] : [{ name, set }];
  });
  return html`<section class="table-responsive" aria-label="${heading}" tabindex="0">
    <table class="table stacked">
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
              ${counts.map((count) => opening(count, words.counts[count].title, name.id, set[count]))}
              ${shares.map((figure) =>
                set[figure].of === 0
                  ? html`<td class="mist" data-label="${words.names[figure].title}">—</td>`
                  : opening(figure, words.names[figure].title, name.id, shareWords(visit, set[figure], few)),
              )}
              ${opening("extended", words.counts.extended.title, name.id, set.extended)}
            </tr>`,
        )}
      </tbody>
    </table>
  </section>
  <p class="mist">${words.tooFewHint(few)}</p>`;
}
