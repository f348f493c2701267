import { listSignIns, type SignsIn } from "#people/list-sign-ins";
import { listOfficers, type OfficerAccount } from "#people/queries";
import { judgeable } from "#platform/characters";
import { dayOf } from "#platform/instant";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { clockWords } from "#doors/web/office/clock-words";
import { mayOpen } from "#doors/web/route";
import { instantWords, shortDay } from "#doors/web/ui/day";
import { selectField } from "#doors/web/ui/field";
import { officeHead, officePage, officeTable, openCell } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { BLANK, topOf } from "./settings-form.ts";

/** What may be asked of the list, beside words. */
const STATES = ["never", "no-password", "locked", "no-second-step", "no-recovery", "no-duty", "left"] as const;
type State = (typeof STATES)[number];

type Listed = OfficerAccount & SignsIn;
type Asked = { readonly q: string; readonly state: string };

/** Everybody, or those whom the address asks for: by words of their name, login, title, unit or duties, and by how they stand. */
export async function officersPage(visit: Visit): Promise<Response> {
  const words = visit.words.people.officers;
  const names = await visit.names();
  const signIns = await listSignIns(visit.town, visit.at);
  const officers = (await listOfficers(visit.town)).map((officer) => ({ ...officer, ...(signIns.get(officer.id) ?? UNKNOWN) }));
  const asked = { q: visit.context.req.query("q") ?? "", state: visit.context.req.query("state") ?? "" };
  const found = officers.filter((officer) => isFound(visit, names, officer, asked));
  const working = officers.filter(({ disabledAt }) => disabledAt === null).length;
  const matches = found.length === officers.length ? [] : [words.found(found.length)];
  const under = [words.under(working), ...matches, words.separation].join(" · ");
  const heads = [words.name, words.login, words.unit, words.duties, words.lastSignIn, words.secondStep, words.state];
  const body = html`${topOf(visit, BLANK)} ${officeHead(words.title, under, waysOn(visit))}
  ${filterForm(visit, asked)}
  ${officeTable(
    heads,
    found.map((officer) => officerRow(visit, names, officer)),
    words.open,
  )}`;
  return officePage(visit, names, { title: words.title, body, at: "people" });
}

const UNKNOWN: SignsIn = { signedInAt: null, hasPassword: false, hasSecondStep: false, lacksRecovery: false, lockedUntil: null };

function waysOn(visit: Visit): Html {
  const { keys, officers, paste, together } = visit.words.people;
  const { programs, devices } = keys;
  const add = mayOpen(visit, "GET /office/people/new")
    ? html`<a class="btn" href="/office/people/devices">${devices.title}</a>
        <a class="btn" href="/office/people/programs">${programs.title}</a>
        <a class="btn" href="/office/people/paste">${paste.short}</a>
        <a class="btn btn-primary" href="/office/people/new">${officers.add}</a>`
    : "";
  const several = mayOpen(visit, "GET /office/people/together")
    ? html`<a class="btn btn-primary" href="/office/people/together">${together.title}</a>`
    : "";
  return html`${add}${several}`;
}

function filterForm(visit: Visit, typed: Asked): Html {
  const words = visit.words.people.officers;
  const options = STATES.map((state) => ({ value: state, label: words.states[state] }));
  return html`<form class="office-filter" method="get" action="/office/people" role="search">
    <div class="field field-wide">
      <label class="form-label" for="f-q">${words.search}</label>
      <input class="form-control" id="f-q" name="q" type="search" value="${typed.q}" maxlength="100">
    </div>
    ${selectField(visit, { name: "state", label: words.state, none: words.anyState, options, typed, faults: {} })}
    <button class="btn" type="submit">${words.find}</button>
  </form>`;
}

function isFound(visit: Visit, names: Directory, officer: Listed, { q, state }: Asked): boolean {
  if (isState(state) && !isIn(officer, state)) return false;
  const said = [officer.name, officer.login, officer.titleZh, nameOf(visit, names.units.get(officer.unit)), dutiesOf(visit, officer)];
  const text = judgeable(said.join(" ")).toLowerCase();
  return judgeable(q)
    .toLowerCase()
    .split(" ")
    .every((word) => text.includes(word));
}

function isState(said: string): said is State {
  return STATES.some((state) => state === said);
}

function isIn(officer: Listed, state: State): boolean {
  if (state === "left") return officer.disabledAt !== null;
  if (officer.disabledAt !== null) return false;
  const isSo: Readonly<Record<Exclude<State, "left">, boolean>> = {
    never: officer.signedInAt === null,
    "no-password": !officer.hasPassword,
    locked: officer.lockedUntil !== null,
    "no-second-step": !officer.hasSecondStep,
    "no-recovery": officer.lacksRecovery,
    "no-duty": officer.duties.size === 0,
  };
  return isSo[state];
}

function officerRow(visit: Visit, names: Directory, officer: Listed): Html {
  const words = visit.words.people.officers;
  return html`<tr>
    <th scope="row">${officer.name}</th>
    <td data-label="${words.login}">${officer.login}</td>
    <td data-label="${words.unit}">${nameOf(visit, names.units.get(officer.unit))}</td>
    <td data-label="${words.duties}">${dutiesOf(visit, officer)}</td>
    <td data-label="${words.lastSignIn}">${officer.signedInAt === null ? words.states.never : instantWords(visit, officer.signedInAt)}</td>
    <td data-label="${words.secondStep}">${secondStepOf(visit, officer)}</td>
    <td data-label="${words.state}">${stateOf(visit, officer)}</td>
    ${openCell(`/office/people/${officer.id}`, words.open, officer.name)}
  </tr>`;
}

function secondStepOf(visit: Visit, officer: SignsIn): string {
  const words = visit.words.people.officers;
  if (!officer.hasSecondStep) return words.secondStepOff;
  return officer.lacksRecovery ? words.noRecovery : words.secondStepOn;
}

function stateOf(visit: Visit, officer: Listed): Html {
  const words = visit.words.people.officers;
  if (officer.disabledAt !== null) return html`${words.disabledOn} ${shortDay(visit, dayOf(officer.disabledAt))}`;
  if (officer.lockedUntil !== null) return html`<span class="lamp red">${words.lockedTo(clockWords(visit, officer.lockedUntil))}</span>`;
  return officer.hasPassword ? html`${words.working}` : html`<span class="lamp amber">${words.states["no-password"]}</span>`;
}

function dutiesOf(visit: Visit, officer: OfficerAccount): string {
  const { duties, officers } = visit.words.people;
  return officer.duties.size === 0 ? officers.noDuty : [...officer.duties].map((duty) => duties[duty]).join(visit.words.events.list);
}
