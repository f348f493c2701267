import type { ContentfulStatusCode } from "hono/utils/http-status";
import { dayOf } from "#platform/instant";
import { countSealed } from "#intake/sealed-reports";
import { isReceiver } from "#limits/receivers";
import type { Directory } from "#publication/directory";
import { countWaiting, ENOUGH, type WaitingCounts } from "#office/tasks";
import { html, type Html } from "#doors/web/html";
import { mayOpen } from "#doors/web/route";
import { nameOf, type Visit } from "#doors/web/visit";
import { document } from "./layout.ts";
import { languageSwitch } from "./view-switches.ts";

/** The sidebar's entries in their order; each stands there only for officers whose duties open its page. */
const OFFICE_ENTRIES = [
  ["today", "/office"],
  ["inbox", "/office/inbox"],
  ["sealed", "/office/sealed"],
  ["calls", "/office/calls/new"],
  ["callbacks", "/office/callbacks"],
  ["ledger", "/office/ledger"],
  ["monday", "/office/monday"],
  ["campaigns", "/office/campaigns"],
  ["town", "/office/people/town"],
  ["people", "/office/people"],
  ["units", "/office/people/units"],
  ["villages", "/office/people/villages"],
  ["categories", "/office/rules/categories"],
  ["answers", "/office/rules/answers"],
  ["receivers", "/office/rules/receivers"],
  ["calendar", "/office/rules/calendar"],
  ["policy", "/office/rules/policy"],
  ["log", "/office/log"],
  ["profile", "/office/profile"],
  ["help", "/office/help"],
] as const;

export type OfficeEntry = (typeof OFFICE_ENTRIES)[number][0];

export type OfficeParts = {
  readonly title: string;
  /** The page's content with its one h1; `officeHead` writes it as the office does. */
  readonly body: Html;
  /** The sidebar entry this page belongs to. */
  readonly at?: OfficeEntry;
  readonly status?: ContentfulStatusCode;
  readonly faulty?: boolean;
  readonly head?: Html;
  /** The sidebar's counts, when the page has read them already. */
  readonly waiting?: WaitingCounts;
};

/** A page of the office: the ink sidebar (a top bar with a menu on phones) and the content. Never kept by a browser or a proxy. */
export async function officePage(visit: Visit, names: Directory, parts: OfficeParts): Promise<Response> {
  const { common, office } = visit.words;
  const town = nameOf(visit, names.town);
  const waiting =
    parts.waiting ?? (visit.officer === null ? null : await countWaiting(visit.town, visit.officer, visit.at, dayOf(visit.at)));
  const entries = entriesOf(visit, names);
  const sealed =
    visit.officer === null || !isAnyReceiver(visit, names) ? null : await countSealed(visit.town, visit.officer, visit.at, ENOUGH);
  const links = html`<ul>
    ${entries.map(([entry, href]) => entryLink(visit, [entry, href], entry === parts.at, { ...waiting, sealed: sealed?.waiting }))}
  </ul>`;
  const person = personOf(visit, names);
  const body = html`<a class="visually-hidden-focusable" href="#main">${common.skip}</a>
    <div class="office">
      <header class="office-bar">
        <a class="office-brand" href="/office">
          <span class="mark" aria-hidden="true">三问</span>
          <b class="serif">${town}</b>
        </a>
        <details class="office-menu">
          <summary>${office.frame.menu}</summary>
          <nav aria-label="${office.frame.menu}">${links}</nav>
          ${person}
        </details>
      </header>
      <aside class="office-side">
        <a class="office-brand" href="/office">
          <span class="mark" aria-hidden="true">三问</span>
          <b class="serif">${town}</b>
        </a>
        <nav aria-label="${office.frame.name}">${links}</nav>
        ${person}
      </aside>
      <main id="main" class="office-main" tabindex="-1">${parts.body}</main>
    </div>`;
  visit.context.header("cache-control", "no-store");
  const head = html`<meta name="turbo-cache-control" content="no-cache">${parts.head ?? ""}`;
  return document(visit, {
    title: `${parts.title} · ${office.frame.name} · ${town}`,
    body,
    head,
    style: "office.css",
    script: "office.js",
    ...(parts.status === undefined ? {} : { status: parts.status }),
    ...(parts.faulty === true ? { faulty: true } : {}),
  });
}

/** The heading of an office page: the title, a line under it, and what may be done from here. */
export function officeHead(title: string, under: Html | string, actions: Html | string = ""): Html {
  return html`<div class="office-head">
    <div>
      <h1>${title}</h1>
      <p class="office-under">${under}</p>
    </div>
    <div class="office-actions">${actions}</div>
  </div>`;
}

/** A table of the office. Where every line ends in a way to open it, that last column's name is only read aloud. */
export function officeTable(heads: readonly string[], rows: readonly Html[], open = ""): Html {
  const last =
    open === ""
      ? ""
      : html`<th scope="col">
          <span class="visually-hidden">${open}</span>
        </th>`;
  return html`<div class="card office-table">
    <table class="table">
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}${last}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** The name of a column by which the list can be put in order; `is` when it is, and `href` leads to the other order. */
export function sortedHead(name: string, href: string, is: "ascending" | "descending" | null): Html {
  const link = html`<a href="${href}">${name}</a>`;
  if (is === null) return html`<th scope="col">${link}</th>`;
  return html`<th scope="col" aria-sort="${is}">
    ${link}<span aria-hidden="true">${is === "descending" ? "↓" : "↑"}</span>
  </th>`;
}

/** What waits, a row each, named by its caption; each row's last cell leads to it. A head that orders the list brings its own cell. */
export function queueTable(caption: string, heads: readonly (string | Html)[], open: string, rows: readonly Html[]): Html {
  return html`<div class="card office-table">
    <div class="table-responsive">
      <table class="table table-vcenter card-table">
        <caption class="visually-hidden">
          ${caption}
        </caption>
        <thead>
          <tr>
            ${heads.map((head) => (typeof head === "string" ? html`<th scope="col">${head}</th>` : head))}
            <th scope="col">
              <span class="visually-hidden">${open}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </div>`;
}

/** The way to open what a line of a table is about; the link names it for whoever only hears it. */
export function openCell(href: string, words: string, name: string): Html {
  return html`<td class="office-open">
    <a href="${href}">${words}<span class="visually-hidden"> ${name}</span></a>
  </td>`;
}

/** A bounded count as shown: `99+` when there are more than anybody would count. */
export function countWords(count: number): string {
  return count >= ENOUGH ? `${ENOUGH - 1}+` : String(count);
}

/** What the officer's duties open, in the order of the sidebar. */
export function entriesOf(visit: Visit, names: Directory) {
  return OFFICE_ENTRIES.filter(([entry, href]) => (entry === "sealed" ? isAnyReceiver(visit, names) : mayOpen(visit, `GET ${href}`)));
}

/** Sealed reports have no entry, no number and no page for whoever receives none. */
export function isAnyReceiver({ officer }: Visit, names: Directory): boolean {
  if (officer === null) return false;
  const isOne = (receivers: readonly string[], forSecretary: boolean) => isReceiver(officer, { receivers, forSecretary });
  return isOne([], true) || [...names.receivers.values()].some((receivers) => isOne(receivers, false));
}

/** What the entries count; nothing where nobody is signed in, or nothing of the kind comes to whoever is. */
type Counts = Partial<WaitingCounts> & { readonly sealed: number | undefined };

function entryLink(visit: Visit, [entry, href]: readonly [OfficeEntry, string], here: boolean, waiting: Counts): Html {
  const count = countedAt(entry, waiting);
  const number =
    count === undefined || count === 0
      ? ""
      : html`<span class="office-count"
          >${countWords(count)}<span class="visually-hidden"> ${visit.words.office.frame.waiting}</span></span>`;
  return html`<li>
    ${
      here
        ? html`<a href="${href}" aria-current="page">${visit.words.office.entries[entry]}${number}</a>`
        : html`<a href="${href}">${visit.words.office.entries[entry]}${number}</a>`
    }
    ${entry === "inbox" ? addedLink(visit, waiting.words ?? 0) : ""}
  </li>`;
}

function countedAt(entry: OfficeEntry, waiting: Counts): number | undefined {
  if (entry === "today") return waiting.mine;
  if (entry === "inbox") return waiting.reports;
  if (entry === "sealed") return waiting.sealed;
  return entry === "callbacks" ? waiting.callBacks : undefined;
}

/** What was added is another list than what waits for a decision. */
function addedLink(visit: Visit, count: number): Html {
  if (count === 0) return html``;
  return html`<a class="office-added" href="/office/inbox?status=added">
    <span class="office-count">${visit.words.office.frame.addedTo(countWords(count))}</span>
  </a>`;
}

function personOf(visit: Visit, names: Directory): Html {
  const { office } = visit.words;
  const { officer } = visit;
  if (officer === null) return html``;
  return html`<div class="office-person">
    <p>
      <a href="/office/profile">${officer.name}</a>
      <span>${nameOf(visit, names.units.get(officer.unit))}</span>
    </p>
    <div class="office-person-acts">
      <a href="/office/password">${office.frame.password}</a>${languageSwitch(visit)}
      <a href="/">${office.frame.publicSide}</a>
      <form method="post" action="/office/sign-out" data-turbo="false">
        <button class="office-plain" type="submit">${office.frame.signOut}</button>
      </form>
    </div>
  </div>`;
}
