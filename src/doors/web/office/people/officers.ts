import type { Hono } from "hono";
import { AddOfficer, addOfficer } from "#people/add-officer";
import { listOfficers, listUnits, type Account } from "#people/queries";
import { readSignInFigures } from "#people/sign-in-figures";
import { makeTemporary } from "#people/password";
import { dayOf } from "#platform/instant";
import { once } from "#platform/once";
import { parse, readForm } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { sendOrBack, signedIn } from "#doors/web/office/officer-form";
import { route, type Visited } from "#doors/web/route";
import { lineField, selectField } from "#doors/web/ui/field";
import { shortDay } from "#doors/web/ui/day";
import { mayOpen, officeHead, officePage, officeTable, openCell } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { BLANK, settingsForm, settingsPage, topOf, type Drawn } from "./settings-form.ts";
import { passwordShown } from "./password-shown.ts";
import { inTree, unitOption } from "./units.ts";

export function officersPages(app: Hono<Visited>): void {
  route(app, "GET /office/people", officersPage);
  route(app, "GET /office/people/new", (visit) => newPage(visit, BLANK));
  route(app, "POST /office/people", sendNew);
}

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
  const add = mayOpen(visit, "GET /office/people/new") ? html`<a class="btn btn-primary" href="/office/people/new">${words.add}</a>` : "";
  const working = officers.filter((officer) => officer.disabledAt === null).length;
  const body = html`${topOf(visit, BLANK)} ${officeHead(words.title, `${words.under(working)} · ${words.separation}`, add)}
  ${officeTable([words.name, words.login, words.unit, words.duties, words.state], officers.map(row), words.open)}`;
  return officePage(visit, names, { title: words.title, body, at: "people" });
}

function dutiesOf(visit: Visit, officer: Account): string {
  const { duties, officers } = visit.words.people;
  return officer.duties.size === 0 ? officers.noDuty : [...officer.duties].map((duty) => duties[duty]).join(visit.words.events.list);
}

async function newPage(visit: Visit, drawn: Drawn): Promise<Response> {
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
export async function accountFields(visit: Visit, { typed, faults, now }: Drawn): Promise<Html> {
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

/** The temporary password exists in this one answer and nowhere else: a repeated sending leads to the account without it. */
async function sendNew(visit: Visit): Promise<Response> {
  const sent = await readForm(visit);
  const parsed = parse(visit, AddOfficer.omit({ duties: true }), sent.typed);
  if (parsed.faults !== null) return newPage(visit, { ...BLANK, typed: sent.typed, faults: parsed.faults, status: 422 });
  const { value } = parsed;
  const ended = await sendOrBack(visit, sent, async () => {
    const { passwordLength } = await readSignInFigures(visit.town);
    const { password, hash } = await makeTemporary(passwordLength, signedIn(visit).id);
    const added: string[] = [];
    const id = await once(visit.town, "officer.add", visit.at, sent.key, async (town) => {
      added.push(await addOfficer(town, signedIn(visit), visit.at, { ...value, duties: [], hash }));
      return added.join();
    });
    return added.length > 0
      ? passwordShown(visit, { id, name: value.name, login: value.login, password })
      : visit.context.redirect(`/office/people/${id}`, 303);
  });
  return ended instanceof Response ? ended : newPage(visit, { ...BLANK, typed: sent.typed, ...ended });
}
