import type { ContentfulStatusCode } from "hono/utils/http-status";
import { MakeRecoveryCodes, makeRecoveryCodes } from "#people/make-recovery-codes";
import { findAccount } from "#people/queries";
import { codesLeft, showRecoveryCode } from "#people/recovery-code";
import { hasTotp } from "#people/totp";
import { Refusal } from "#refusals";
import { parse, readForm } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { instantWords } from "#doors/web/ui/day";
import { faultSummary, lineField, type Faults } from "#doors/web/ui/field";
import { officeHead, officePage } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { lockedWords } from "./locked-words.ts";
import { accountIn, signedIn } from "./officer-form.ts";

export const recoveryCodeRoutes = [
  route("GET /office/profile/recovery-codes", { who: "officer", kind: "page" }, (visit) => makePage(visit, {}, 200)),
  route("POST /office/profile/recovery-codes", { who: "officer", kind: "act" }, sendMake),
];

/** How many codes an officer has left, as their account says it, and the way to make some. */
export async function recoveryPanel(visit: Visit, officer: string): Promise<Html> {
  const words = visit.words.people.signIn.recovery;
  const { left } = await codesLeft(visit.town, officer);
  return html`<section class="card office-panel" aria-labelledby="recovery">
    <h2 id="recovery">${words.title}</h2>
    <p>${await leftWords(visit, officer)}</p>
    <p>
      <a class="btn" href="/office/profile/recovery-codes">${left === 0 ? words.make : words.again}</a>
    </p>
  </section>`;
}

async function leftWords(visit: Visit, officer: string): Promise<Html> {
  const words = visit.words.people.signIn.recovery;
  const { left, madeAt } = await codesLeft(visit.town, officer);
  if (madeAt === null) return html`<span class="lamp amber">${words.none}</span>`;
  return html`${words.left(left)} ${instantWords(visit, madeAt)}`;
}

async function sendMake(visit: Visit): Promise<Response> {
  const { typed } = await readForm(visit);
  const parsed = parse(visit, MakeRecoveryCodes, typed);
  if (parsed.faults !== null) return makePage(visit, parsed.faults, 422);
  try {
    const made = await makeRecoveryCodes(visit.town, accountIn(visit), visit.at, parsed.value);
    if (made.ended === "wrong") return await makePage(visit, { present: visit.words.refusals.codes["password/wrong"] }, 422);
    if (made.ended === "locked") return await makePage(visit, { present: lockedWords(visit, made.until) }, 429);
    return await codesPage(visit, made.codes);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return makePage(visit, { present: visit.words.refusals.codes[error.code] }, 422);
  }
}

async function makePage(visit: Visit, faults: Faults, status: ContentfulStatusCode): Promise<Response> {
  const { recovery: words, present } = visit.words.people.signIn;
  const officer = signedIn(visit);
  const { left } = await codesLeft(visit.town, officer.id);
  const state = (await hasTotp(visit.town, officer.id))
    ? await leftWords(visit, officer.id)
    : html`<span class="office-refused">${visit.words.refusals.codes["second-step/off"]}</span>`;
  const body = html`${faultSummary(visit, faults)}
    ${officeHead(words.title, backLink(visit))}
    <section class="card office-panel">
      <p>${words.why}</p>
      <p>${state}</p>
      ${left > 0 ? html`<p class="office-note">${words.againHint}</p>` : ""}
      <form method="post" action="/office/profile/recovery-codes" data-turbo="false">
        ${lineField(visit, { name: "present", label: present, typed: {}, faults, type: "password", autocomplete: "current-password" })}
        <button class="btn btn-primary" type="submit">${left === 0 ? words.make : words.again}</button>
      </form>
    </section>`;
  const faulty = Object.keys(faults).length > 0;
  return officePage(visit, await visit.names(), { title: words.title, at: "profile", body, status, faulty });
}

/** The codes exist in this one answer and nowhere else. */
async function codesPage(visit: Visit, codes: readonly string[]): Promise<Response> {
  const words = visit.words.people.signIn.recovery;
  const names = await visit.names();
  const login = (await findAccount(visit.town, signedIn(visit).id))?.login ?? "";
  const body = html`${officeHead(words.shownTitle, backLink(visit), html`<print-page data-label="${words.print}"></print-page>`)}
    <div class="alert alert-warning no-print" role="status">${words.shown}</div>
    <section class="slip recovery-slip">
      <p>${nameOf(visit, names.town)} · <b>${login}</b> · ${instantWords(visit, visit.at)}</p>
      <ol class="recovery-codes">
        ${codes.map((code) => html`<li><code>${showRecoveryCode(code)}</code></li>`)}
      </ol>
      <p class="hint">${words.how}</p>
    </section>
    <p class="no-print">
      <a class="btn btn-primary" href="/office/profile">${words.back}</a>
    </p>`;
  visit.context.header("cache-control", "no-store");
  return officePage(visit, names, { title: words.shownTitle, at: "profile", body });
}

function backLink(visit: Visit): Html {
  return html`<a href="/office/profile">${visit.words.people.signIn.profile}</a>`;
}
