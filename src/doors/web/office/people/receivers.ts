import { NameReceivers, nameReceivers } from "#limits/name-receivers";
import { whyNotReceiver } from "#limits/receivers";
import { listCategories, listReceivers } from "#limits/queries";
import type { Category } from "#limits/category";
import type { Directory, OfficerNamed } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { nameOf, type Visit } from "#doors/web/visit";
import { BLANK, formPanel, sendSettings, settingsForm, settingsPage, type SettingsDrawn } from "./settings-form.ts";

/** Which categories are sealed, and who receives their reports. */
export const receiverRoutes = [
  route("GET /office/rules/receivers", { who: "keep-limits", kind: "page" }, (visit) => receiversPage(visit, BLANK)),
  route("POST /office/rules/receivers", { who: "keep-limits", kind: "act" }, (visit) =>
    sendSettings(visit, {
      purpose: "receivers",
      schema: NameReceivers,
      read: ({ typed, lists }) => ({ ...typed, sealed: typed["sealed"] === "yes", receivers: lists["receivers"] ?? [] }),
      act: nameReceivers,
      to: "/office/rules/receivers?done=changed",
      back: (drawn) => receiversPage(visit, drawn),
    }),
  ),
];

async function receiversPage(visit: Visit, drawn: SettingsDrawn): Promise<Response> {
  const words = visit.words.sealed.settings;
  const [names, categories, receivers] = await Promise.all([visit.names(), listCategories(visit.town), listReceivers(visit.town)]);
  const used = categories.filter(({ retired }) => !retired);
  const content = html`${used.map((category) => categoryForm(visit, names, drawn, category, receivers.get(category.id) ?? []))}`;
  return settingsPage(visit, names, drawn, { at: "receivers", title: words.title, under: words.lead, content });
}

/** A form that came back stands as it was sent; the others as they are. */
function categoryForm(visit: Visit, names: Directory, drawn: SettingsDrawn, category: Category, named: readonly string[]): Html {
  const words = visit.words.sealed.settings;
  const isBack = drawn.typed["category"] === category.id;
  const isSealed = isBack ? drawn.typed["sealed"] === "yes" : category.sealed;
  const chosen = isBack ? (drawn.lists["receivers"] ?? []) : named;
  const able = [...names.officers.values()].filter((one) => !one.disabled && (whyNotReceiver(one) === null || chosen.includes(one.id)));
  const name = nameOf(visit, names.categories.get(category.id));
  const fields = html`<input type="hidden" name="category" value="${category.id}">
    <label class="form-check">
      <input class="form-check-input" type="checkbox" name="sealed" value="yes" ${isSealed ? html`checked` : ""}>
      <span class="form-check-label">${words.sealed}</span>
    </label>
    <details ${isSealed ? html`open` : ""}>
      <summary>${words.receivers}<span class="visually-hidden"> ${name}</span></summary>
      <fieldset class="field">
        <legend class="visually-hidden">${words.receivers}</legend>
        ${able.map((officer) => officerBox(visit, names, officer, chosen.includes(officer.id)))}
      </fieldset>
    </details>`;
  const typed = { version: isBack ? (drawn.typed["version"] ?? "") : String(category.version) };
  const form = settingsForm("/office/rules/receivers", { ...drawn, typed, key: isBack ? drawn.key : null }, fields, words.save);
  return formPanel(`c-${category.id}`, name, form);
}

function officerBox(visit: Visit, names: Directory, officer: OfficerNamed, isNamed: boolean): Html {
  return html`<label class="form-check">
    <input class="form-check-input" type="checkbox" name="receivers" value="${officer.id}" ${isNamed ? html`checked` : ""}>
    <span class="form-check-label">${officer.name} · ${nameOf(visit, names.units.get(officer.unit))}</span>
  </label>`;
}
