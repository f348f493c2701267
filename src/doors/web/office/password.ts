import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ChangePassword, changePassword } from "#people/change-password";
import type { Session } from "#people/session";
import { readSignInFigures } from "#people/sign-in-figures";
import { Refusal } from "#refusals";
import { OPEN_PAGE } from "#doors/web/access";
import { parse, readForm } from "#doors/web/form";
import { html } from "#doors/web/html";
import { statusOf } from "#doors/web/refusal-page";
import { route } from "#doors/web/route";
import { faultSummary, lineField, type Faults } from "#doors/web/ui/field";
import { publicPage } from "#doors/web/ui/layout";
import { officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { keptFields, NOTHING_KEPT, readKeptForm, type KeptForm } from "#doors/web/kept-form";
import { handedOutBy } from "./account-history.ts";
import { lockedWords } from "./locked-words.ts";
import { keepKnown, sessionOf } from "./session.ts";
import { goOn, onTheWay, wayInOf } from "./way-in.ts";

/** Open to anybody: they ask for the session themselves, and one that must change its password opens nothing else. */
export const passwordRoutes = [
  route("GET /office/password", OPEN_PAGE, showPassword),
  route("POST /office/password", { who: "anyone", kind: "sign-in" }, sendPassword),
];

async function showPassword(visit: Visit): Promise<Response> {
  const session = await sessionOf(visit);
  const way = { ...wayInOf(visit), sends: false };
  if (session === null) return visit.context.redirect(onTheWay("/office/sign-in", { ...way, to: "/office/password" }), 303);
  if (session.next === "code") return goOn(visit, "code", way);
  return passwordPage(visit, { session, kept: NOTHING_KEPT }, {}, 200);
}

async function sendPassword(visit: Visit): Promise<Response> {
  const session = await sessionOf(visit);
  const way = wayInOf(visit);
  if (session === null) return visit.context.redirect(onTheWay("/office/sign-in", way), way.sends ? 307 : 303);
  if (session.next === "code") return goOn(visit, "code", way);
  const view = { session, kept: await readKeptForm(visit) };
  const { typed } = await readForm(visit);
  if (typed["sign_in_chosen"] === undefined) return passwordPage(visit, view, {}, 401);
  const parsed = parse(visit, ChangePassword, { present: typed["sign_in_present"], chosen: typed["sign_in_chosen"] });
  if (parsed.faults !== null) return passwordPage(visit, view, prefixed(parsed.faults), 422);
  if (typed["sign_in_again"] !== parsed.value.chosen)
    return passwordPage(visit, view, { sign_in_again: visit.words.people.signIn.notTheSame }, 422);
  try {
    const changed = await changePassword(visit.town, session.account, visit.at, { ...parsed.value, keeping: session.token });
    if (changed.ended === "wrong")
      return await passwordPage(visit, view, { sign_in_present: visit.words.refusals.codes["password/wrong"] }, 422);
    if (changed.ended === "locked") return await passwordPage(visit, view, { sign_in_present: lockedWords(visit, changed.until) }, 429);
    await keepKnown(visit, session.account);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const field = error.code === "password/wrong" ? "sign_in_present" : "sign_in_chosen";
    return passwordPage(
      visit,
      view,
      { [field]: visit.words.refusals.codes[error.code] },
      error.code === "sign-in/busy" ? statusOf(error.code) : 422,
    );
  }
  return goOn(visit, "open", way.to === "/office/password" ? { to: "/office?done=password", sends: false } : way);
}

function prefixed(faults: Faults): Faults {
  return Object.fromEntries(Object.entries(faults).map(([name, fault]) => [`sign_in_${name}`, fault]));
}

/** Whose page it is, and the form that was being sent when the password had to be changed first. */
type View = { readonly session: Session; readonly kept: KeptForm };

async function passwordPage(visit: Visit, { session, kept }: View, faults: Faults, status: ContentfulStatusCode): Promise<Response> {
  const words = visit.words.people.signIn;
  const { passwordLength } = await readSignInFigures(visit.town);
  const names = await visit.names();
  const mustChange = visit.officer === null;
  const field = (name: string, label: string, autocomplete: string, hint?: string) =>
    lineField(visit, { name, label, typed: {}, faults, type: "password", autocomplete, ...(hint === undefined ? {} : { hint }) });
  const body = html`<div class="narrow">
    ${faultSummary(visit, faults)}
    <h1>${words.newPassword}</h1>
    ${mustChange ? html`<p class="lead">${words.mustChange}</p>` : ""}
    ${mustChange ? await handedOutBy(visit, names, session.officer.id) : ""}
    <form
      method="post"
      action="${onTheWay("/office/password", wayInOf(visit))}"
      data-turbo="false"
      ${kept.files.length > 0 ? html`enctype="multipart/form-data"` : ""}
    >
      ${field("sign_in_present", words.present, "current-password")}
      ${field("sign_in_chosen", words.chosen, "new-password", words.passwordHint(passwordLength))}
      ${field("sign_in_again", words.again, "new-password")}
      ${keptFields(visit, kept)}
      <button class="btn btn-primary" type="submit">${visit.words.common.save}</button>
    </form>
    ${
      visit.officer === null
        ? ""
        : html`<p>
            <a href="/office/profile">${words.toProfile}</a>
          </p>`
    }
  </div>`;
  visit.context.header("cache-control", "no-store");
  const page = { title: words.newPassword, body, status, faulty: Object.keys(faults).length > 0 };
  return mustChange ? publicPage(visit, names, page) : officePage(visit, names, page);
}
