import { DUTIES } from "#people/officer";
import type { Directory } from "#publication/directory";
import type { HelpedRole } from "#words/zh/office-help";
import { html, type Html } from "#doors/web/html";
import { mayOpen, route } from "#doors/web/route";
import { isAnyReceiver, officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { helpPicture } from "./help-pictures.ts";
import { keyList } from "./inbox/triage-keys.ts";
import { signedIn } from "./officer-form.ts";

export const helpRoutes = [route("GET /office/help", { who: "officer", kind: "page" }, showHelp)];

const ROLES: readonly HelpedRole[] = [...DUTIES, "receiver"];

type Where = `/${string}`;

/** Where each of the five steps is done, for whoever may open that page; null where it is done on the page of a problem or report. */
const WHERE: Record<HelpedRole, readonly (Where | null)[]> = {
  clerk: ["/office", "/office/inbox", "/office/calls/new", "/office/inbox", "/office/callbacks"],
  handler: ["/office", null, null, null, null],
  leader: ["/office", null, null, null, null],
  office: ["/office/ledger", "/office", "/office/ledger", null, null],
  verifier: ["/office", null, null, "/office", "/office"],
  secretary: ["/office", "/office", "/office/campaigns", "/office/monday", "/office/sealed"],
  system_admin: ["/office", "/office/people", "/office/people/together", "/office/rules/calendar", "/office/opening"],
  security_admin: ["/office", "/office/people/together", "/office/people/together", "/office/people", "/office/rules/policy"],
  auditor: ["/office", "/office", "/office/log", "/office/log", "/office"],
  receiver: ["/office/sealed", null, null, null, null],
};

/** How the office is used: a part for each duty, those of the reader open and first. */
async function showHelp(visit: Visit): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.office.help;
  const [mine, others] = [true, false].map((isMine) => ROLES.filter((role) => isTheirs(visit, names, role) === isMine));
  const keys = html`<section class="card office-panel help-keys" aria-labelledby="help-keys">
    <h2 id="help-keys">${words.keysTitle}</h2>
    <p class="office-note">${words.keysHint}</p>
    ${keyList(visit)}
  </section>`;
  const body = html`${officeHead(words.title, words.under, html`<a class="btn" href="/help">${words.more}</a>`)}
    ${partsOf(visit, names, words.yours, mine ?? [], true)}
    ${mayOpen(visit, "GET /office/inbox") ? keys : ""}
    ${partsOf(visit, names, words.others, others ?? [], false)}`;
  return officePage(visit, names, { title: words.title, at: "help", body });
}

function isTheirs(visit: Visit, names: Directory, role: HelpedRole): boolean {
  return role === "receiver" ? isAnyReceiver(visit, names) : signedIn(visit).duties.has(role);
}

function partsOf(visit: Visit, names: Directory, title: string, roles: readonly HelpedRole[], isOpen: boolean): Html {
  if (roles.length === 0) return html``;
  return html`<section class="help">
    <h2>${title}</h2>
    ${roles.map((role) => part(visit, names, role, isOpen))}
  </section>`;
}

function part(visit: Visit, names: Directory, role: HelpedRole, isOpen: boolean): Html {
  const words = visit.words.office.help;
  const { day, steps, terms } = words.roles[role];
  const name = role === "receiver" ? words.receiver : visit.words.people.duties[role];
  return html`<details class="card help-part" id="${role}" ${isOpen ? "open" : ""}>
    <summary>
      <h3>${name}</h3>
    </summary>
    <div class="help-day">
      ${helpPicture(role)}
      <p>${day}</p>
    </div>
    <h4>${words.steps}</h4>
    <ol>
      ${steps.map(([what, how], i) => step(what, how, opened(visit, names, WHERE[role][i] ?? null)))}
    </ol>
    <h4>${words.terms}</h4>
    <dl class="facts">
      ${terms.map(
        ([term, meaning]) =>
          html`<dt>${term}</dt>
            <dd>${meaning}</dd>`,
      )}
    </dl>
  </details>`;
}

/** Sealed reports have no page for whoever receives none. */
function opened(visit: Visit, names: Directory, where: Where | null): Where | null {
  if (where === null) return null;
  const opens = where === "/office/sealed" ? isAnyReceiver(visit, names) : mayOpen(visit, `GET ${where}`);
  return opens ? where : null;
}

function step(what: string, how: string, where: Where | null): Html {
  const named = where === null ? what : html`<a href="${where}">${what}</a>`;
  return html`<li><b>${named}</b> ${how}</li>`;
}
