import { readOpening, type OpeningLine, type OpeningStep } from "#office/opening";
import { recordRestore } from "#people/record-restore";
import type { Directory } from "#publication/directory";
import { sendForm } from "#doors/web/form/send-form";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { calendarWarning } from "#doors/web/office/calendar-warning";
import { signedIn } from "#doors/web/office/officer-form";
import { mayOpen, route } from "#doors/web/route";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { BLANK, formPanel, topOf, type SettingsDrawn } from "./settings-form.ts";

export const openingRoutes = [
  route("GET /office/opening", { who: "see-opening", kind: "page" }, (visit) => openingPage(visit, BLANK)),
  route("POST /office/opening/restored", { who: "keep-town", kind: "act" }, (visit) =>
    sendForm(visit, {
      purpose: "town.restore",
      read: () => ({
        act: async (town) => {
          await recordRestore(town, signedIn(visit), visit.at);
          return "/office/opening?done=changed";
        },
      }),
      back: (drawn) => openingPage(visit, { ...BLANK, ...drawn }),
    }),
  ),
];

/** Where each step is done, and the page that only those see who may do it. */
const WAYS = {
  town: ["/office/people/town", "GET /office/people/town"],
  units: ["/office/people/units/paste", "GET /office/people/units/paste"],
  villages: ["/office/people/villages/paste", "GET /office/people/villages/paste"],
  people: ["/office/people/paste", "GET /office/people/paste"],
  idle: ["/office/people/together", "GET /office/people/together"],
  duties: ["/office/people/together", "GET /office/people/together"],
  leaders: ["/office/people/together", "GET /office/people/together"],
  categories: ["/office/rules/categories", "GET /office/rules/categories"],
  sealed: ["/office/rules/receivers", "GET /office/rules/receivers"],
  calendar: ["/office/rules/calendar#import", "GET /office/rules/calendar"],
  campaign: ["/office/campaigns", "GET /office/campaigns"],
  secondStep: ["/office/profile", "GET /office/opening"],
  backup: ["/office/opening#backup", "POST /office/opening/restored"],
} as const satisfies { readonly [step in OpeningStep]: readonly [href: string, route: string] };

async function openingPage(visit: Visit, drawn: SettingsDrawn): Promise<Response> {
  const words = visit.words.people.opening;
  const names = await visit.names();
  const lines = await readOpening(visit.town, names, visit.at);
  const missing = lines.filter(({ light }) => light !== null);
  const done = lines.filter(({ light }) => light === null);
  const body = html`${topOf(visit, drawn)} ${officeHead(words.title, words.under(done.length, lines.length))}
    <div id="f-form" tabindex="-1">
      ${missingPanel(visit, missing)}
      ${linesPanel(visit, "done", words.done(done.length), done)}
      ${mayOpen(visit, "POST /office/opening/restored") ? backupPanel(visit, drawn) : ""}
    </div>`;
  return officePage(visit, names, { title: words.title, body, at: "today", status: drawn.status, faulty: drawn.status !== 200 });
}

/** On the first page, while nothing else waits there: what is still missing; to those who can do nothing about it, the calendar. */
export async function openingCard(visit: Visit, names: Directory): Promise<Html> {
  if (!mayOpen(visit, "GET /office/opening")) return calendarWarning(visit);
  const words = visit.words.people.opening;
  const missing = await missingIn(visit, names);
  if (missing.length === 0) return html``;
  return html`<section class="card office-panel" aria-labelledby="opening">
    <h2 id="opening"><a href="/office/opening">${words.title}</a> · ${words.missing(missing.length)}</h2>
    ${linesList(visit, missing)}
  </section>`;
}

/** The same in one line, above work that waits. */
export async function openingNote(visit: Visit, names: Directory): Promise<Html> {
  const warning = await calendarWarning(visit);
  if (!mayOpen(visit, "GET /office/opening")) return warning;
  const words = visit.words.people.opening;
  const missing = await missingIn(visit, names);
  if (missing.length === 0) return html``;
  const steps = missing.map(({ step }) => words.steps[step].name).join(visit.words.events.list);
  return html`${warning}
    <p class="office-note">
      <a href="/office/opening">${words.title}</a> · ${words.missingSteps(missing.length, steps)}
    </p>`;
}

async function missingIn(visit: Visit, names: Directory): Promise<readonly OpeningLine[]> {
  return (await readOpening(visit.town, names, visit.at)).filter(({ light }) => light !== null);
}

function missingPanel(visit: Visit, missing: readonly OpeningLine[]): Html {
  const words = visit.words.people.opening;
  if (missing.length === 0) return html`<p class="lead">${words.complete}</p>`;
  return linesPanel(visit, "missing", words.missing(missing.length), missing);
}

function linesPanel(visit: Visit, name: string, title: string, lines: readonly OpeningLine[]): Html {
  return html`<section class="card office-panel" aria-labelledby="${name}">
    <h2 id="${name}">${title}</h2>
    ${linesList(visit, lines)}
  </section>`;
}

function linesList(visit: Visit, lines: readonly OpeningLine[]): Html {
  return html`<ol class="opening">
    ${lines.map((line) => lineOf(visit, line))}
  </ol>`;
}

function lineOf(visit: Visit, line: OpeningLine): Html {
  const words = visit.words.people.opening.steps[line.step];
  const stands = { count: line.count, names: namesIn(visit, line) };
  const [href, whose] = WAYS[line.step];
  const way = mayOpen(visit, whose)
    ? html`<a href="${href}">${words.go}<span class="visually-hidden"> ${words.name}</span></a>`
    : html`<span class="hint">${words.whose}</span>`;
  return html`<li>
    <b>${words.name}</b>
    <span class="hint">${line.light === null ? "" : words.why}</span>
    <span class="lamp ${line.light ?? "green"}">${line.light === null ? words.done(stands) : words.missing(stands)}</span>
    <span class="opening-way">${way}</span>
  </li>`;
}

const MOST_NAMES = 5;

function namesIn(visit: Visit, { step, names }: OpeningLine): string {
  const duties: { readonly [duty: string]: string } = visit.words.people.duties;
  const said = step === "duties" ? names.map((duty) => duties[duty] ?? duty) : names;
  const { list } = visit.words.events;
  return said.length > MOST_NAMES ? `${said.slice(0, MOST_NAMES).join(list)}…` : said.join(list);
}

function backupPanel(visit: Visit, { key }: SettingsDrawn): Html {
  const words = visit.words.people.opening;
  const fields = html`<p class="office-note">${words.backupHow}</p>`;
  return formPanel(
    "backup",
    words.steps.backup.name,
    formTag({ action: "/office/opening/restored", hidden: {}, key, fields, button: words.restored }),
  );
}
