import { STATUS, type Excess, type TooMuch } from "#doors/too-much";
import { PHOTO_BOUNDS } from "#evidence/bounds";
import { errorPage } from "./error-pages.ts";
import { html } from "./html.ts";
import { readKeptForm, sendAgainForm } from "./kept-form.ts";
import { publicPage } from "./ui/layout.ts";
import type { Visit } from "./visit.ts";

/** Says what there was too much of and what to do; a form refused only for now comes back with everything typed, to be sent again. */
export async function tooMuchPage(visit: Visit, { excess, waitMs }: TooMuch): Promise<Response> {
  const [title, hint] = wordsOf(visit, excess);
  visit.context.header("cache-control", "no-store");
  if (waitMs !== null) visit.context.header("retry-after", String(Math.ceil(waitMs / 1000)));
  const kept = waitMs === null || !isSmallForm(visit) ? null : await readKeptForm(visit).catch(() => null);
  if (kept === null || kept.fields.length === 0) return errorPage(visit, STATUS[excess], title, hint);
  return publicPage(visit, await visit.names(), {
    title,
    status: STATUS[excess],
    body: html`<div class="narrow">
      <h1>${title}</h1>
      <p class="lead">${hint}</p>
      ${sendAgainForm(visit, kept, visit.words.common.errors.keptHere)}
    </div>`,
  });
}

/** Words alone, which cost little to give back even to whoever sends many. */
function isSmallForm({ context }: Visit): boolean {
  const { req } = context;
  return req.method === "POST" && /^application\/x-www-form-urlencoded\b/i.test(req.header("content-type") ?? "");
}

function wordsOf({ words, context }: Visit, excess: Excess): readonly [title: string, hint: string] {
  const { errors } = words.common;
  const takesPhotos = context.get("entry").bounds.files > 0;
  const told: Readonly<Record<Excess, readonly [title: string, hint: string]>> = {
    bytes: [errors.tooLarge, takesPhotos ? errors.tooLargeHint : errors.tooLongHint],
    fields: [errors.tooLarge, errors.tooManyFieldsHint],
    files: [errors.tooLarge, errors.tooManyFilesHint(PHOTO_BOUNDS.photos)],
    "no-files": [errors.badRequest, errors.noFilesHint],
    "media-type": [errors.badRequest, errors.badRequestHint],
    malformed: [errors.badRequest, errors.badRequestHint],
    slow: [errors.slow, errors.slowHint],
    query: [errors.longAddress, errors.longAddressHint],
    tries: [errors.tooMany, errors.tooManyHint],
    memory: [errors.busy, errors.busyHint],
    busy: [errors.busy, errors.busyHint],
  };
  return told[excess];
}
