import type { ContentfulStatusCode } from "hono/utils/http-status";
import { EnterCode, enterCode } from "#people/enter-code";
import { findSession } from "#people/session";
import { OPEN_PAGE } from "#doors/web/access";
import { parse, readForm } from "#doors/web/form";
import { html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { faultSummary, lineField, type Faults } from "#doors/web/ui/field";
import { publicPage } from "#doors/web/ui/layout";
import type { Visit } from "#doors/web/visit";
import { lockedWords } from "./locked-words.ts";
import { keptFields, NOTHING_KEPT, readKeptForm, type KeptForm } from "#doors/web/kept-form";
import { keepKnown, sessionOf } from "./session.ts";
import { goOn, onTheWay, wayInOf } from "./way-in.ts";

/** Open to anybody: they ask for the session themselves. */
export const secondStepRoutes = [
  route("GET /office/second-step", OPEN_PAGE, showSecondStep),
  route("POST /office/second-step", { who: "anyone", kind: "sign-in" }, sendSecondStep),
];

async function showSecondStep(visit: Visit): Promise<Response> {
  const session = await sessionOf(visit);
  const way = { ...wayInOf(visit), sends: false };
  if (session === null) return visit.context.redirect(onTheWay("/office/sign-in", way), 303);
  if (session.next !== "code") return goOn(visit, session.next, way);
  return codePage(visit, NOTHING_KEPT, {}, 200);
}

async function sendSecondStep(visit: Visit): Promise<Response> {
  const session = await sessionOf(visit);
  const way = wayInOf(visit);
  if (session === null) return visit.context.redirect(onTheWay("/office/sign-in", way), way.sends ? 307 : 303);
  if (session.next !== "code") return goOn(visit, session.next, way);
  const kept = await readKeptForm(visit);
  const { typed } = await readForm(visit);
  if (typed["sign_in_code"] === undefined) return codePage(visit, kept, {}, 401);
  const parsed = parse(visit, EnterCode, { code: typed["sign_in_code"] });
  if (parsed.faults !== null) return codePage(visit, kept, { sign_in_code: Object.values(parsed.faults)[0] ?? "" }, 422);
  const entered = await enterCode(visit.town, session.account, visit.at, { ...parsed.value, token: session.token });
  const words = visit.words.people.signIn;
  if (entered.ended === "wrong") return codePage(visit, kept, { sign_in_code: words.codeWrong }, 401);
  if (entered.ended === "locked") return codePage(visit, kept, { sign_in_code: lockedWords(visit, entered.until) }, 429);
  await keepKnown(visit, session.account);
  const opened = await findSession(visit.town, session.token, visit.at);
  return goOn(visit, opened?.next ?? "open", way);
}

async function codePage(visit: Visit, kept: KeptForm, faults: Faults, status: ContentfulStatusCode): Promise<Response> {
  const words = visit.words.people.signIn;
  const code = { name: "sign_in_code", label: words.code, hint: words.codeOrRecoveryHint, autocomplete: "one-time-code" };
  const body = html`<div class="narrow">
    ${faultSummary(visit, faults)}
    <h1>${words.codeTitle}</h1>
    <form
      method="post"
      action="${onTheWay("/office/second-step", wayInOf(visit))}"
      data-turbo="false"
      ${kept.files.length > 0 ? html`enctype="multipart/form-data"` : ""}
    >
      ${lineField(visit, { ...code, typed: {}, faults })}
      ${keptFields(visit, kept)}
      <button class="btn btn-primary btn-lg" type="submit">${words.enter}</button>
    </form>
    <form method="post" action="/office/sign-out" data-turbo="false">
      <button class="btn btn-link" type="submit">${words.otherOfficer}</button>
    </form>
  </div>`;
  visit.context.header("cache-control", "no-store");
  return publicPage(visit, await visit.names(), { title: words.codeTitle, body, status, faulty: Object.keys(faults).length > 0 });
}
