import type { ContentfulStatusCode } from "hono/utils/http-status";
import { DEMO_PASSWORD } from "#people/demo-password";
import { listOfficers, type OfficerAccount } from "#people/queries";
import { html, type Html } from "#doors/web/html";
import { faultSummary, lineField, type Faults, type Typed } from "#doors/web/ui/field";
import { publicPage } from "#doors/web/ui/layout";
import type { Visit } from "#doors/web/visit";
import { keptFields, type KeptForm } from "#doors/web/kept-form";
import { onTheWay, type WayIn } from "./way-in.ts";

export type SignInView = {
  readonly way: WayIn;
  readonly kept: KeptForm;
  readonly typed: Typed;
  readonly faults: Faults;
  readonly status: ContentfulStatusCode;
};

/** The sign-in page. What was being sent stands in it; a demo town lists its officers, a real one never does. */
export async function signInPage(visit: Visit, view: SignInView): Promise<Response> {
  const words = visit.words.people.signIn;
  const names = await visit.names();
  const officers = names.town.demo ? (await listOfficers(visit.town)).filter((officer) => officer.disabledAt === null) : [];
  const note =
    view.way.sends && view.status === 401 && Object.keys(view.faults).length === 0
      ? html`<div class="alert alert-warning">
          <p>${view.kept.fields.length > 0 ? words.kept : words.notKept}</p>
        </div>`
      : "";
  const login = { name: "sign_in_login", label: words.login, autocomplete: "username" };
  const password = { name: "sign_in_password", label: words.password, type: "password", autocomplete: "current-password" } as const;
  const body = html`<div class="narrow">
    ${faultSummary(visit, view.faults)}
    <h1>${words.title}</h1>
    ${note}
    <form
      method="post"
      action="${onTheWay("/office/sign-in", view.way)}"
      data-turbo="false"
      ${view.kept.files.length > 0 ? html`enctype="multipart/form-data"` : ""}
    >
      ${lineField(visit, { ...login, typed: view.typed, faults: view.faults })}
      ${lineField(visit, { ...password, typed: {}, faults: view.faults })}
      ${keptFields(visit, view.kept)}
      <button class="btn btn-primary btn-lg" type="submit">${words.enter}</button>
    </form>
    ${byProvider(visit, view)}
    <p class="hint">${words.forgotten}</p>
    ${officers.length === 0 ? "" : demoOfficers(visit, view, officers)}
  </div>`;
  visit.context.header("cache-control", "no-store");
  const faulty = Object.keys(view.faults).length > 0;
  return publicPage(visit, names, { title: words.title, body, status: view.status, faulty, style: "office.css" });
}

/** Another way in, where the deployment has one; what was being sent cannot go that way. */
function byProvider(visit: Visit, view: SignInView): Html {
  if (visit.program.identityProvider === null || view.kept.fields.length > 0) return html``;
  const href = `/office/sign-in/provider?to=${encodeURIComponent(view.way.to)}`;
  return html`<p>
    <a class="btn btn-lg" href="${href}" data-turbo="false">${visit.words.people.signIn.byProvider}</a>
  </p>`;
}

/** One tap for each officer of the demo town: the password is the same for all and known to everybody. */
function demoOfficers(visit: Visit, view: SignInView, officers: readonly OfficerAccount[]): Html {
  const words = visit.words.people;
  const one = (officer: OfficerAccount) =>
    html`<tr>
      <th scope="row">${officer.name}</th>
      <td>${officer.login}</td>
      <td>${[...officer.duties].map((duty) => words.duties[duty]).join(visit.words.events.list)}</td>
      <td class="office-open">
        <form method="post" action="${onTheWay("/office/sign-in", view.way)}" data-turbo="false">
          <input type="hidden" name="sign_in_login" value="${officer.login}">
          <input
            type="hidden"
            name="sign_in_password"
            value="${DEMO_PASSWORD}"
          >${view.kept.files.length > 0 ? "" : keptFields(visit, view.kept)}
          <button class="btn btn-sm" type="submit">${words.signIn.enterAs(officer.name)}</button>
        </form>
      </td>
    </tr>`;
  return html`<section class="card office-table demo-officers" aria-labelledby="demo-officers">
    <div class="card-body">
      <h2 id="demo-officers">${words.signIn.demoTitle}</h2>
      <p>${words.signIn.demoHint} <code>${DEMO_PASSWORD}</code></p>
    </div>
    <table class="table">
      <thead>
        <tr>
          <th scope="col">${words.officers.name}</th>
          <th scope="col">${words.signIn.login}</th>
          <th scope="col">${words.officers.duties}</th>
          <th scope="col">
            <span class="visually-hidden">${words.signIn.enter}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        ${officers.map(one)}
      </tbody>
    </table>
  </section>`;
}
