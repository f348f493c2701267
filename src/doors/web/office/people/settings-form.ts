import type { z } from "zod";
import type { Subject } from "#audit/append-event";
import { changesSince, type LogEvent } from "#audit/queries";
import { drawnFrom } from "#people/drawn-from";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import type { Directory } from "#publication/directory";
import { parse, type Sent } from "#doors/web/form";
import { FRESH, type Drawn } from "#doors/web/form/drawn";
import { formTag } from "#doors/web/form/form-tag";
import { readAs, sendForm } from "#doors/web/form/send-form";
import { html, type Html } from "#doors/web/html";
import { changedMeanwhile } from "./meanwhile.ts";
import { signedIn } from "#doors/web/office/officer-form";
import { faultSummary, lineField, type Typed } from "#doors/web/ui/field";
import { officeHead, officePage, type OfficeEntry } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

/** What a form of the settings is drawn with: beside what was typed stands what is kept by now, where it moved on since. */
export type SettingsDrawn = Drawn & {
  readonly now: Typed;
  /** What moved it, the latest first. */
  readonly meanwhile: readonly LogEvent[];
};

export const BLANK: SettingsDrawn = { ...FRESH, now: {}, meanwhile: [] };

/** What a form changes: as it is kept, in which version, and whose events tell of its changes. */
export type Kept = { readonly typed: Typed; readonly version: number; readonly subject: Subject };

/** A form over what is kept: filled with it, or, come back, with what was typed, beside which stands what was changed meanwhile. */
export async function drawnOver(visit: Visit, drawn: SettingsDrawn, kept: Kept): Promise<SettingsDrawn> {
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
  readonly back: (drawn: SettingsDrawn) => Promise<Response>;
};

export async function sendSettings<T>(visit: Visit, form: SettingsForm<T>): Promise<Response> {
  const input = (sent: Sent) => (form.read === undefined ? { ...sent.typed, ...form.with } : form.read(sent));
  return sendForm(visit, {
    purpose: form.purpose,
    read: (sent) =>
      readAs(parse(visit, form.schema, input(sent)), async (town, what) => {
        await form.act(town, signedIn(visit), visit.at, what);
        return form.to;
      }),
    back: (drawn) => form.back({ ...BLANK, ...drawn }),
  });
}

/** The form itself, over the version it was drawn from. */
export function settingsForm(action: string, { key, typed }: SettingsDrawn, fields: Html, button: string): Html {
  const { version } = typed;
  return formTag({ action, hidden: version === undefined ? {} : { version }, key, fields, button });
}

/** Names the version the page was drawn from, in each form that changes what is there. */
export function versionField({ typed: { version } }: SettingsDrawn): Html {
  return version === undefined ? html`` : html`<input type="hidden" name="version" value="${version}">`;
}

/** A name in English, for a town that has one: where it is left out, pages show the Chinese one. */
export function englishName(visit: Visit, { typed, faults, now }: SettingsDrawn): Html {
  const words = visit.words.people.settings;
  const about = { name: "nameEn", label: words.nameEn, hint: words.nameEnHint, required: false };
  return lineField(visit, { ...about, typed, faults, now });
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
  drawn: SettingsDrawn,
  page: { readonly at: OfficeEntry; readonly title: string; readonly under: Html | string; readonly content: Html },
): Promise<Response> {
  const { at, title, under, content } = page;
  const body = html`${topOf(visit, drawn)} ${changedMeanwhile(visit, names, drawn.meanwhile)} ${officeHead(title, under)}
    <div id="f-form" tabindex="-1">${content}</div>`;
  return officePage(visit, names, { title, body, at, status: drawn.status, faulty: drawn.status !== 200 });
}

/** What was done, above the page it led to; or what is wrong. */
export function topOf(visit: Visit, drawn: SettingsDrawn): Html {
  if (Object.keys(drawn.faults).length > 0) return faultSummary(visit, drawn.faults);
  const done: { readonly [what: string]: string } = visit.words.people.officers.done;
  const words = done[visit.context.req.query("done") ?? ""];
  return words === undefined
    ? html``
    : html`<div class="alert alert-success" role="status">
        <p>${words}</p>
      </div>`;
}
