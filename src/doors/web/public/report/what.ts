import type { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ReceiveReport } from "#intake/receive-report";
import type { Directory } from "#publication/directory";
import { parse, readForm } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { route, type Visited } from "#doors/web/route";
import { lineField, paragraphField, type Faults, type Typed } from "#doors/web/ui/field";
import { nameOf, type Visit } from "#doors/web/visit";
import { broughtDraft, draftOf, keepAnswers } from "./draft.ts";
import { backOf, nextOf, orAgain, stepPage, toField } from "./frame.ts";
import { faultsOfBytes } from "./typed.ts";

const What = ReceiveReport.pick({ title: true, details: true, category: true });

/** The first question: what is wrong, in one sentence, and which kind it is. */
export function whatPages(app: Hono<Visited>): void {
  route(app, "GET /report/what", async (visit) => {
    const draft = await draftOf(visit);
    const lost = draft.id === null && broughtDraft(visit);
    return whatPage(visit, { ...draft.answers, to: visit.context.req.query("to") ?? "" }, {}, 200, lost);
  });
  route(app, "POST /report/what", async (visit) => {
    const { typed } = await readForm(visit);
    const names = await visit.names();
    const { value, faults } = parse(visit, What, typed);
    const all = { ...faults, ...missingTitle(visit, typed), ...unknownCategory(visit, names, typed), ...faultsOfBytes(visit, typed) };
    if (value === null || Object.keys(all).length > 0) return whatPage(visit, typed, all, 422);
    return orAgain(
      visit,
      async () => {
        await keepAnswers(visit, await draftOf(visit), { title: value.title, details: value.details, category: value.category });
        return visit.context.redirect(nextOf("what", typed), 303);
      },
      (fault, status) => whatPage(visit, typed, { title: fault }, status),
    );
  });
}

async function whatPage(visit: Visit, typed: Typed, faults: Faults, status: ContentfulStatusCode, lost = false): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.report;
  const to = typed["to"];
  const body = html`<p class="urgent">${words.urgent}</p>${lost ? html`<div class="alert alert-warning" role="status">${words.lost}</div>` : ""}
<draft-keeper data-name="report"><form method="post" action="/report/what" novalidate>${toField(to)}
${lineField(visit, { name: "title", label: words.what.sentence, hint: words.what.sentenceHint, typed, faults })}
${paragraphField(visit, { name: "details", label: words.what.details, hint: words.what.detailsHint, typed, faults, required: false })}
${categoryField(visit, names, typed, faults)}
<button class="btn btn-primary btn-lg" type="submit">${visit.words.common.next}</button></form></draft-keeper>`;
  return stepPage(visit, names, { step: "what", title: words.what.title, back: backOf("what", to), faults, status, body });
}

function categoryField(visit: Visit, names: Directory, typed: Typed, faults: Faults): Html {
  const words = visit.words.report.what;
  const fault = faults["category"];
  const choices = [...names.categories.values()].filter((category) => !category.retired);
  const options = choices.map((category, position) => {
    const hint = words.categoryHints[category.code];
    return html`<label class="form-check choice"><input class="form-check-input" type="radio" name="category" value="${category.id}" id="${position === 0 ? "f-category" : `f-category-${position + 1}`}"${typed["category"] === category.id ? html` checked` : ""}><span class="form-check-label"><span class="choice-name">${nameOf(visit, category)}</span>${hint === undefined ? "" : html`<span class="hint">${hint}</span>`}</span></label>`;
  });
  const described = fault === undefined ? "h-category" : "h-category e-category";
  return html`<fieldset class="field" aria-describedby="${described}"><legend class="form-label">${words.category}</legend><div class="hint" id="h-category">${words.categoryHint}</div>${fault === undefined ? "" : html`<div class="fault" id="e-category">${fault}</div>`}<div class="choices">${options}</div></fieldset>`;
}

/** Another town's category, or one retired since the page was drawn, is none of the list. */
function unknownCategory(visit: Visit, names: Directory, typed: Typed): Faults {
  const category = names.categories.get(typed["category"] ?? "");
  return category === undefined || category.retired ? { category: visit.words.report.what.categoryMissing } : {};
}

function missingTitle(visit: Visit, typed: Typed): Faults {
  return (typed["title"] ?? "").trim() === "" ? { title: visit.words.report.what.missing } : {};
}
