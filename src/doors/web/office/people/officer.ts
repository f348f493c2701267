import type { z } from "zod";
import { ChangeOfficer, changeOfficer } from "#people/change-officer";
import { DisableOfficer, disableOfficer } from "#people/disable-officer";
import { EnableOfficer, enableOfficer } from "#people/enable-officer";
import { GrantDuty, grantDuty } from "#people/grant-duty";
import { DUTIES, hasDuty, whyNotDisable, whyNotGrant, whyNotRevoke, type Duty, type Officer } from "#people/officer";
import { findAccount, listOfficers, type Account } from "#people/queries";
import { ResetPassword, resetPassword } from "#people/reset-password";
import { RevokeDuty, revokeDuty } from "#people/revoke-duty";
import { findLock } from "#people/sign-in-gate";
import { readSignInFigures } from "#people/sign-in-figures";
import { makeTemporary } from "#people/password";
import { UnlockOfficer, unlockOfficer } from "#people/unlock-officer";
import { once } from "#platform/once";
import type { RefusalCode } from "#refusals";
import type { Entrance } from "#doors/web/access";
import { notFoundPage } from "#doors/web/error-pages";
import { formKey, parse, readForm } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { clockWords } from "#doors/web/office/clock-words";
import { sendOrBack, signedIn } from "#doors/web/office/officer-form";
import { route } from "#doors/web/route";
import { nameOf, type Visit } from "#doors/web/visit";
import { accountFields } from "./officers.ts";
import { passwordShown } from "./password-shown.ts";
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

const BY_SYSTEM: Entrance = { who: ["system_admin"], kind: "act" };
const BY_SECURITY: Entrance = { who: ["security_admin"], kind: "act" };

export const officerRoutes = [
  route("GET /office/people/:officer", { who: ["security_admin", "system_admin"], kind: "page" }, (visit, { officer }) =>
    officerPage(visit, officer, BLANK),
  ),
  route("POST /office/people/:officer", BY_SYSTEM, act("officer.change", "changed", ChangeOfficer, changeOfficer)),
  route("POST /office/people/:officer/disable", BY_SYSTEM, act("officer.disable", "disabled", DisableOfficer, disableOfficer)),
  route("POST /office/people/:officer/enable", BY_SYSTEM, act("officer.enable", "enabled", EnableOfficer, enableOfficer)),
  route("POST /office/people/:officer/duties/grant", BY_SECURITY, act("duty.grant", "granted", GrantDuty, grantDuty)),
  route("POST /office/people/:officer/duties/revoke", BY_SECURITY, act("duty.revoke", "revoked", RevokeDuty, revokeDuty)),
  route("POST /office/people/:officer/unlock", BY_SECURITY, act("officer.unlock", "unlocked", UnlockOfficer, unlockOfficer)),
  route("POST /office/people/:officer/reset-password", BY_SYSTEM, sendReset),
];

type Asked = { readonly officer: string };

/** A form about the account that the address names; it comes back on that account's page. */
function act<T>(purpose: string, done: string, schema: z.ZodType<T>, command: SettingsForm<T>["act"]) {
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

async function officerPage(visit: Visit, asked: string, drawn: SettingsDrawn): Promise<Response> {
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
      ${accountActs(visit, shown, officer, everybody)}`
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
    ${hasDuty(by, "security_admin") ? unlockAct(visit, shown, id, await findLock(visit.town, visit.at, officer)) : ""}`;
  return settingsPage(visit, names, shown, { at: "people", title: officer.name, under, content });
}

async function accountPanel(visit: Visit, shown: SettingsDrawn, officer: string): Promise<Html> {
  const { account, change } = visit.words.people.officers;
  return formPanel("account", account, settingsForm(`/office/people/${officer}`, shown, await accountFields(visit, shown), change));
}

/** Whoever cannot grant duties reads them; one sentence says who can. */
function dutiesHeld(visit: Visit, by: Officer, officer: Account): Html {
  if (hasDuty(by, "security_admin")) return html``;
  const { duties, officers: words } = visit.words.people;
  return html`<p>
      <b>${officer.duties.size === 0 ? words.noDuty : [...officer.duties].map((duty) => duties[duty]).join(visit.words.events.list)}</b>
    </p>
    <p class="office-refused">${words.bySecurity}</p>`;
}

function dutyTable(visit: Visit, shown: SettingsDrawn, officer: Account, everybody: readonly Account[]): Html {
  const by = signedIn(visit);
  if (!hasDuty(by, "security_admin")) return html``;
  const refused = (duty: Duty) => (officer.duties.has(duty) ? whyNotRevoke(by, officer, duty, everybody) : whyNotGrant(by, officer, duty));
  return html`<table class="table">
    <tbody>
      ${DUTIES.map((duty) => dutyRow(visit, shown, { officer, duty, refused: refused(duty) }))}
    </tbody>
  </table>`;
}

type DutyShown = { readonly officer: Account; readonly duty: Duty; readonly refused: RefusalCode | null };

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

function accountActs(visit: Visit, shown: SettingsDrawn, officer: Account, everybody: readonly Account[]): Html {
  const words = visit.words.people.officers;
  const by = signedIn(visit);
  const self: RefusalCode | null = by.id === officer.id ? "officer/self" : null;
  const reset = {
    officer: officer.id,
    to: "reset-password",
    button: words.reset,
    hint: words.resetHint,
    refused: self,
    showsPassword: true,
  };
  const closing =
    officer.disabledAt === null
      ? {
          officer: officer.id,
          to: "disable",
          button: words.disable,
          hint: words.disableHint,
          refused: whyNotDisable(by, officer, everybody),
        }
      : { officer: officer.id, to: "enable", button: words.enable, hint: words.enableHint, refused: null };
  return html`<section class="card office-panel">${actForm(visit, shown, reset)} ${actForm(visit, shown, closing)}</section>`;
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

/** One button with what it does, or grey with why not. */
type Act = {
  readonly officer: string;
  readonly to: string;
  readonly button: string;
  readonly hint: string;
  readonly refused: RefusalCode | null;
  /** The answer shows a password once: no script keeps its page. */
  readonly showsPassword?: boolean;
};

function actForm(visit: Visit, shown: SettingsDrawn, { officer, to, button, hint, refused, showsPassword = false }: Act): Html {
  if (refused !== null)
    return html`<div class="office-one">
      <button class="btn" type="button" aria-disabled="true">${button}</button>
      <p class="office-refused">${visit.words.refusals.codes[refused]}</p>
    </div>`;
  return html`<form
    class="office-one"
    method="post"
    action="/office/people/${officer}/${to}"
    ${showsPassword ? html`data-turbo="false"` : ""}
  >
    ${formKey()}
    ${versionField(shown)}
    <button class="btn" type="submit">${button}</button>
    <p class="office-refused">${hint}</p>
  </form>`;
}

/** The temporary password exists in this one answer and nowhere else: a repeated sending says so. */
async function sendReset(visit: Visit, asked: Asked): Promise<Response> {
  const officer = await findAccount(visit.town, asked.officer);
  if (officer === null) return notFoundPage(visit);
  const sent = await readForm(visit);
  const back = (drawn: Pick<SettingsDrawn, "faults" | "status">) =>
    officerPage(visit, officer.id, { ...BLANK, typed: sent.typed, ...drawn });
  const parsed = parse(visit, ResetPassword, { ...sent.typed, officer: officer.id });
  if (parsed.faults !== null) return back({ faults: parsed.faults, status: 422 });
  const { value } = parsed;
  const ended = await sendOrBack(visit, sent, async () => {
    const { passwordLength } = await readSignInFigures(visit.town);
    const { password, hash } = await makeTemporary(passwordLength, signedIn(visit).id);
    const kept: string[] = [];
    await once(visit.town, "officer.reset-password", visit.at, sent.key, async (town) => {
      await resetPassword(town, signedIn(visit), visit.at, { ...value, hash });
      kept.push(officer.id);
      return "";
    });
    if (kept.length > 0) return passwordShown(visit, { ...officer, password });
    return back({ faults: { form: visit.words.people.officers.shown }, status: 409 });
  });
  return ended instanceof Response ? ended : back(ended);
}
