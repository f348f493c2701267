import type { Directory } from "#publication/directory";
import { addDays, dayOf, type Day } from "#platform/instant";
import { isoWeek, weekAt, weekTyped } from "#office/week";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { route } from "#doors/web/route";
import { dayText, dayWords, instantWords } from "#doors/web/ui/day";
import { officeHead, officePage } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { entriesPage } from "./entries-page.ts";
import { readSheet, type Sheet } from "./sheet.ts";
import { askedPart, cameBackPart, duePart, sumOf, waitsPart } from "./sheet-parts.ts";
import { unitsTable } from "./units-table.ts";

export const mondayRoutes = [
  route("GET /office/monday", { who: "steer", kind: "page" }, mondayPage),
  route("GET /office/monday/:figure", { who: "steer", kind: "page" }, (visit, { figure }) => entriesPage(visit, figure)),
];

/** The sheet of a week, to be printed on one page and laid on the table on Monday. */
async function mondayPage(visit: Visit): Promise<Response> {
  const words = visit.words.office.monday;
  const week = weekTyped(visit.context.req.query("week") ?? "") ?? weekAt(dayOf(visit.at));
  const sheet = await readSheet(visit, week);
  const names = await visit.names(sheet.figures.version);
  const body = html`${officeHead(words.title, underOf(visit, names, sheet), turning(visit, sheet))}
    <div class="sheet">
      ${sheet.isNow ? "" : html`<p class="office-note">${words.past}</p>`}
      ${sumOf(visit, sheet)} ${unitsTable(visit, names, sheet)}
      ${sheet.isNow ? duePart(visit, names, sheet) : ""}
      <div class="sheet-two">
        <div>${sheet.isNow ? waitsPart(visit, sheet) : cameBackPart(visit, names, sheet)}</div>
        <div>${sheet.isNow ? cameBackPart(visit, names, sheet) : ""} ${askedPart(visit, names, sheet)}</div>
      </div>
      ${decided(visit)}
      <p class="sheet-last">${words.printedBy(nameOf(visit, names.units.get(signedIn(visit).unit)), signedIn(visit).name)}
        ${instantWords(visit, visit.at)} · ${words.opens} ${visit.program.origin.host}/office/monday</p>
    </div>`;
  return officePage(visit, names, { title: words.title, body, at: "monday" });
}

function underOf(visit: Visit, names: Directory, { week, isNow }: Sheet): Html {
  const words = visit.words.office.monday;
  const meets = html`${nameOf(visit, names.town)} · ${words.meeting} ${dayWords(visit, week.meetsOn)}`;
  const counted = html`${words.counted} ${dayText(visit, week.from)}–${dayText(visit, week.to)}`;
  return html`${meets} · ${counted}${isNow ? html` · ${words.asOf} ${instantWords(visit, visit.at)}` : ""}`;
}

function turning(visit: Visit, { week, isNow }: Sheet): Html {
  const words = visit.words.office.monday;
  const to = (day: Day) => `/office/monday?week=${isoWeek(weekTyped(day) ?? week)}`;
  return html`<a class="btn" href="${to(addDays(week.from, -7))}" rel="prev">${words.earlier}</a>
    ${isNow ? "" : html`<a class="btn" href="/office/monday">${words.now}</a>`}
    <print-page data-label="${words.print}"></print-page>`;
}

/** Three empty lines for what the meeting decides. */
function decided(visit: Visit): Html {
  const words = visit.words.office.monday;
  return html`<section class="sheet-part print-only" aria-labelledby="sheet-decided">
    <h2 id="sheet-decided">${words.decided} <small>${words.decidedHint}</small></h2>
    <div class="sheet-rule"></div>
    <div class="sheet-rule"></div>
    <div class="sheet-rule"></div>
  </section>`;
}

/** The same for the secretary's first page: the town on one page, below what waits for them. */
export async function townOnOnePage(visit: Visit, names: Directory): Promise<Html> {
  const words = visit.words.office.monday;
  const sheet = await readSheet(visit, weekAt(dayOf(visit.at)));
  return html`<section class="sheet" aria-labelledby="sheet-town">
    <h2 id="sheet-town">${words.town} <a href="/office/monday">${words.title}</a></h2>
    ${sumOf(visit, sheet)} ${duePart(visit, names, sheet)} ${unitsTable(visit, names, sheet)}
    <div class="sheet-two">
      <div>${cameBackPart(visit, names, sheet)}</div>
      <div>${askedPart(visit, names, sheet)}</div>
    </div>
  </section>`;
}
