import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { z } from "zod";
import type { Subject } from "#audit/append-event";
import { changesSince, type LogEvent } from "#audit/queries";
import { drawnFrom } from "#people/drawn-from";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import type { Directory } from "#publication/directory";
import { formKey, parse, readForm, sendOnce, type Sent } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { meanwhilePanel } from "./meanwhile.ts";
import { sendOrBack, signedIn } from "#doors/web/office/officer-form";
import { faultSummary, type Faults, type Typed } from "#doors/web/ui/field";
import { officeHead, officePage, type OfficeEntry } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

/** What a form is drawn with: empty at first; when it comes back, what was typed and what is wrong. */
export type Drawn = {
  readonly typed: Typed;
  readonly faults: Faults;
  readonly status: ContentfulStatusCode;
  /** What is kept by now, where it moved on since the page was drawn. */
  readonly now: Typed;
  /** What moved it, the latest first. */
  readonly meanwhile: readonly LogEvent[];
};

export const BLANK: Drawn = { typed: {}, faults: {}, status: 200, now: {}, meanwhile: [] };

/** What a form changes: as it is kept, in which version, and whose events tell of its changes. */
export type Kept = { readonly typed: Typed; readonly version: number; readonly subject: Subject };

/** A form over what is kept: filled with it, or, come back, with what was typed, beside which stands what was changed meanwhile. */
export async function drawnOver(visit: Visit, drawn: Drawn, kept: Kept): Promise<Drawn> {
  const over = { ...drawn, typed: { ...kept.typed, ...drawn.typed, version: String(kept.version) } };
  const from = drawnFrom.version.safeParse(drawn.typed["version"]).data ?? kept.version;
  if (from >= kept.version) return over;
  return { ...over, now: kept.typed, meanwhile: await changesSince(visit.town, kept.subject, from) };
}

/** A form of the settings: what it parses, what it does, where it leads, and the page it comes back on. */
export type SettingsForm<T> = {
  readonly purpose: string;
  readonly schema: z.ZodType<T>;
  /** What the address says, beside what was typed. */
  readonly with?: Typed;
  readonly read?: (sent: Sent) => unknown;
  readonly act: (town: Town, by: Officer, at: Date, what: T) => Promise<unknown>;
  readonly to: string;
  readonly back: (drawn: Drawn) => Promise<Response>;
};

/** Reads, parses, acts once, leads on; or draws the page again with everything typed and what is wrong. */
export async function sendSettings<T>(visit: Visit, form: SettingsForm<T>): Promise<Response> {
  const sent = await readForm(visit);
  const input = form.read === undefined ? { ...sent.typed, ...form.with } : form.read(sent);
  const parsed = parse(visit, form.schema, input);
  if (parsed.faults !== null) return form.back({ ...BLANK, typed: sent.typed, faults: parsed.faults, status: 422 });
  const { value } = parsed;
  const ended = await sendOrBack(visit, sent, () =>
    sendOnce(visit, sent, form.purpose, async (town) => {
      await form.act(town, signedIn(visit), visit.at, value);
      return form.to;
    }),
  );
  return ended instanceof Response ? ended : form.back({ ...BLANK, typed: sent.typed, ...ended });
}

/** The form itself, with its key. The key of a form that came back is kept: it was never used. */
export function settingsForm(action: string, drawn: Drawn, fields: Html, button: string): Html {
  return html`<form method="post" action="${action}">
    ${formKey(drawn.typed["form_key"])}
    ${versionField(drawn)}
    ${fields}
    <button class="btn btn-primary" type="submit">${button}</button>
  </form>`;
}

/** Names the version the page was drawn from, in each form that changes what is there. */
export function versionField({ typed: { version } }: Drawn): Html {
  return version === undefined ? html`` : html`<input type="hidden" name="version" value="${version}">`;
}

/** A form under a heading of its own. */
export function formPanel(name: string, title: string, form: Html): Html {
  return html`<section class="card office-panel" aria-labelledby="${name}">
    <h2 id="${name}">${title}</h2>
    ${form}
  </section>`;
}

/** A page of the settings, as it is drawn at first and as it comes back. */
export async function settingsPage(
  visit: Visit,
  names: Directory,
  drawn: Drawn,
  page: { readonly at: OfficeEntry; readonly title: string; readonly under: Html | string; readonly content: Html },
): Promise<Response> {
  const { at, title, under, content } = page;
  const body = html`${topOf(visit, drawn)} ${meanwhilePanel(visit, names, drawn.meanwhile)} ${officeHead(title, under)}
    <div id="f-form" tabindex="-1">${content}</div>`;
  return officePage(visit, names, { title, body, at, status: drawn.status, faulty: drawn.status !== 200 });
}

/** What was done, above the page it led to; or what is wrong. */
export function topOf(visit: Visit, drawn: Drawn): Html {
  if (Object.keys(drawn.faults).length > 0) return faultSummary(visit, drawn.faults);
  const done: { readonly [what: string]: string } = visit.words.people.officers.done;
  const words = done[visit.context.req.query("done") ?? ""];
  return words === undefined
    ? html``
    : html`<div class="alert alert-success" role="status">
        <p>${words}</p>
      </div>`;
}
