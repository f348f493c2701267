import { addDays, dayOf } from "#platform/instant";
import { may } from "#people/capability";
import { listAsked } from "#people/temporary-password";
import { countOverdue } from "#vault/holdings";
import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { dayWords } from "#doors/web/ui/day";
import { entriesOf, officeHead, officePage } from "#doors/web/ui/office";
import { nameOf, type Visit } from "#doors/web/visit";
import { adminLines } from "./admin-lines.ts";
import { sealedNote } from "./sealed/sealed-note.ts";
import { openingCard } from "./people/opening.ts";

/** What the three hands (accounts, duties, the log) see first: their own pages, and nothing of reports or problems. */
export async function adminPage(visit: Visit, names: Directory): Promise<Response> {
  const { office } = visit.words;
  const pages = entriesOf(visit, names).filter(([entry]) => entry !== "today");
  const under = html`${dayWords(visit, dayOf(visit.at))} · ${nameOf(visit, names.units.get(visit.officer?.unit ?? ""))}
  ${visit.officer?.name ?? ""}`;
  const overdue = await countOverdue(visit.town, addDays(dayOf(visit.at), -1));
  const warning =
    overdue === 0
      ? ""
      : html`<div class="alert alert-warning" role="status">
          <p>${office.today.eraseOverdue(overdue)}</p>
        </div>`;
  const body = html`${officeHead(office.today.title, under)} ${await sealedNote(visit, names)} ${await openingCard(visit, names)} ${warning}
    ${await waitingPasswords(visit, names)} ${await adminLines(visit, names)}
    <div class="card office-pages">
      <h2>${office.today.adminTitle}</h2>
      <p>${office.today.adminHint}</p>
      <ul>
        ${pages.map(
          ([entry, href]) =>
            html`<li>
              <a href="${href}">${office.entries[entry]}</a>
            </li>`,
        )}
      </ul>
    </div>`;
  return officePage(visit, names, { title: office.today.title, body, at: "today" });
}

/** What waits for a security administrator: temporary passwords that were asked for. */
async function waitingPasswords(visit: Visit, names: Directory): Promise<Html> {
  if (visit.officer === null || !may(visit.officer, "keep-duties")) return html``;
  const asked = await listAsked(visit.town, visit.at);
  if (asked.length === 0) return html``;
  return html`<div class="alert alert-warning" role="status">
    <p>
      ${visit.words.office.today.passwordsWait(asked.length)}
      <a href="/office/people/together">${visit.words.people.together.title}</a>
    </p>
    <ul>
      ${asked.map(
        ({ account }) =>
          html`<li>
            <a href="/office/people/${account}">${names.officers.get(account)?.name ?? account}</a>
          </li>`,
      )}
    </ul>
  </div>`;
}
