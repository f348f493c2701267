import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { z } from "zod";
import type { Officer } from "#people/officer";
import type { Town } from "#platform/town";
import { formKey, parse, readForm, sendOnce, type Sent } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { notFoundPage } from "#doors/web/error-pages";
import { sendOrBack, signedIn } from "#doors/web/office/officer-form";
import { faultSummary, type Faults, type Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";

/** What a form is drawn with: empty at first; when it comes back, what was typed and what is wrong. */
export type Drawn = { readonly typed: Typed; readonly faults: Faults; readonly status: ContentfulStatusCode };

export const BLANK: Drawn = { typed: {}, faults: {}, status: 200 };

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
  if (parsed.faults !== null) return form.back({ typed: sent.typed, faults: parsed.faults, status: 422 });
  const { value } = parsed;
  const ended = await sendOrBack(visit, () =>
    sendOnce(visit, sent, form.purpose, async (town) => {
      await form.act(town, signedIn(visit), visit.at, value);
      return form.to;
    }),
  );
  return ended instanceof Response ? ended : form.back({ typed: sent.typed, ...ended });
}

/** The form itself, with its key. The key of a form that came back is kept: it was never used. */
export function settingsForm(action: string, drawn: Drawn, fields: Html, button: string): Html {
  return html`<form method="post" action="${action}">
    ${formKey(drawn.typed["form_key"])}${fields}<button class="btn btn-primary" type="submit">${button}</button>
  </form>`;
}

/** What was done, above the page it led to; or what is wrong. */
export function topOf(visit: Visit, drawn: Drawn): Html {
  if (Object.keys(drawn.faults).length > 0) return faultSummary(visit, drawn.faults);
  const done: { readonly [what: string]: string } = visit.words.people.officers.done;
  const words = done[visit.context.req.query("done") ?? ""];
  return words === undefined ? html`` : html`<div class="alert alert-success" role="status"><p>${words}</p></div>`;
}

/** A question asked with the button, and the reason beside it when the answer is no. */
export function oneButton(action: string, button: string, hint: string, fields: Html = html``): Html {
  return html`<form class="office-one" method="post" action="${action}">
    ${formKey()}${fields}<button class="btn" type="submit">${button}</button>
    <p class="office-refused">${hint}</p>
  </form>`;
}

/** The page of a thing that is there, or that there is none. */
export async function pageOf<T>(visit: Visit, found: T | null | undefined, page: (found: T) => Promise<Response>): Promise<Response> {
  return found === null || found === undefined ? notFoundPage(visit) : page(found);
}
