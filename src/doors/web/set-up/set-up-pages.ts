import type { ContentfulStatusCode } from "hono/utils/http-status";
import { html, type Html } from "#doors/web/html";
import { faultSummary, lineField, type Faults, type Typed } from "#doors/web/ui/field";
import { barePage } from "#doors/web/ui/bare-page";
import { slipList } from "#doors/web/ui/slips";
import type { Visit } from "#doors/web/visit";
import { HANDS, type FirstOfficer } from "./set-up-town.ts";

export type SetUpView = { readonly typed: Typed; readonly faults: Faults; readonly status: ContentfulStatusCode };

export function formPage(visit: Visit, token: string, view: SetUpView): Response {
  const words = visit.words.people.setUp;
  const { typed, faults } = view;
  const field = (name: string, label: string, hint?: string) =>
    lineField(visit, { name, label, typed, faults, ...(hint === undefined ? {} : { hint }) });
  const people = HANDS.map((hand) => {
    const [label, does] = words.hands[hand];
    return html`<fieldset class="office-each">
      <legend>${label}<span class="optional">（${does}）</span></legend>
      ${field(`${hand}_name`, words.nameOf(label))}
      ${field(`${hand}_login`, words.loginOf(label), visit.words.people.officers.loginHint)}
    </fieldset>`;
  });
  const send = `/set-up?token=${encodeURIComponent(token)}`;
  return bare(
    visit,
    words.title,
    view,
    html`${faultSummary(visit, faults)}
      <h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      <form method="post" action="${send}">
        <h2>${words.townTitle}</h2>
        ${field("nameZh", words.nameZh, words.nameZhHint)}
        ${lineField(visit, { name: "nameEn", label: words.nameEn, hint: words.nameEnHint, required: false, typed, faults })}
        ${field("prefix", words.prefix, words.prefixHint)}
        ${field("unit", words.unit, words.unitHint)}
        <h2>${words.peopleTitle}</h2>
        <p>${words.peopleHint}</p>
        ${people}
        <button class="btn btn-primary btn-lg" type="submit">${words.begin}</button>
      </form>
      <section class="card office-panel" aria-labelledby="demo">
        <h2 id="demo">${words.lookAround}</h2>
        <p>${words.lookAroundHint}</p>
        <form method="post" action="/set-up/demo?token=${encodeURIComponent(token)}">
          <button class="btn" type="submit">${words.loadDemo}</button>
        </form>
      </section>`,
  );
}

/** The passwords, this once: a reload finds the town and says so. */
export function donePage(visit: Visit, town: string, officers: readonly FirstOfficer[]): Response {
  const { setUp: words, slips } = visit.words.people;
  const each = officers.map(({ name, login, hand, password }) => ({
    name: `${name} · ${words.hands[hand][0]}`,
    login,
    label: words.password,
    text: password,
    how: words.how,
  }));
  return bare(
    visit,
    words.doneTitle,
    { status: 200, faults: {} },
    html`<h1>${words.doneTitle}</h1>
      <p class="lead">${words.doneHint}</p>
      <p>
        <print-page data-label="${slips.print(each.length)}"></print-page>
      </p>
      ${slipList(visit, town, each)}
      <p class="hint">${words.lost}</p>
      <p class="no-print">
        <a class="btn btn-primary btn-lg" href="/office/sign-in">${words.toSignIn}</a>
      </p>`,
  );
}

/** The link was used already: whoever set the town up signs in. */
export function usedPage(visit: Visit): Response {
  const words = visit.words.people.setUp;
  return bare(
    visit,
    words.usedTitle,
    { status: 410, faults: {} },
    html`<h1>${words.usedTitle}</h1>
      <p class="lead">${words.usedHint}</p>
      <p>
        <a class="btn btn-primary btn-lg" href="/office/sign-in">${words.toSignIn}</a>
      </p>`,
  );
}

export function closedPage(visit: Visit): Response {
  const words = visit.words.people.setUp;
  return bare(
    visit,
    words.closedTitle,
    { status: 403, faults: {} },
    html`<h1>${words.closedTitle}</h1>
      <p class="lead">${words.closedHint}</p>`,
  );
}

function bare(visit: Visit, title: string, view: Pick<SetUpView, "status" | "faults">, content: Html): Response {
  return barePage(visit, { title, status: view.status, faulty: Object.keys(view.faults).length > 0, content, style: "office.css" });
}
