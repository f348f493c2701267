import { AddOfficer, addOfficer } from "#people/add-officer";
import { askTemporaryPassword } from "#people/ask-temporary-password";
import { listUnits } from "#people/queries";
import { parse } from "#doors/web/form";
import { readAs, sendForm } from "#doors/web/form/send-form";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { route } from "#doors/web/route";
import { lineField, selectField } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { BLANK, settingsForm, settingsPage, type SettingsDrawn } from "./settings-form.ts";
import { halfShown, type ShownOnce } from "./half-shown.ts";
import { officersPage } from "./officer-list.ts";
import { inTree, unitOption } from "./units.ts";

export const officersRoutes = [
  route("GET /office/people", { who: "see-accounts", kind: "page" }, officersPage),
  route("GET /office/people/new", { who: "keep-accounts", kind: "page" }, (visit) => newPage(visit, BLANK)),
  route("POST /office/people", { who: "keep-accounts", kind: "act" }, sendNew),
];

async function newPage(visit: Visit, drawn: SettingsDrawn): Promise<Response> {
  const words = visit.words.people.officers;
  const login = lineField(visit, { name: "login", label: words.login, hint: words.loginHint, typed: drawn.typed, faults: drawn.faults });
  const fields = html`${await accountFields(visit, drawn)} ${login}`;
  return settingsPage(visit, await visit.names(), drawn, {
    at: "people",
    title: words.add,
    under: html`<a href="/office/people">${words.title}</a> · ${words.addUnder}`,
    content: html`<section class="card office-panel">${settingsForm("/office/people", drawn, fields, words.add)}</section>`,
  });
}

/** Name, title, unit: what is asked when an account is added and when it is changed. */
export async function accountFields(visit: Visit, { typed, faults, now }: SettingsDrawn): Promise<Html> {
  const words = visit.words.people.officers;
  const options = inTree(await listUnits(visit.town)).map((unit) => ({ ...unitOption(visit, unit), retired: unit.retired }));
  const field = (name: string, label: string, required = true) => lineField(visit, { name, label, typed, faults, now, required });
  return html`<div class="office-grid">
    ${field("name", words.name)}
    ${selectField(visit, { name: "unit", label: words.unit, options, none: words.chooseUnit, typed, faults, now })}
    ${field("titleZh", words.titleZh, false)}
    ${field("titleEn", words.titleEn, false)}
  </div>`;
}

/** The first half of the temporary password is in this one answer and nowhere else: a repeated sending leads to the account without it. */
function sendNew(visit: Visit): Promise<Response> {
  const by = signedIn(visit);
  const added: ShownOnce[] = [];
  return sendForm(visit, {
    purpose: "officer.add",
    read: ({ typed }) =>
      readAs(parse(visit, AddOfficer.omit({ duties: true }), typed), async (town, what) => {
        const id = await addOfficer(town, by, visit.at, { ...what, duties: [], hash: null });
        const half = await askTemporaryPassword(town, by, visit.at, { officer: id, version: null });
        added.push({ id, name: what.name, login: what.login, half });
        return id;
      }),
    answer: (id) => (added[0] === undefined ? visit.context.redirect(`/office/people/${id}`, 303) : halfShown(visit, "first", added[0])),
    back: (drawn) => newPage(visit, { ...BLANK, ...drawn }),
  });
}
