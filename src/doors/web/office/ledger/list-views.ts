import { forgetView } from "#office/forget-view";
import { isListed, LEDGER_COLUMNS } from "#office/ledger-columns";
import { findView, listViews } from "#office/list-views";
import { notFoundPage } from "#doors/web/error-pages";
import { formKey } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { lineField, type Faults, type Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { fromFirst, queryOf, type AskedList } from "./list-address.ts";

/** The officer's views, each at its address; which columns the list has; and a name to keep it under. */
export async function viewsPanel(visit: Visit, asked: AskedList, faults: Faults, typed: Typed): Promise<Html> {
  const words = visit.words.office.views;
  const views = await listViews(visit.town, signedIn(visit));
  const links = views.map(
    ({ id, name }) =>
      html`<li>
        <a href="/office/views/${id}" ${id === asked.view?.id ? html`aria-current="page"` : ""}>${name}</a>
      </li>`,
  );
  return html`${
    views.length === 0
      ? ""
      : html`<nav class="office-views" aria-label="${words.title}">
          <ul>
            ${links}
          </ul>
        </nav>`
  }
  <details class="office-views" ${Object.keys(faults).length > 0 ? html`open` : ""}>
    <summary>${words.change}</summary>
    ${columnsForm(visit, asked)} ${saveForm(visit, asked, faults, typed)} ${forgetForm(visit, asked)}
  </details>`;
}

function columnsForm(visit: Visit, asked: AskedList): Html {
  const words = visit.words.office.views;
  const { columns: names } = visit.words.office.bulk;
  const box = (column: (typeof LEDGER_COLUMNS)[number]) =>
    html`<label class="form-check">
      <input
        class="form-check-input"
        type="checkbox"
        name="columns"
        value="${column}"
        ${asked.columns.includes(column) ? html`checked` : ""}
        ${column === "number" || column === "title" ? html`disabled` : ""}
      >
      ${names[column]}${isListed(column) ? "" : html` <small>${words.inFileOnly}</small>`}</label>`;
  return html`<form method="post" action="/office/ledger/columns">
    ${formKey()}
    <input type="hidden" name="query" value="${queryOf({ ...asked, isOwnColumns: true })}">
    <fieldset class="office-columns">
      <legend>${words.columns}</legend>
      ${LEDGER_COLUMNS.map(box)}
    </fieldset>
    <button class="btn" type="submit">${words.keepColumns}</button>
  </form>`;
}

function saveForm(visit: Visit, asked: AskedList, faults: Faults, typed: Typed): Html {
  const words = visit.words.office.views;
  const query = queryOf({ ...fromFirst(asked), isOwnColumns: false });
  return html`<form method="post" action="/office/ledger/views">
    ${formKey()}
    <input type="hidden" name="query" value="${query}">
    ${lineField(visit, { name: "name", label: words.name, hint: words.nameHint, typed, faults })}
    <button class="btn" type="submit">${words.save}</button>
  </form>`;
}

function forgetForm(visit: Visit, { view }: AskedList): Html {
  if (view === null || view.officer !== signedIn(visit).id) return html``;
  return html`<form method="post" action="/office/views/${view.id}/forget">
    <button class="btn btn-link" type="submit">${visit.words.office.views.forget(view.name)}</button>
  </form>`;
}

/** Opens a view as it was kept, for whoever has its address and may see the ledger. */
export async function openView(visit: Visit, asked: { readonly view: string }): Promise<Response> {
  const view = await findView(visit.town, asked.view);
  if (view === null) return notFoundPage(visit);
  return visit.context.redirect(`/office/ledger?${withView(view.query, view.id)}`, 303);
}

export async function sendForget(visit: Visit, asked: { readonly view: string }): Promise<Response> {
  await forgetView(visit.town, signedIn(visit), visit.at, asked);
  return visit.context.redirect("/office/ledger", 303);
}

/** What an address may ask for, of what was sent: nothing else is led to. */
export function queryTyped(said: string | undefined): string {
  return new URLSearchParams((said ?? "").slice(0, 2000)).toString();
}

function withView(query: string, view: string): string {
  const asked = new URLSearchParams(query);
  asked.set("view", view);
  return asked.toString();
}
