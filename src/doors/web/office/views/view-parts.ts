import { listViews, type ListView, type ViewedList } from "#office/list-views";
import { formKey } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { lineField, type Faults, type Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";

/** The officer's views of a list, each at its address. */
export async function viewLinks(visit: Visit, list: ViewedList, open: ListView | null): Promise<Html> {
  const views = await listViews(visit.town, signedIn(visit), list);
  if (views.length === 0) return html``;
  const links = views.map(
    ({ id, name }) =>
      html`<li>
        <a href="/office/views/${id}" ${id === open?.id ? html`aria-current="page"` : ""}>${name}</a>
      </li>`,
  );
  return html`<nav class="office-views" aria-label="${visit.words.office.views.title}">
    <ul>
      ${links}
    </ul>
  </nav>`;
}

export type SaveForm = { readonly list: ViewedList; readonly query: string; readonly faults: Faults; readonly typed: Typed };

/** A name to keep the list under as it is now; `query` is what its address asks for. */
export function saveForm(visit: Visit, { list, query, faults, typed }: SaveForm): Html {
  const words = visit.words.office.views;
  return html`<form method="post" action="/office/${list}/views">
    ${formKey()}
    <input type="hidden" name="query" value="${query}">
    ${lineField(visit, { name: "name", label: words.name, hint: words.nameHints[list], typed, faults })}
    <button class="btn" type="submit">${words.save}</button>
  </form>`;
}

/** For its owner alone. */
export function forgetForm(visit: Visit, view: ListView | null): Html {
  if (view === null || view.officer !== signedIn(visit).id) return html``;
  return html`<form method="post" action="/office/views/${view.id}/forget">
    <button class="btn btn-link" type="submit">${visit.words.office.views.forget(view.name)}</button>
  </form>`;
}
