import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { findCandidates } from "#intake/candidates";
import { REPORT_FIELDS } from "#intake/said";
import { isBlank } from "#platform/characters";
import type { Directory } from "#publication/directory";
import { OPEN_PAGE } from "#doors/web/access";
import { parse, readForm } from "#doors/web/form";
import { part } from "#doors/web/form/drawn";
import { html, type Html } from "#doors/web/html";
import { similarPart } from "#doors/web/part";
import { route } from "#doors/web/route";
import { lineField, paragraphField, type Faults, type Typed } from "#doors/web/ui/field";
import { phoneLine } from "#doors/web/ui/phone";
import { villageNamedIn } from "#doors/web/ui/why-alike";
import { nameOf, type Visit } from "#doors/web/visit";
import { broughtDraft, draftOf, type Draft } from "./draft.ts";
import { elsewhere, keepStep, seenField, seenOf } from "./elsewhere.ts";
import { backOf, nextOf, orAgain, stepPage, toField } from "./frame.ts";
import { similarProblems, similarRoutes } from "./similar.ts";
import { faultsOfBytes } from "./typed.ts";

const What = z.object({ title: REPORT_FIELDS.title, details: REPORT_FIELDS.details, category: REPORT_FIELDS.category });

const NAMES = ["title", "details", "category"] as const;

/** The first question: what is wrong, in one sentence, and which kind it is. */
export const whatRoutes = [
  route("GET /report/what", OPEN_PAGE, async (visit) => {
    const [draft, names] = await Promise.all([draftOf(visit), visit.names()]);
    const lost = draft.id === null && broughtDraft(visit) ? lostNote(visit) : html``;
    const typed = { ...draft.answers, to: visit.context.req.query("to") ?? "", ...seenOf(visit, draft, NAMES) };
    return whatPage(visit, names, typed, retiredCategory(visit, names, typed), 200, lost, await similarTo(visit, names, draft));
  }),
  route("POST /report/what/similar", { who: "anyone", kind: "similar" }, async (visit) =>
    similarNow(visit, (await readForm(visit)).typed, await draftOf(visit)),
  ),
  ...similarRoutes("what", refusedHere, similarNow),
  route("POST /report/what", { who: "anyone", kind: "draft" }, async (visit) => {
    const { typed } = await readForm(visit);
    const names = await visit.names();
    const { value, faults } = parse(visit, What, typed);
    const all = { ...faults, ...missingTitle(visit, typed), ...unknownCategory(visit, names, typed), ...faultsOfBytes(visit, typed) };
    if (value === null || Object.keys(all).length > 0) return whatPage(visit, names, typed, all, 422);
    return orAgain(
      visit,
      async () => {
        const { title, details, category } = value;
        const now = await keepStep(visit, typed, { title, details, category: category ?? "" });
        const next = typed["look"] === "1" ? "/report/what#similar" : nextOf("what", typed);
        return now === null ? visit.context.redirect(next, 303) : movedOn(visit, names, typed, now);
      },
      (fault, status) => whatPage(visit, names, typed, { title: fault }, status),
    );
  }),
];

/** Another tab answered this meanwhile: both are shown, what was typed here stays in the form. */
function movedOn(visit: Visit, names: Directory, typed: Typed, now: Draft): Response {
  const { sentence, details, category } = visit.words.report.what;
  const there = elsewhere(visit, now, [
    [sentence, now.answers["title"] ?? ""],
    [details, now.answers["details"] ?? ""],
    [category, chosenWords(visit, names, now.answers["category"] ?? "")],
  ]);
  return whatPage(visit, names, { ...typed, ...seenOf(visit, now, NAMES) }, {}, 409, there);
}

function whatPage(
  visit: Visit,
  names: Directory,
  typed: Typed,
  faults: Faults,
  status: ContentfulStatusCode,
  note: Html = html``,
  similar: Html = html``,
): Response {
  const words = visit.words.report;
  const to = typed["to"];
  const body = html`<p class="urgent">${words.urgent}</p>
    ${phoneLine(visit, names)}
    ${note}
    <draft-keeper data-name="report">
      <form method="post" action="/report/what" id="f-send" novalidate>
        ${toField(to)}
        ${seenField(typed)}
        ${lineField(visit, { name: "title", label: words.what.sentence, hint: words.what.sentenceHint, typed, faults })}
        ${paragraphField(visit, { ...part({ typed, faults }, "details", words.what.details, words.what.detailsHint), required: false })}
        ${categoryField(visit, names, typed, faults)}
      </form>
    </draft-keeper>
    <similar-ones id="similar-ones" data-form="f-send" data-fields="title details" data-action="/report/what/similar">
      ${similar}
    </similar-ones>
    <div class="ways">
      <button class="btn btn-primary btn-lg" type="submit" form="f-send">${visit.words.common.next}</button>
      <button class="btn btn-lg" type="submit" form="f-send" name="look" value="1" data-asks="similar-ones">${words.similar.look}</button>
    </div>`;
  return stepPage(visit, names, { step: "what", title: words.what.title, back: backOf("what", to), faults, status, body });
}

/** The page as the draft has it, with why somebody could not be counted. */
async function refusedHere(visit: Visit, fault: string, status: ContentfulStatusCode): Promise<Response> {
  const [draft, names] = await Promise.all([draftOf(visit), visit.names()]);
  const typed = { ...draft.answers, ...seenOf(visit, draft, NAMES) };
  return whatPage(visit, names, typed, { send: fault }, status, html``, await similarTo(visit, names, draft));
}

/** What may be the same as what is being typed. */
async function similarNow(visit: Visit, { title = "", details = "" }: Typed, draft: Draft): Promise<Response> {
  const names = await visit.names();
  return similarPart(visit, await similarTo(visit, names, { ...draft, answers: { ...draft.answers, title, details } }));
}

/** What may be the same as the sentence and its details; nothing before there is a sentence. A village that they name counts as said. */
async function similarTo(visit: Visit, names: Directory, draft: Draft): Promise<Html> {
  const { title = "", details = "" } = draft.answers;
  if (isBlank(title)) return html``;
  const text = `${title} ${details}`;
  const candidates = await findCandidates(visit.town, { village: villageNamedIn(names, text), lon: null, lat: null, text });
  return similarProblems(visit, { names, draft, on: "what", candidates });
}

function lostNote(visit: Visit): Html {
  return html`<div class="alert alert-warning" role="status">${visit.words.report.lost}</div>`;
}

function categoryField(visit: Visit, names: Directory, typed: Typed, faults: Faults): Html {
  const words = visit.words.report.what;
  const fault = faults["category"];
  const choices = [...names.categories.values()].filter((category) => !category.retired);
  const leftToTown = { id: "", name: words.leftToTown, hint: words.leftToTownHint };
  const named = choices.map((category) => ({ id: category.id, name: nameOf(visit, category), hint: words.categoryHints[category.code] }));
  const options = [leftToTown, ...named].map(
    ({ id, name, hint }, position) =>
      html`<label class="form-check choice">
        <input
          class="form-check-input"
          type="radio"
          name="category"
          value="${id}"
          id="${position === 0 ? "f-category" : `f-category-${position + 1}`}"
          ${(typed["category"] ?? "") === id ? html`checked` : ""}
        >
        <span class="form-check-label">
          <span class="choice-name">${name}</span>${hint === undefined ? "" : html`<span class="hint">${hint}</span>`}</span>
      </label>`,
  );
  const described = fault === undefined ? "h-category" : "h-category e-category";
  return html`<fieldset class="field" aria-describedby="${described}">
    <legend class="form-label">${words.category}</legend>
    <div class="hint" id="h-category">${words.categoryHint}</div>
    ${fault === undefined ? "" : html`<div class="fault" id="e-category">${fault}</div>`}
    <div class="choices">${options}</div>
  </fieldset>`;
}

/** The kind that was chosen, or that it is left to the town. */
export function chosenWords(visit: Visit, names: Directory, category: string): string {
  return category === "" ? visit.words.report.what.leftToTown : nameOf(visit, names.categories.get(category));
}

/** Another town's category, or one retired since the page was drawn, is none of the list. */
function unknownCategory(visit: Visit, names: Directory, typed: Typed): Faults {
  const { category: chosen = "" } = typed;
  return chosen === "" || names.categories.get(chosen)?.retired === false ? {} : { category: visit.words.report.what.categoryUnknown };
}

/** Of a draft begun before its category was retired: said at once, with the name it had. */
function retiredCategory(visit: Visit, names: Directory, typed: Typed): Faults {
  const category = names.categories.get(typed["category"] ?? "");
  return category?.retired === true ? { category: visit.words.common.noLonger(nameOf(visit, category)) } : {};
}

function missingTitle(visit: Visit, typed: Typed): Faults {
  return isBlank(typed["title"] ?? "") ? { title: visit.words.report.what.missing } : {};
}
