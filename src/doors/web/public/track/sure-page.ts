import { formKey } from "#doors/web/form";
import type { Drawn } from "#doors/web/form/drawn";
import { html } from "#doors/web/html";
import { faultSummary, paragraphField } from "#doors/web/ui/field";
import { publicPage } from "#doors/web/ui/layout";
import type { Visit } from "#doors/web/visit";

/** An act on one's own report that is asked about once, with a few words if one likes. */
type Sure = {
  readonly act: "withdraw" | "dispute";
  readonly words: { readonly title: string; readonly lead: string; readonly confirm: string; readonly keep: string };
  readonly field: { readonly name: string; readonly label: string };
};

/** The page that says what the act means, with the way to do it and the way back. */
export async function surePage(visit: Visit, { act, words, field }: Sure, { typed, faults, status, key }: Drawn): Promise<Response> {
  const names = await visit.names();
  visit.context.header("cache-control", "no-store");
  return publicPage(visit, names, {
    title: words.title,
    at: "track",
    status,
    faulty: Object.keys(faults).length > 0,
    body: html`<div class="narrow question">
      <p class="back">
        <a href="/track/story">← ${visit.words.common.back}</a>
      </p>
      ${faultSummary(visit, faults)}
      <h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      <form method="post" action="/track/story/${act}" novalidate>
        ${formKey(key)}
        ${paragraphField(visit, { ...field, typed, faults, required: false, rows: 3 })}
        <div class="ways">
          <button class="btn btn-primary btn-lg" type="submit">${words.confirm}</button>
          <a class="btn btn-lg" href="/track/story">${words.keep}</a>
        </div>
      </form>
    </div>`,
  });
}
