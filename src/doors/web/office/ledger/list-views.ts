import { isListed, LEDGER_COLUMNS } from "#office/ledger-columns";
import { formKey } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { forgetForm, saveForm, viewLinks } from "#doors/web/office/views/view-parts";
import type { Faults, Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { fromFirst, queryOf, type AskedList } from "./list-address.ts";

/** The officer's views, each at its address; which columns the list has; and a name to keep it under. */
export async function viewsPanel(visit: Visit, asked: AskedList, faults: Faults, typed: Typed): Promise<Html> {
  const query = queryOf({ ...fromFirst(asked), isOwnColumns: false });
  return html`${await viewLinks(visit, "ledger", asked.view)}
    <details class="office-views" ${Object.keys(faults).length > 0 ? html`open` : ""}>
      <summary>${visit.words.office.views.change}</summary>
      ${columnsForm(visit, asked)} ${saveForm(visit, { list: "ledger", query, faults, typed })} ${forgetForm(visit, asked.view)}
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
