import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { homeFigures, rateOf, type HomeFigures } from "#publication/figures";
import { listInHand } from "#publication/problem-list";
import { OPEN_PAGE } from "#doors/web/access";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { entryCard } from "#doors/web/ui/entry";
import { publicPage } from "#doors/web/ui/layout";
import { nameOf, type Visit } from "#doors/web/visit";
import { asOfLine } from "./as-of.ts";
import { countedHref } from "./figures-address.ts";
import { shareWords } from "./figures.ts";
import { shortFilters } from "./filters.ts";

const SHOWN = 10;

export const homeRoutes = [route("GET /", OPEN_PAGE, home)];

async function home(visit: Visit): Promise<Response> {
  const today = dayOf(visit.at);
  const [inHand, figures] = await Promise.all([listInHand(visit.town, SHOWN), homeFigures(visit.town, today)]);
  const names = await visit.names(inHand.version);
  const words = visit.words.publicSide.home;
  const body = html`<section class="hero">
      <h1>${words.sentence}</h1>
      <p>${words.lead}</p>
    </section>
    ${fourFigures(visit, names, figures)} ${asOfLine(visit, figures)}
    <div class="listhead">
      <h2>${words.inHand}</h2>
      ${shortFilters(visit, names)}
    </div>
    ${inHand.problems.map((problem) => entryCard(visit, names, problem, today))}
    ${
      inHand.problems.length === 0
        ? nothingInHand(visit)
        : html`<p class="pages">
            <a class="btn" href="/ledger">${words.all}</a>
          </p>`
    }`;
  const passedOn = { path: "/", title: visit.words.common.ledgerOf(nameOf(visit, names.town)), description: words.lead, card: "card.png" };
  return publicPage(visit, names, { title: words.title, body, at: "home", passedOn });
}

/** Each figure opens: it leads to the entries it counts. */
function fourFigures(visit: Visit, names: Directory, figures: HomeFigures): Html {
  const words = visit.words.publicSide.home;
  const campaign = figures.campaign === null ? undefined : names.campaigns.get(figures.campaign);
  const circle = { campaign: campaign?.id ?? null };
  const few = names.policy.fewEntries;
  return html`<nav class="figures" aria-label="${words.figures}">
    <a href="${countedHref("problems", circle)}">
      <b>${figures.problems}</b>
      <span>${campaign === undefined ? words.problems : words.problemsOf(nameOf(visit, campaign))}</span>
    </a>
    <a href="${countedHref("closed", circle)}">
      <b>${figures.closed}</b>
      <span>${words.closed}</span>
    </a>
    <a href="${countedHref("overdue", circle)}" ${figures.overdue > 0 ? html`class="red"` : ""}>
      <b>${figures.overdue}</b>
      <span>${words.overdue}</span>
    </a>
    <a href="${countedHref("satisfaction", circle)}">
      <b>${shareWords(visit, figures.satisfaction, few)}</b>
      <span>${rateOf(figures.satisfaction, few) === null ? words.tooFew : words.satisfaction}</span>
    </a>
  </nav>`;
}

function nothingInHand(visit: Visit): Html {
  const words = visit.words.publicSide.home;
  return html`<div class="empty">
    <h3>${words.emptyTitle}</h3>
    <p>${words.empty}</p>
    <p>
      <a class="btn btn-primary" href="/report">${words.report}</a>
    </p>
  </div>`;
}
