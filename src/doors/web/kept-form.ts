import { isBlank } from "#platform/characters";
import { html, type Html } from "#doors/web/html";
import { SWITCH } from "#doors/web/view-switch";
import type { Visit } from "#doors/web/visit";

/**
 * What somebody was sending when it turned out that they must sign in first: kept in the sign-in page itself and sent on
 * unchanged afterwards (307 repeats the method and the body), with the same form key. Nothing of it is kept on the server.
 */
export type KeptForm = {
  readonly fields: readonly (readonly [string, string])[];
  /** Names of the file fields that held files: a page cannot carry files, so they are chosen again. */
  readonly files: readonly string[];
};

const LARGEST_KEPT = 400_000;

/** Fields of the sign-in pages themselves begin so, and are not sent on as anybody's words. */
export const OWN_FIELD = "sign_in_";

export const NOTHING_KEPT: KeptForm = { fields: [], files: [] };

/** The form a request carries, or nothing when it is too large to stand in a page. */
export async function readKeptForm(visit: Visit): Promise<KeptForm> {
  const sent = await visit.context.get("entry").form();
  const fields: [string, string][] = [];
  const files = new Set<string>();
  let size = 0;
  for (const [name, value] of sent) {
    if (name.startsWith(OWN_FIELD)) continue;
    if (typeof value !== "string") {
      if (value.size > 0) files.add(name);
      continue;
    }
    size += name.length + value.length;
    fields.push([name, value]);
  }
  return size > LARGEST_KEPT ? NOTHING_KEPT : { fields, files: [...files] };
}

/** What was typed, shown and ready to be sent again with the same form key; passwords and codes are never shown. */
export function sendAgainForm(visit: Visit, kept: KeptForm, says: string): Html {
  const typed = kept.fields.filter(([name, value]) => !isBlank(value) && !/key$|password|code$|version$/.test(name));
  const multipart = kept.files.length > 0 ? html`enctype="multipart/form-data"` : "";
  return html`<form method="post" action="${whereSent(visit)}" ${multipart}>
    ${keptFields(visit, kept)}
    <p>${says}</p>
    <ul>
      ${typed.map(([, value]) => html`<li class="told">${value}</li>`)}
    </ul>
    <button class="btn btn-primary" type="submit">${visit.words.common.errors.sendAgain}</button>
  </form>`;
}

/** With its query, which may be what opens the page, but for the button of another view. */
function whereSent({ context }: Visit): string {
  const { pathname, searchParams } = new URL(context.req.url);
  searchParams.delete(SWITCH);
  return searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`;
}

/** The kept form inside another one. */
export function keptFields(visit: Visit, kept: KeptForm): Html {
  const words = visit.words.people.signIn;
  return html`${kept.fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
  ${kept.files.map(
    (name) =>
      html`<div class="field">
        <label class="form-label" for="k-${name}">${words.chooseAgain}</label>
        <div class="hint" id="kh-${name}">${words.chooseAgainHint}</div>
        <input class="form-control" type="file" id="k-${name}" name="${name}" multiple accept="image/*" aria-describedby="kh-${name}">
      </div>`,
  )}`;
}
