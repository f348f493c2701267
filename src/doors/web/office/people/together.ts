import { DUTIES, whyNotGrant } from "#people/officer";
import { listOfficers, type OfficerAccount } from "#people/queries";
import { listAsked, whyNotDecide, type Asked } from "#people/temporary-password";
import type { Directory } from "#publication/directory";
import { formKey } from "#doors/web/form";
import { sendForm, type Read } from "#doors/web/form/send-form";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { route } from "#doors/web/route";
import { officeTable } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import type { ShownOnce } from "./half-shown.ts";
import { BLANK, settingsPage, type SettingsDrawn } from "./settings-form.ts";
import { slipsPage } from "./slips.ts";
import { doTicked, makeHalves, tickedIn, whyNotTicked, type Ticked } from "./ticked.ts";

/** Duties of several officers in one form, and the temporary passwords that wait. */
export const togetherRoutes = [
  route("GET /office/people/together", { who: "keep-duties", kind: "page" }, (visit) => togetherPage(visit, BLANK)),
  route("POST /office/people/together", { who: "keep-duties", kind: "bulk" }, sendTogether),
];

/** The second halves are in this one answer and nowhere else: a repeated sending leads to the list without them. */
function sendTogether(visit: Visit): Promise<Response> {
  const made: ShownOnce[] = [];
  return sendForm(visit, {
    purpose: "officers.together",
    read: async (sent) => readTogether(visit, await tickedIn(visit, sent), made),
    answer: (to) => (made.length === 0 ? visit.context.redirect(to, 303) : slipsPage(visit, "second", made)),
    back: (drawn) => togetherPage(visit, { ...BLANK, ...drawn }),
  });
}

async function readTogether(visit: Visit, ticked: readonly Ticked[], made: ShownOnce[]): Promise<Read> {
  const words = visit.words.people.together;
  if (visit.redraws) return { faults: {} };
  if (ticked.length === 0) return { faults: { form: words.nothing } };
  const faults = ticked.flatMap((one) => {
    const no = whyNotTicked(signedIn(visit), one);
    return no === null ? [] : [[one.officer.id, words.refused(one.officer.name, visit.words.refusals.codes[no])] as const];
  });
  if (faults.length > 0) return { faults: Object.fromEntries(faults), status: 409 };
  const halves = await makeHalves(visit, ticked);
  return {
    async act(town) {
      for (const one of ticked) made.push(...(await doTicked(visit, town, one, halves.get(one.officer.id))));
      return "/office/people?done=granted";
    },
  };
}

async function togetherPage(visit: Visit, drawn: SettingsDrawn): Promise<Response> {
  const words = visit.words.people.together;
  const names = await visit.names();
  const by = signedIn(visit);
  const officers = (await listOfficers(visit.town)).filter(({ id, disabledAt }) => disabledAt === null && id !== by.id);
  const asked = new Map((await listAsked(visit.town, visit.at)).map((one) => [one.account, one]));
  const idleFirst = officers.toSorted((one, other) => Number(one.duties.size > 0) - Number(other.duties.size > 0));
  const heads = [words.who, words.duties, words.password];
  const rows = idleFirst.map((officer) => officerRow(visit, names, drawn, officer, asked.get(officer.id) ?? null));
  const form = html`<form class="printed" method="post" action="/office/people/together" data-turbo="false">
    ${formKey(drawn.key)}
    ${officers.map(({ id, version }) => html`<input type="hidden" name="version_${id}" value="${version}">`)}
    ${officeTable(heads, rows)}
    <button class="btn btn-primary no-print" type="submit">${words.send}</button>
  </form>`;
  const { title: list, separation } = visit.words.people.officers;
  const under = html`<a href="/office/people">${list}</a> · ${words.under} ${separation}`;
  return settingsPage(visit, names, drawn, { at: "people", title: words.title, under, content: form });
}

function officerRow(visit: Visit, names: Directory, drawn: SettingsDrawn, officer: OfficerAccount, asked: Asked | null): Html {
  const words = visit.words.people.together;
  const fault = drawn.faults[officer.id];
  const confirms = asked !== null && whyNotDecide(signedIn(visit), officer, asked) === null;
  return html`<tr id="f-${officer.id}">
    <th scope="row">
      ${officer.name}
      <span class="hint">${officer.login} · ${nameOf(visit, names.units.get(officer.unit))}</span>
      ${fault === undefined ? "" : html`<div class="fault">${fault}</div>`}
    </th>
    <td data-label="${words.duties}">${dutyTicks(visit, drawn, officer)}</td>
    <td data-label="${words.password}">
      ${confirms ? tick(drawn, { name: "confirm", value: officer.id, label: words.confirm, of: officer.name }) : words.none}
    </td>
  </tr>`;
}

/** Those held stand as words, those that may be granted as ticks; what cannot go together with what is held is not there. */
function dutyTicks(visit: Visit, drawn: SettingsDrawn, officer: OfficerAccount): Html {
  const { duties } = visit.words.people;
  const held = DUTIES.filter((duty) => officer.duties.has(duty)).map((duty) => duties[duty]);
  const open = DUTIES.filter((duty) => whyNotGrant(signedIn(visit), officer, duty) === null);
  return html`${held.length === 0 ? "" : html`<b>${held.join(visit.words.events.list)}</b>`}
  ${open.map((duty) => tick(drawn, { name: "grant", value: `${officer.id}:${duty}`, label: duties[duty], of: officer.name }))}`;
}

type Tick = { readonly name: "confirm" | "grant"; readonly value: string; readonly label: string; readonly of: string };

function tick({ lists }: SettingsDrawn, { name, value, label, of }: Tick): Html {
  const isTicked = lists[name]?.includes(value) === true;
  return html`<label class="office-mine">
    <input class="form-check-input" type="checkbox" name="${name}" value="${value}" ${isTicked ? html`checked` : ""}>
    ${label}<span class="visually-hidden"> ${of}</span>
  </label>`;
}
