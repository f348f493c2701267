import { AddOfficer, addOfficer } from "#people/add-officer";
import { askTemporaryPassword } from "#people/ask-temporary-password";
import { listOfficers, listUnits, type Account } from "#people/queries";
import { dayOf } from "#platform/instant";
import { parse } from "#doors/web/form";
import { readAs, sendForm } from "#doors/web/form/send-form";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { mayOpen, route } from "#doors/web/route";
import { lineField, selectField } from "#doors/web/ui/field";
import { shortDay } from "#doors/web/ui/day";
import { officeHead, officePage, officeTable, openCell } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { BLANK, settingsForm, settingsPage, topOf, type SettingsDrawn } from "./settings-form.ts";
import { halfShown, type ShownOnce } from "./half-shown.ts";
import { inTree, unitOption } from "./units.ts";

export const officersRoutes = [
  route("GET /office/people", { who: "see-accounts", kind: "page" }, officersPage),
  route("GET /office/people/new", { who: "keep-accounts", kind: "page" }, (visit) => newPage(visit, BLANK)),
  route("POST /office/people", { who: "keep-accounts", kind: "act" }, sendNew),
];

async function officersPage(visit: Visit): Promise<Response> {
  const words = visit.words.people.officers;
  const names = await visit.names();
  const officers = await listOfficers(visit.town);
  const row = (officer: Account) =>
    html`<tr>
      <th scope="row">${officer.name}</th>
      <td data-label="${words.login}">${officer.login}</td>
      <td data-label="${words.unit}">${nameOf(visit, names.units.get(officer.unit))}</td>
      <td data-label="${words.duties}">${dutiesOf(visit, officer)}</td>
      <td data-label="${words.state}">
        ${officer.disabledAt === null ? words.working : html`${words.disabledOn} ${shortDay(visit, dayOf(officer.disabledAt))}`}
      </td>
      ${openCell(`/office/people/${officer.id}`, words.open, officer.name)}
    </tr>`;
  const { programs, devices } = visit.words.people.keys;
  const add = mayOpen(visit, "GET /office/people/new")
    ? html`<a class="btn" href="/office/people/devices">${devices.title}</a>
        <a class="btn" href="/office/people/programs">${programs.title}</a>
        <a class="btn" href="/office/people/paste">${visit.words.people.paste.into.people.title}</a>
        <a class="btn btn-primary" href="/office/people/new">${words.add}</a>`
    : "";
  const together = mayOpen(visit, "GET /office/people/together")
    ? html`<a class="btn btn-primary" href="/office/people/together">${visit.words.people.together.title}</a>`
    : "";
  const working = officers.filter((officer) => officer.disabledAt === null).length;
  const body = html`${topOf(visit, BLANK)} ${officeHead(words.title, `${words.under(working)} · ${words.separation}`, html`${add}${together}`)}
  ${officeTable([words.name, words.login, words.unit, words.duties, words.state], officers.map(row), words.open)}`;
  return officePage(visit, names, { title: words.title, body, at: "people" });
}

function dutiesOf(visit: Visit, officer: Account): string {
  const { duties, officers } = visit.words.people;
  return officer.duties.size === 0 ? officers.noDuty : [...officer.duties].map((duty) => duties[duty]).join(visit.words.events.list);
}

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
