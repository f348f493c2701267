import { formKey } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import type { Typed } from "#doors/web/ui/field";

export type FormTag = {
  readonly action: string;
  /** What the form tells of itself: what it is about, and the version it was drawn from. */
  readonly hidden: Typed;
  readonly key: string | null;
  /** Whether it brings photos: it is then sent in parts. */
  readonly photos?: boolean;
  readonly fields: Html;
  readonly button: Html | string;
};

/** A form as it stands on a page: with the key that makes it do its work once, what it is about, its fields and its button. */
export function formTag({ action, hidden, key, photos = false, fields, button }: FormTag): Html {
  return html`<form method="post" action="${action}" ${photos ? html`enctype="multipart/form-data"` : ""} data-turbo="false">
    ${formKey(key)}
    ${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
    ${fields}
    ${typeof button === "string" ? html`<button class="btn btn-primary" type="submit">${button}</button>` : button}
  </form>`;
}
