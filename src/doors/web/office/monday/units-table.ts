import type { Directory } from "#publication/directory";
import type { FigureSet, Share } from "#publication/figures";
import type { Counted } from "#publication/counted-entries";
import type { InHand } from "#office/read-week";
import { TURNS } from "#office/waiting";
import { html, type Html } from "#doors/web/html";
import { dayText } from "#doors/web/ui/day";
import { nameOf, type Visit } from "#doors/web/visit";
import { ALL, leadersOf, numberHref, standingIn, unitOf, type Cut, type Sheet, type Standing } from "./sheet.ts";

/** A line a unit and those who answer together; what a unit claims and what its reporters say stand on its first line. */
export function unitsTable(visit: Visit, names: Directory, sheet: Sheet): Html {
  const words = visit.words.office.monday;
  const byUnit = Map.groupBy(sheet.told.inHand, unitOf);
  const units = [...names.units.keys(), "none"].filter((unit) => byUnit.has(unit) || isCounted(sheet.figures.byUnit.get(unit)));
  const rows = units.flatMap((unit) => rowsOfUnit(visit, names, sheet, unit, byUnit.get(unit) ?? []));
  return html`<section class="sheet-part" aria-labelledby="sheet-units">
    <h2 id="sheet-units">${words.byUnit} <small>${words.byUnitHint}</small></h2>
    <table class="table stacked sheet-table">
      <thead>
        <tr>
          ${headsOf(visit, sheet).map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
        ${lineOf(visit, sheet, { name: html`<b>${words.sum}</b>`, cut: ALL, problems: sheet.told.inHand, figures: sheet.figures.town })}
      </tbody>
    </table>
  </section>`;
}

function headsOf(visit: Visit, { isNow }: Sheet): readonly string[] {
  const { heads } = visit.words.office.monday;
  const standing = isNow ? [heads.inHand, heads.overdue, heads.due, heads.waitsFor] : [];
  return [heads.unit, ...standing, heads.claim, heads.resolution, heads.silent];
}

function isCounted(figures: FigureSet | undefined): boolean {
  return figures !== undefined && (figures.claim.of > 0 || figures.resolution.of > 0);
}

function rowsOfUnit(visit: Visit, names: Directory, sheet: Sheet, unit: string, problems: readonly InHand[]): readonly Html[] {
  const groups = [...Map.groupBy(problems, leadersOf)];
  const figures = sheet.figures.byUnit.get(unit) ?? null;
  const named = unit === "none" ? visit.words.office.monday.unassigned : nameOf(visit, names.units.get(unit));
  const of = (leaders: string) => (leaders === "none" ? "" : leaders.split(",").map((id) => officerName(names, id)));
  const say = (leaders: string) => [of(leaders)].flat().join(visit.words.events.list);
  const [first] = groups;
  if (groups.length <= 1) {
    const name = html`<b>${named}</b> ${first === undefined ? "" : say(first[0])}`;
    return [lineOf(visit, sheet, { name, cut: { unit, leaders: null }, problems, figures })];
  }
  return [
    lineOf(visit, sheet, { name: html`<b>${named}</b>`, cut: { unit, leaders: null }, problems, figures }),
    ...groups.map(([leaders, own]) =>
      lineOf(visit, sheet, { name: html`· ${say(leaders)}`, cut: { unit, leaders }, problems: own, figures: null }),
    ),
  ];
}

export function officerName(names: Directory, id: string): string {
  return names.officers.get(id)?.name ?? "—";
}

type Line = { readonly name: Html; readonly cut: Cut; readonly problems: readonly InHand[]; readonly figures: FigureSet | null };

function lineOf(visit: Visit, sheet: Sheet, line: Line): Html {
  const { heads } = visit.words.office.monday;
  const standing = sheet.isNow
    ? html`<td class="sheet-n" data-label="${heads.inHand}">${standingLink(sheet, "in-hand", line.cut)}</td>
        <td class="sheet-n" data-label="${heads.overdue}">${standingLink(sheet, "overdue", line.cut)}</td>
        <td data-label="${heads.due}">${dueOf(visit, sheet, line.cut)}</td>
        <td data-label="${heads.waitsFor}">${waitsFor(visit, line.problems)}</td>`
    : "";
  return html`<tr>
    <th scope="row">${line.name}</th>
    ${standing}
    <td class="sheet-n" data-label="${heads.claim}">${shareOf("claim", line, line.figures?.claim)}</td>
    <td class="sheet-n" data-label="${heads.resolution}">${shareOf("resolution", line, line.figures?.resolution)}</td>
    <td class="sheet-n" data-label="${heads.silent}">${silentOf(line)}</td>
  </tr>`;
}

function standingLink(sheet: Sheet, name: Standing, cut: Cut): Html {
  const count = standingIn(sheet, name, cut).length;
  if (count === 0) return html`—`;
  const tone = name === "overdue" ? "sheet-red" : "";
  return html`<a class="${tone}" href="${numberHref(sheet, name, cut)}">${count}</a>`;
}

const MOST_NUMBERS = 3;

/** The few numbers that fall due with their days; the count opens all of them. */
function dueOf(visit: Visit, sheet: Sheet, cut: Cut): Html {
  const due = standingIn(sheet, "due", cut);
  if (due.length === 0) return html`—`;
  const link = html`<a href="${numberHref(sheet, "due", cut)}">${due.length}</a>`;
  if (due.length > MOST_NUMBERS || cut.unit === null) return link;
  const said = due.map(({ number, dueOn }) => `${shortNumber(number)} ${dueOn === null ? "" : dayText(visit, dueOn)}`);
  return html`${link} <small>${said.join(visit.words.common.comma)}</small>`;
}

/** The last part of a number: on a sheet of one town and year nobody reads the rest. */
export function shortNumber(number: string): string {
  return number.slice(number.lastIndexOf("-") + 1);
}

function waitsFor(visit: Visit, problems: readonly InHand[]): string {
  const counted = Map.groupBy(problems, (problem) => whoIsAwaited(visit, problem));
  return [...counted].map(([who, those]) => `${who} ${those.length}`).join(visit.words.common.comma);
}

/** Whoever is to take the next step: holders of a duty, those who answer for it, reporters, or time. */
export function whoIsAwaited(visit: Visit, { step, status }: InHand): string {
  const { awaited } = visit.words.office.monday;
  if (step === "work") return awaited.work;
  if (step !== null) return visit.words.people.duties[TURNS[step].duty];
  return status === "verified" ? awaited.reporters : awaited.time;
}

function shareOf(figure: Counted, { cut }: Line, share: Share | undefined): Html {
  if (share === undefined || share.of === 0) return html`—`;
  return html`<a href="${figureHref(figure, cut)}">${share.counted} / ${share.of}</a>`;
}

function silentOf({ cut, figures }: Line): Html {
  if (figures === null || figures.silent === 0) return html`—`;
  return html`<a href="${figureHref("silent", cut)}">${figures.silent}</a>`;
}

function figureHref(figure: Counted, { unit }: Cut): string {
  return `/figures/${figure}${unit === null ? "" : `?unit=${unit}`}`;
}
