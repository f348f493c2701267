import type { ContentfulStatusCode } from "hono/utils/http-status";
import { proposeTotp } from "#people/propose-totp";
import { RemoveTotp, removeTotp } from "#people/remove-totp";
import { SetTotp, setTotp } from "#people/set-totp";
import { hasTotp } from "#people/totp";
import { Refusal } from "#refusals";
import { parse, readForm } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { faultSummary, lineField, type Faults } from "#doors/web/ui/field";
import { officeHead, officePage } from "#doors/web/ui/office";
import { qrSvg } from "#doors/web/ui/qr";
import { nameOf, type Visit } from "#doors/web/visit";
import { historyPanel } from "./account-history.ts";
import { lockedWords } from "./locked-words.ts";
import { accountIn, signedIn } from "./officer-form.ts";
import { recoveryPanel } from "./recovery-codes.ts";
import { devicesPanel, sessionsPanel } from "./sessions.ts";

export const profileRoutes = [
  route("GET /office/profile", { who: "officer", kind: "page" }, (visit) => profilePage(visit, {}, 200)),
  route("POST /office/profile/second-step", { who: "officer", kind: "act" }, (visit) => profilePage(visit, {}, 200, true)),
  route("POST /office/profile/second-step/on", { who: "officer", kind: "act" }, sendOn),
  route("POST /office/profile/second-step/off", { who: "officer", kind: "act" }, sendOff),
];

async function sendOn(visit: Visit): Promise<Response> {
  const { typed } = await readForm(visit);
  const parsed = parse(visit, SetTotp, typed);
  if (parsed.faults !== null) return profilePage(visit, parsed.faults, 422, true);
  try {
    await setTotp(visit.town, accountIn(visit), visit.at, parsed.value);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return profilePage(visit, { code: visit.words.refusals.codes[error.code] }, 422, true);
  }
  return visit.context.redirect("/office/profile", 303);
}

async function sendOff(visit: Visit): Promise<Response> {
  const { typed } = await readForm(visit);
  const parsed = parse(visit, RemoveTotp, typed);
  if (parsed.faults !== null) return profilePage(visit, parsed.faults, 422);
  const removed = await removeTotp(visit.town, accountIn(visit), visit.at, parsed.value);
  if (removed.ended === "wrong") return profilePage(visit, { present: visit.words.refusals.codes["password/wrong"] }, 422);
  if (removed.ended === "locked") return profilePage(visit, { present: lockedWords(visit, removed.until) }, 429);
  return visit.context.redirect("/office/profile", 303);
}

async function profilePage(visit: Visit, faults: Faults, status: ContentfulStatusCode, turningOn = false): Promise<Response> {
  const words = visit.words.people;
  const names = await visit.names();
  const officer = signedIn(visit);
  const on = await hasTotp(visit.town, officer.id);
  const duties = [...officer.duties].map((duty) => words.duties[duty]).join(visit.words.events.list);
  const step = on ? offForm(visit, faults) : turningOn ? await onForm(visit, faults, nameOf(visit, names.town)) : startForm(visit);
  const body = html`${faultSummary(visit, faults)}
    ${officeHead(
      officer.name,
      `${nameOf(visit, names.units.get(officer.unit))} · ${duties === "" ? words.officers.noDuty : duties}`,
      html`<a class="btn" href="/office/password">${words.signIn.newPassword}</a>`,
    )}
    <section class="card office-panel" aria-labelledby="second-step">
      <h2 id="second-step">${words.signIn.codeTitle}</h2>
      ${step}
    </section>
    ${on ? await recoveryPanel(visit, officer.id) : ""}
    ${await sessionsPanel(visit)}
    ${await devicesPanel(visit)}
    ${await historyPanel(visit, names, officer.id)}`;
  return officePage(visit, names, { title: words.signIn.profile, at: "profile", body, status, faulty: Object.keys(faults).length > 0 });
}

function startForm(visit: Visit): Html {
  const words = visit.words.people.signIn;
  return html`<p>${words.stepOffNow}</p>
    <form method="post" action="/office/profile/second-step" data-turbo="false">
      <button class="btn btn-primary" type="submit">${words.turnOn}</button>
    </form>`;
}

async function onForm(visit: Visit, faults: Faults, issuer: string): Promise<Html> {
  const words = visit.words.people.signIn;
  const proposed = await proposeTotp(visit.town, accountIn(visit), visit.at, { issuer });
  if (proposed === null) return offForm(visit, faults);
  return html`<p>${words.putKey}</p>
    ${qrSvg(proposed.address, words.qr)}
    <p>
      <code>${proposed.key.replaceAll(/(.{4})(?=.)/g, "$1 ")}</code>
    </p>
    <p>
      <a href="${proposed.address}">${words.openApp}</a>
    </p>
    <form method="post" action="/office/profile/second-step/on" data-turbo="false">
      ${lineField(visit, { name: "code", label: words.code, hint: words.codeHint, typed: {}, faults, autocomplete: "one-time-code" })}
      <button class="btn btn-primary" type="submit">${words.turnOn}</button>
    </form>`;
}

function offForm(visit: Visit, faults: Faults): Html {
  const words = visit.words.people.signIn;
  return html`<p>${words.stepOnNow}</p>
    <form method="post" action="/office/profile/second-step/off" data-turbo="false">
      ${lineField(visit, { name: "present", label: words.present, typed: {}, faults, type: "password", autocomplete: "current-password" })}
      <button class="btn" type="submit">${words.turnOff}</button>
    </form>`;
}
