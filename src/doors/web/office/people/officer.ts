import type { z } from "zod";
import { listLedAlone } from "#ledger/left-behind";
import { partWithOfficer } from "#ledger/part-with-officer";
import { ChangeOfficer, changeOfficer } from "#people/change-officer";
import { DisableOfficer } from "#people/disable-officer";
import { accountOf } from "#people/account";
import { EndAllSessions, endAllSessions } from "#people/end-all-sessions";
import { EnableOfficer, enableOfficer } from "#people/enable-officer";
import { GrantDuty, grantDuty } from "#people/grant-duty";
import { DUTIES, hasDuty, whyNotDisable, whyNotGrant, whyNotRevoke, type Duty, type Officer } from "#people/officer";
import { findAccount, listOfficers, type OfficerAccount } from "#people/queries";
import { codesLeft } from "#people/recovery-code";
import { RevokeDuty, revokeDuty } from "#people/revoke-duty";
import { findLock } from "#people/sign-in-gate";
import { countSessions } from "#people/list-sessions";
import { findAsked, whyNotAsk } from "#people/temporary-password";
import { hasTotp } from "#people/totp";
import { UnlockOfficer, unlockOfficer } from "#people/unlock-officer";
import type { Directory } from "#publication/directory";
import type { RefusalCode } from "#refusals";
import type { Entrance } from "#doors/web/access";
import { notFoundPage } from "#doors/web/error-pages";
import { formKey } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { clockWords } from "#doors/web/office/clock-words";
import { signedIn } from "#doors/web/office/officer-form";
import { route } from "#doors/web/route";
import { nameOf, type Visit } from "#doors/web/visit";
import { accountFields } from "./officers.ts";
import {
  BLANK,
  drawnOver,
  formPanel,
  sendSettings,
  settingsForm,
  settingsPage,
  versionField,
  type SettingsDrawn,
  type SettingsForm,
} from "./settings-form.ts";
import { subjectPanel } from "./subject-panel.ts";
import { decidePanel } from "./temporary-password-panel.ts";

const BY_SYSTEM: Entrance = { who: "keep-accounts", kind: "act" };
const BY_SECURITY: Entrance = { who: "keep-duties", kind: "act" };
const BY_EITHER: Entrance = { who: "see-accounts", kind: "act" };

export const officerRoutes = [
  route("GET /office/people/:officer", { who: "see-accounts", kind: "page" }, (visit, { officer }) => officerPage(visit, officer, BLANK)),
  route("POST /office/people/:officer", BY_SYSTEM, act("officer.change", "changed", ChangeOfficer, changeOfficer)),
  route("POST /office/people/:officer/disable", BY_SYSTEM, act("officer.disable", "disabled", DisableOfficer, partWithOfficer)),
  route("POST /office/people/:officer/enable", BY_SYSTEM, act("officer.enable", "enabled", EnableOfficer, enableOfficer)),
  route("POST /office/people/:officer/duties/grant", BY_SECURITY, act("duty.grant", "granted", GrantDuty, grantDuty)),
  route("POST /office/people/:officer/duties/revoke", BY_SECURITY, act("duty.revoke", "revoked", RevokeDuty, revokeDuty)),
  route("POST /office/people/:officer/unlock", BY_SECURITY, act("officer.unlock", "unlocked", UnlockOfficer, unlockOfficer)),
  route("POST /office/people/:officer/sessions/end", BY_EITHER, act("sessions.end", "sessionsEnded", EndAllSessions, endAllSessions)),
];

type Asked = { readonly officer: string };

/** A form about the account that the address names; it comes back on that account's page. */
export function act<T>(purpose: string, done: string, schema: z.ZodType<T>, command: SettingsForm<T>["act"]) {
  return (visit: Visit, { officer }: Asked) =>
    sendSettings(visit, {
      purpose,
      schema,
      with: { officer },
      act: command,
      to: `/office/people/${officer}?done=${done}`,
      back: (drawn) => officerPage(visit, officer, drawn),
    });
}

/** The page of one account, as it is drawn at first and as a form on it comes back. */
export async function officerPage(visit: Visit, asked: string, drawn: SettingsDrawn): Promise<Response> {
  const officer = await findAccount(visit.town, asked);
  if (officer === null) return notFoundPage(visit);
  const words = visit.words.people.officers;
  const names = await visit.names();
  const by = signedIn(visit);
  const everybody = (await listOfficers(visit.town)).filter(({ disabledAt }) => disabledAt === null);
  const known = { name: officer.name, titleZh: officer.titleZh, titleEn: officer.titleEn, unit: officer.unit };
  const { id, version } = officer;
  const shown = await drawnOver(visit, drawn, { typed: known, version, subject: { kind: "officer", id } });
  const account = hasDuty(by, "system_admin")
    ? html`${await accountPanel(visit, shown, id)}
      ${accountActs(visit, shown, officer, { everybody, ledAlone: await listLedAlone(visit.town, id) })}`
    : "";
  const state = officer.disabledAt === null ? words.working : words.done.disabled;
  const under = html`<a href="/office/people">${words.title}</a> · ${officer.login} · ${nameOf(visit, names.units.get(officer.unit))} ·
    ${state}`;
  const content = html`${account}
    <section class="card office-table" aria-labelledby="duties">
      <div class="card-body">
        <h2 id="duties">${words.duties}</h2>
        <p class="office-note">${words.separation}</p>
        ${dutiesHeld(visit, by, officer)}
      </div>
      ${dutyTable(visit, shown, officer, everybody)}
    </section>
    ${hasDuty(by, "security_admin") ? await securityPanels(visit, names, shown, officer) : ""}
    ${await sessionsPanel(visit, shown, officer)}
    ${await subjectPanel(visit, names, shown, officer)}`;
  return settingsPage(visit, names, shown, { at: "people", title: officer.name, under, content });
}

async function accountPanel(visit: Visit, shown: SettingsDrawn, officer: string): Promise<Html> {
  const { account, change } = visit.words.people.officers;
  return formPanel("account", account, settingsForm(`/office/people/${officer}`, shown, await accountFields(visit, shown), change));
}

/** A temporary password that waits for a decision, and the lock of the sign-in. */
async function securityPanels(visit: Visit, names: Directory, shown: SettingsDrawn, officer: OfficerAccount): Promise<Html> {
  const waiting = await findAsked(visit.town, officer.id, visit.at);
  return html`${waiting === null ? "" : decidePanel(visit, names, shown, officer, waiting)}
    ${await secondStepPanel(visit, officer.id)}
    ${unlockAct(visit, shown, officer.id, await findLock(visit.town, visit.at, officer))}`;
}

/** Whether the second step is on, and how many recovery codes are left; how many, not which: nobody but the officer ever saw them. */
async function secondStepPanel(visit: Visit, officer: string): Promise<Html> {
  const { officers: words, signIn } = visit.words.people;
  const isOn = await hasTotp(visit.town, officer);
  const { left } = await codesLeft(visit.town, officer);
  const recovery = left === 0 ? html`<span class="lamp amber">${signIn.recovery.none}</span>` : signIn.recovery.leftOnly(left);
  return html`<section class="card office-panel" aria-labelledby="second-step">
    <h2 id="second-step">${words.secondStep}</h2>
    ${isOn ? html`<p>${words.secondStepOn} · ${recovery}</p>` : html`<p><span class="lamp amber">${words.secondStepOff}</span></p>`}
  </section>`;
}

/** Whoever cannot grant duties reads them; one sentence says who can. */
function dutiesHeld(visit: Visit, by: Officer, officer: OfficerAccount): Html {
  if (hasDuty(by, "security_admin")) return html``;
  const { duties, officers: words } = visit.words.people;
  return html`<p>
      <b>${officer.duties.size === 0 ? words.noDuty : [...officer.duties].map((duty) => duties[duty]).join(visit.words.events.list)}</b>
    </p>
    <p class="office-refused">${words.bySecurity}</p>`;
}

function dutyTable(visit: Visit, shown: SettingsDrawn, officer: OfficerAccount, everybody: readonly OfficerAccount[]): Html {
  const by = signedIn(visit);
  if (!hasDuty(by, "security_admin")) return html``;
  const refused = (duty: Duty) => (officer.duties.has(duty) ? whyNotRevoke(by, officer, duty, everybody) : whyNotGrant(by, officer, duty));
  return html`<table class="table">
    <tbody>
      ${DUTIES.map((duty) => dutyRow(visit, shown, { officer, duty, refused: refused(duty) }))}
    </tbody>
  </table>`;
}

type DutyShown = { readonly officer: OfficerAccount; readonly duty: Duty; readonly refused: RefusalCode | null };

/** A duty with the button to grant it or take it back; refused, the button is grey and says why. */
function dutyRow(visit: Visit, shown: SettingsDrawn, { officer, duty, refused }: DutyShown): Html {
  const words = visit.words.people;
  const held = officer.duties.has(duty);
  const name = words.duties[duty];
  const label = held ? words.officers.revoke : words.officers.grant;
  const reason = refused ?? (officer.disabledAt !== null && !held ? "officer/disabled" : null);
  const button =
    reason === null
      ? html`<form method="post" action="/office/people/${officer.id}/duties/${held ? "revoke" : "grant"}">
          ${formKey()}
          ${versionField(shown)}
          <input type="hidden" name="duty" value="${duty}">
          <button class="btn btn-sm" type="submit">${label}<span class="visually-hidden"> ${name}</span></button>
        </form>`
      : html`<button class="btn btn-sm" type="button" aria-disabled="true" aria-describedby="why-${duty}">
            ${label}<span class="visually-hidden"> ${name}</span>
          </button>
          <p class="office-refused" id="why-${duty}">${visit.words.refusals.codes[reason]}</p>`;
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${held ? html`<b>${words.officers.held}</b>` : words.officers.notHeld}</td>
    <td>${button}</td>
  </tr>`;
}

/** Who else can sign in, and the numbers of the problems that nobody else answers for. */
type Others = { readonly everybody: readonly OfficerAccount[]; readonly ledAlone: readonly string[] };

function accountActs(visit: Visit, shown: SettingsDrawn, account: OfficerAccount, { everybody, ledAlone }: Others): Html {
  const words = visit.words.people.officers;
  const by = signedIn(visit);
  const officer = account.id;
  const isOpen = account.disabledAt === null;
  const no = whyNotAsk(by, account);
  const ask = { officer, to: "temporary-password", button: words.reset, hint: words.resetHint, refused: no, showsHalf: true };
  const leaves = whyNotDisable(by, account, everybody) ?? (ledAlone.length > 0 ? "officer/answers-for-problems" : null);
  const closing = isOpen
    ? { officer, to: "disable", button: words.disable, hint: words.disableHint, refused: leaves }
    : { officer, to: "enable", button: words.enable, hint: words.enableHint, refused: null };
  return html`<section class="card office-panel">
    ${actForm(visit, shown, ask)}
    ${actForm(visit, shown, closing)}
    ${isOpen ? linksTo(visit, ledAlone) : ""}
  </section>`;
}

/** The public pages of problems, by number: all of them that an administrator reads. */
function linksTo(visit: Visit, numbers: readonly string[]): Html {
  const { list } = visit.words.events;
  return html`${numbers.map((number, i) => html`${i === 0 ? "" : list}<a href="/ledger/${number}">${number}</a>`)}`;
}

/** The lock that failed sign-ins led to, and the button that ends it. */
function unlockAct(visit: Visit, shown: SettingsDrawn, officer: string, until: Date | null): Html {
  const words = visit.words.people.officers;
  const hint = until === null ? words.unlockHint : words.lockedUntil(clockWords(visit, until));
  const refused = until === null ? "officer/not-locked" : null;
  return html`<section class="card office-panel">
    ${actForm(visit, shown, { officer, to: "unlock", button: words.unlock, hint, refused })}
  </section>`;
}

/** How many places an officer is signed in at, where those are nobody's but their own to know, and the button that ends them all. */
async function sessionsPanel(visit: Visit, shown: SettingsDrawn, officer: OfficerAccount): Promise<Html> {
  const words = visit.words.people.sessions;
  const count = await countSessions(visit.town, accountOf(officer), visit.at);
  const refused = count === 0 ? "session/none" : null;
  return html`<section class="card office-panel">
    <p>${words.count(count)}</p>
    ${actForm(visit, shown, { officer: officer.id, to: "sessions/end", button: words.endAll, hint: words.endAllHint, refused })}
  </section>`;
}

/** One button with what it does, or grey with why not. */
type Act = {
  readonly officer: string;
  readonly to: string;
  readonly button: string;
  readonly hint: string;
  readonly refused: RefusalCode | null;
  /** The answer shows half a password once: no script keeps its page. */
  readonly showsHalf?: boolean;
};

function actForm(visit: Visit, shown: SettingsDrawn, { officer, to, button, hint, refused, showsHalf = false }: Act): Html {
  if (refused !== null)
    return html`<div class="office-one">
      <button class="btn" type="button" aria-disabled="true">${button}</button>
      <p class="office-refused">${visit.words.refusals.codes[refused]}</p>
    </div>`;
  return html`<form
    class="office-one"
    method="post"
    action="/office/people/${officer}/${to}"
    ${showsHalf ? html`data-turbo="false"` : ""}
  >
    ${formKey()}
    ${versionField(shown)}
    <button class="btn" type="submit">${button}</button>
    <p class="office-refused">${hint}</p>
  </form>`;
}
