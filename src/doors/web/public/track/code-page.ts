import type { ContentfulStatusCode } from "hono/utils/http-status";
import { isBlank } from "#platform/characters";
import { IDENTITY_FIELDS } from "#vault/identity";
import { html } from "#doors/web/html";
import { faultSummary, lineField, type Faults, type Typed } from "#doors/web/ui/field";
import { publicPage } from "#doors/web/ui/layout";
import { phoneLine } from "#doors/web/ui/phone";
import type { Visit } from "#doors/web/visit";

/** The forms of a story, each with the fields in which something may have been written when the half hour was over. */
const FIELDS_OF = {
  answer: ["solved", "satisfied", "why"],
  words: ["text"],
  withdraw: ["reason"],
  dispute: ["text"],
  "about-me": IDENTITY_FIELDS,
} as const;
export type StoryForm = keyof typeof FIELDS_OF;

/** What was written, and the form it was written in. */
export type Written = { readonly form: StoryForm; readonly typed: Typed };

/**
 * The half hour was over while something was being written in a form, or while nothing can be (`null`): the code again, and what was
 * written goes on with it, also when this page is drawn once more in another view.
 */
export async function expiredPage(visit: Visit, form: StoryForm | null, typed: Typed): Promise<Response> {
  const words = visit.words.report.track;
  const written = (form === null ? null : writtenIn(form, (name) => typed[name])) ?? keptIn(typed);
  const says = written === null ? words.expired : `${words.expired}${words.expiredKept}`;
  return codePage(visit, { typed, faults: {}, status: 401, says, written });
}

/** What the page of the code carried on: a wrong code loses nothing. */
export function keptIn(typed: Typed): Written | null {
  const form = FORMS.find((form) => form === typed["kept_form"]);
  return form === undefined ? null : writtenIn(form, (name) => typed[`kept_${name}`]);
}

const FORMS: readonly StoryForm[] = ["answer", "words", "withdraw", "dispute", "about-me"];

function writtenIn(form: StoryForm, said: (name: string) => string | undefined): Written | null {
  const fields = FIELDS_OF[form].map((name) => [name, said(name) ?? ""] as const).filter(([, text]) => !isBlank(text));
  return fields.length === 0 ? null : { form, typed: Object.fromEntries(fields) };
}

type CodeParts = {
  readonly typed: Typed;
  readonly faults: Faults;
  readonly status: ContentfulStatusCode;
  readonly says?: string;
  readonly written?: Written | null;
};

/** Asks for the receipt code. */
export async function codePage(visit: Visit, { typed, faults, status, says = "", written = keptIn(typed) }: CodeParts): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.report.track;
  const fields = written === null ? [] : Object.entries({ form: written.form, ...written.typed });
  const kept = fields.map(([name, text]) => html`<input type="hidden" name="kept_${name}" value="${text}">`);
  visit.context.header("cache-control", "no-store");
  return publicPage(visit, names, {
    title: words.title,
    at: "track",
    status,
    faulty: Object.keys(faults).length > 0,
    body: html`<div class="narrow question">
      ${faultSummary(visit, faults)}
      <h1>${words.title}</h1>
      ${says === "" ? "" : html`<div class="alert alert-warning" role="status">${says}</div>`}
      <form method="post" action="/track" class="code-form" novalidate>
        ${kept}
        ${lineField(visit, { name: "code", label: words.code, hint: words.codeHint, typed, faults })}
        <button class="btn btn-primary btn-lg" type="submit">${words.show}</button>
      </form>
      <p class="hint">${words.publicDevice}</p>
      <p class="hint">${words.lost}</p>
      ${phoneLine(visit, names)}
    </div>`,
  });
}
