import { nextWorkingDay } from "#limits/calendar";
import { dayOf, type Day } from "#platform/instant";
import { countInbox, InboxFilter, listInbox, listReports, mayBeOrdered, orderOf, type InboxEntry, type InboxOrder } from "#intake/inbox";
import { findReportByCode } from "#intake/queries";
import { CHANNELS, REPORT_STATUSES } from "#intake/report";
import { SearchByPhone, searchByPhone } from "#intake/search-by-phone";
import type { ListView } from "#office/list-views";
import type { Directory } from "#publication/directory";
import { namesFoundIn } from "#publication/names-found";
import { parse, readForm } from "#doors/web/form";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { html, type Html } from "#doors/web/html";
import { categoryOptions } from "#doors/web/office/calls/call-form";
import { doneNote } from "./done-note.ts";
import { askedOf, filterOf, inboxAddress, reportAddress } from "./filter-address.ts";
import { newWordsMark } from "./new-words.ts";
import { keysHelp } from "./triage-keys.ts";
import { reasonFields } from "./reason-fields.ts";
import { signedIn } from "#doors/web/office/officer-form";
import { replyDue, replyLamp } from "#doors/web/office/reply-lamp";
import { sendView, viewNamed } from "#doors/web/office/views/view-pages";
import { forgetForm, saveForm, viewLinks } from "#doors/web/office/views/view-parts";
import { mayOpen, route } from "#doors/web/route";
import { categoryWords } from "#doors/web/ui/category";
import { instantWords } from "#doors/web/ui/day";
import { faultSummary, lineField, selectField, type Faults, type Option, type Typed } from "#doors/web/ui/field";
import { officeHead, officePage, queueTable, sortedHead } from "#doors/web/ui/office";
import { whereWords } from "#doors/web/ui/where";
import type { Visit } from "#doors/web/visit";

export const inboxRoutes = [
  route("GET /office/inbox", { who: "triage", kind: "page" }, inbox),
  route("POST /office/inbox/search", { who: "triage", kind: "act" }, search),
  route("POST /office/inbox/by-phone", { who: "triage", kind: "act" }, byPhone),
  route("POST /office/inbox/views", { who: "triage", kind: "act" }, saveList),
];

async function inbox(visit: Visit): Promise<Response> {
  return listed(visit, filterOf(visit), FRESH, await viewNamed(visit, visit.context.req.query("view")));
}

/** Keeps the list that was open under a name, and opens it there. */
function saveList(visit: Visit): Promise<Response> {
  return sendView(visit, "inbox", (drawn) => {
    const asked = Object.fromEntries(new URLSearchParams(drawn.typed["query"]));
    return listed(visit, { ...InboxFilter.parse(asked), q: "" }, drawn, null);
  });
}

/**
 * By words, or by receipt code: whoever holds a code speaks as the reporter, and words may name somebody. Sent as a form's body they
 * stand in no history, no proxy's log, and no link of the page.
 */
async function search(visit: Visit): Promise<Response> {
  const { typed } = await readForm(visit);
  const filter = InboxFilter.parse(typed);
  if (filter.q === "") return visit.context.redirect(inboxAddress(filter, turnedTo(filter.before)), 303);
  const coded = await findReportByCode(visit.town, filter.q);
  return coded === null ? listed(visit, filter, FRESH, null) : visit.context.redirect(reportAddress(filter, coded.id), 303);
}

async function listed(visit: Visit, filter: InboxFilter, { typed, faults, status }: Drawn, view: ListView | null): Promise<Response> {
  const names = await visit.names();
  const { reports, next } = await listInbox(visit.town, filter, namesFoundIn(names));
  const nextDay = await nextWorkingDay(visit.town, dayOf(visit.at));
  const { inbox: words, today } = visit.words.office;
  const register = mayOpen(visit, "GET /office/calls/new") ? html`<a class="btn" href="/office/calls/new">${today.register}</a>` : "";
  const actions = html`${begin(visit, filter, reports)} ${register}`;
  const empty = html`<div class="card office-empty">
    <h2>${words.empty}</h2>
    <p>${words.emptyHint}</p>
  </div>`;
  const title = view === null ? words.title : view.name;
  const body = html`${faultSummary(visit, faults)}
  ${officeHead(title, words.under, actions)}
  ${await doneNote(visit, filter, null)}
  ${dueNote(visit, filter)}
  ${filterForm(visit, names, filter)}
  ${await viewsPanel(visit, filter, view, { typed, faults })}
  ${phoneForm(visit, {}, {})}
  ${reports.length === 0 ? empty : await howMany(visit, filter)}
  ${reports.length === 0 ? "" : table({ visit, names, filter, nextDay }, reports)}
  ${turn(visit, filter, next)}
  ${keysHelp(visit)}`;
  return officePage(visit, names, { title, body, at: "inbox", status, faulty: Object.keys(faults).length > 0 });
}

/** The officer's views; and, but for what is searched for, which stands in no address, a name to keep the list under. */
async function viewsPanel(visit: Visit, filter: InboxFilter, view: ListView | null, drawn: Pick<Drawn, "typed" | "faults">): Promise<Html> {
  const links = await viewLinks(visit, "inbox", view);
  if (filter.q !== "") return links;
  const query = new URLSearchParams(askedOf(filter)).toString();
  return html`${links}
    <details class="office-views" ${Object.keys(drawn.faults).length > 0 ? html`open` : ""}>
      <summary>${visit.words.office.views.save}</summary>
      ${saveForm(visit, { list: "inbox", query, ...drawn })} ${forgetForm(visit, view)}
    </details>`;
}

/** How many there are; of a search by words nobody knows. */
async function howMany(visit: Visit, filter: InboxFilter): Promise<Html> {
  const words = visit.words.office.inbox;
  if (filter.q !== "") return html``;
  const { count, isExact } = await countInbox(visit.town, filter);
  return html`<p class="tally">${isExact ? words.total(count) : words.atLeast(count)}</p>`;
}

/** Another search stays within the days that the list was opened for, and in its order. */
function dueFields({ dueAfter, dueBy, order }: InboxFilter): Html {
  const asked = Object.entries({ dueAfter, dueBy, order }).filter(([, value]) => value !== null);
  return html`${asked.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;
}

/** The first of the list, from where one decision leads to the next. */
function begin(visit: Visit, filter: InboxFilter, [first]: readonly InboxEntry[]): Html {
  if (first === undefined) return html``;
  return html`<a class="btn btn-primary" href="${reportAddress(filter, first.id)}" data-key="KeyJ">
    ${visit.words.office.inbox.begin} <kbd class="office-key">j</kbd>
  </a>`;
}

/** A caller who lost the receipt is found by number. Sent as a form's body, so that the number stands in no address and no log. */
async function byPhone(visit: Visit): Promise<Response> {
  const { typed } = await readForm(visit);
  const names = await visit.names();
  const { inbox: words } = visit.words.office;
  const { value, faults } = parse(visit, SearchByPhone, typed);
  const reports = value === null ? [] : await listReports(visit.town, await searchByPhone(visit.town, signedIn(visit), visit.at, value));
  const found =
    reports.length === 0
      ? html`<div class="card office-empty">
          <p>${words.noneByPhone}</p>
        </div>`
      : table({ visit, names, filter: null, nextDay: await nextWorkingDay(visit.town, dayOf(visit.at)) }, reports);
  const body = html`${officeHead(words.byPhone, words.byPhoneHint, html`<a class="btn" href="/office/inbox">${words.title}</a>`)}
  ${faultSummary(visit, faults ?? {})}
  ${phoneForm(visit, typed, faults ?? {})}
  ${value === null ? "" : found}`;
  return officePage(visit, names, {
    title: words.byPhone,
    body,
    at: "inbox",
    faulty: faults !== null,
    ...(faults === null ? {} : { status: 422 }),
  });
}

function phoneForm(visit: Visit, typed: Typed, faults: Faults): Html {
  const { inbox: words } = visit.words.office;
  return html`<form class="office-filter" method="post" action="/office/inbox/by-phone" data-turbo="false">
    ${lineField(visit, { name: "phone", label: words.byPhone, type: "tel", typed, faults, autocomplete: "off" })}
    ${reasonFields(visit, typed, faults)}
    <button class="btn" type="submit">${words.find}</button>
  </form>`;
}

/** A figure of today opened onto exactly what it counts: by when those of the list are to be answered. */
function dueNote(visit: Visit, { dueBy }: InboxFilter): Html {
  if (dueBy === null) return html``;
  const { inbox: words } = visit.words.office;
  return html`<p class="office-note">
    ${words.dueBy.before}${replyDue(visit, new Date(dueBy))}${words.dueBy.after}
    <a href="/office/inbox">${words.clear}</a>
  </p>`;
}

function filterForm(visit: Visit, names: Directory, filter: InboxFilter): Html {
  const { inbox: words } = visit.words.office;
  const typed = { status: filter.status, channel: filter.channel ?? "", category: filter.category ?? "" };
  const statuses: readonly Option[] = [
    ...REPORT_STATUSES.map((status) => ({ value: status, label: words.statuses[status] })),
    { value: "added", label: words.addedNew },
    { value: "disputed", label: words.disputedNew },
    { value: "all", label: words.anyStatus },
  ];
  const channels = CHANNELS.map((channel) => ({ value: channel, label: visit.words.common.channels[channel] }));
  const categories = [{ value: "undecided", label: visit.words.common.undecided }, ...categoryOptions(visit, names)];
  const field = (name: string, label: string) => ({ name, label, typed, faults: {} });
  return html`<form class="office-filter" method="post" action="/office/inbox/search" role="search" data-turbo="false">
    ${selectField(visit, { ...field("status", words.status), options: statuses })}
    ${selectField(visit, { ...field("channel", words.channel), options: channels, none: words.anyChannel })}
    ${selectField(visit, { ...field("category", words.category), options: categories, none: words.anyCategory })}
    <div class="field field-wide">
      <label class="form-label" for="f-q">${words.search} · ${words.searchHint} <kbd class="office-key">/</kbd></label>
      <input class="form-control" id="f-q" name="q" type="search" value="${filter.q}" maxlength="100" autocomplete="off" data-key="Slash">
    </div>
    ${dueFields(filter)}
    <button class="btn" type="submit">${words.find}</button>
    <a class="btn btn-link" href="/office/inbox">${words.clear}</a>
  </form>`;
}

/** What the rows of the list are drawn from. */
type Listed = {
  readonly visit: Visit;
  readonly names: Directory;
  /** Null where the reports are no list of the inbox: they stand in one order. */
  readonly filter: InboxFilter | null;
  readonly nextDay: Day;
};

function table(listed: Listed, reports: readonly InboxEntry[]): Html {
  const { visit, filter } = listed;
  const { inbox: words } = visit.words.office;
  const isInOrder = filter !== null && mayBeOrdered(filter);
  const [received, reply] = isInOrder ? [receivedHead(visit, filter), replyHead(visit, filter)] : [words.received, words.reply];
  const heads = [received, words.what, words.category, words.where, words.channel, reply];
  return queueTable(
    words.caption,
    heads,
    words.open,
    reports.map((report) => row(listed, report)),
  );
}

/** By when they came in: the newest first, pressed again the oldest. */
function receivedHead(visit: Visit, filter: InboxFilter): Html {
  const order = orderOf(filter);
  const is = order === "newest" ? "descending" : order === "oldest" ? "ascending" : null;
  return sortedHead(visit.words.office.inbox.received, inOrder(filter, order === "newest" ? "oldest" : "newest"), is);
}

/** Only of what waits is a first reply to come. */
function replyHead(visit: Visit, filter: InboxFilter): Html | string {
  const name = visit.words.office.inbox.reply;
  return filter.status === "received" ? sortedHead(name, inOrder(filter, "due"), orderOf(filter) === "due" ? "ascending" : null) : name;
}

/** The usual order needs no word in the address. */
function inOrder(filter: InboxFilter, order: InboxOrder): string {
  const usual = orderOf({ ...filter, order: null });
  return inboxAddress({ ...filter, order: order === usual ? null : order });
}

function row({ visit, names, filter, nextDay }: Listed, report: InboxEntry): Html {
  const { inbox: words } = visit.words.office;
  const waiting = report.status === "received";
  const address = reportAddress(filter ?? InboxFilter.parse({}), report.id);
  return html`<tr>
    <td class="office-nowrap" data-label="${words.received}">${instantWords(visit, report.receivedAt)}</td>
    <th scope="row" class="office-what serif">
      ${report.title}${report.photoCount === 0 ? "" : html` <small class="office-mark">${words.photoCount(report.photoCount)}</small>`}
      ${newWordsMark(visit, report)}
    </th>
    <td data-label="${words.category}">${categoryWords(visit, names, report.category)}</td>
    <td data-label="${words.where}">${whereWords(visit, names, report) ?? "—"}</td>
    <td class="office-nowrap" data-label="${words.channel}">${visit.words.common.channels[report.channel]}</td>
    <td class="office-due" data-label="${words.reply}">
      ${waiting ? replyLamp(visit, report.firstReplyDueAt, nextDay) : becameOf(visit, report)}
    </td>
    <td class="office-open">
      <a href="${address}" aria-label="${words.openTitled(report.title)}">${waiting ? words.open : words.look}</a>
    </td>
  </tr>`;
}

/** What became of a report that waits no more, and the problem it led to. */
function becameOf(visit: Visit, { status, problemNumber }: InboxEntry): Html {
  const became = visit.words.office.inbox.statuses[status];
  return problemNumber === null ? html`${became}` : html`${became} <a href="/office/ledger/${problemNumber}">${problemNumber}</a>`;
}

/** The next page follows the last report of this one: whatever arrives meanwhile moves nothing. */
function turn(visit: Visit, filter: InboxFilter, next: string | null): Html {
  const { inbox: words } = visit.words.office;
  const first = filter.before === null ? "" : way(filter, null, words.newest);
  const then = next === null ? "" : way(filter, next, words.older);
  return html`<nav class="office-turn" aria-label="${words.title}">${first}${then}</nav>`;
}

/** A link; of a search by words a form, which carries them in its body. */
function way(filter: InboxFilter, before: string | null, label: string): Html {
  const rel = before === null ? "" : html`rel="next"`;
  if (filter.q === "") return html`<a class="btn" href="${inboxAddress(filter, turnedTo(before))}" ${rel}>${label}</a>`;
  const asked = Object.entries({ ...askedOf(filter), ...turnedTo(before), q: filter.q });
  return html`<form method="post" action="/office/inbox/search" data-turbo="false">
    ${asked.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
    <button class="btn" type="submit">${label}</button>
  </form>`;
}

function turnedTo(before: string | null): { readonly before?: string } {
  return before === null ? {} : { before };
}
