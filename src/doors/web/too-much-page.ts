import { STATUS, type Excess, type TooMuch } from "#doors/too-much";
import { MOST_PHOTOS } from "#evidence/bounds";
import { errorPage } from "./error-pages.ts";
import { html } from "./html.ts";
import { NOTHING_KEPT, readKeptForm, sendAgainForm } from "./kept-form.ts";
import { barePage } from "./ui/bare-page.ts";
import { publicPage } from "./ui/layout.ts";
import { phoneLine } from "./ui/phone.ts";
import type { Visit } from "./visit.ts";

/** Says what there was too much of and what to do; a form refused only for now comes back with everything typed, to be sent again. */
export async function tooMuchPage(visit: Visit, tooMuch: TooMuch): Promise<Response> {
  const status = STATUS[tooMuch.excess];
  const { title, hint, again } = await told(visit, tooMuch);
  if (again === null) return errorPage(visit, status, title, hint);
  const names = await visit.names();
  const body = html`<div class="narrow">
    <h1>${title}</h1>
    <p class="lead">${hint}</p>
    ${again}
    ${phoneLine(visit, names)}
  </div>`;
  return publicPage(visit, names, { title, status, body });
}

/** The same where no town is yet, and so no names for a page. */
export async function tooMuchBeforeTowns(visit: Visit, tooMuch: TooMuch): Promise<Response> {
  const { title, hint, again } = await told(visit, tooMuch);
  const content = html`<h1>${title}</h1>
    <p class="lead">${hint}</p>
    ${again ?? ""}`;
  return barePage(visit, { title, status: STATUS[tooMuch.excess], content, style: "public.css" });
}

/** The words, when to come back, and the form to be sent again, if it may be. */
async function told(visit: Visit, { excess, waitMs }: TooMuch) {
  const [title, hint] = wordsOf(visit, excess);
  visit.context.header("cache-control", "no-store");
  if (waitMs !== null) visit.context.header("retry-after", String(Math.ceil(waitMs / 1000)));
  const kept = waitMs === null || !isSmallForm(visit) ? NOTHING_KEPT : await readKeptForm(visit).catch(() => NOTHING_KEPT);
  const again = kept.fields.length === 0 ? null : sendAgainForm(visit, kept, visit.words.common.errors.keptHere);
  return { title, hint, again };
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
    files: [errors.tooLarge, errors.tooManyFilesHint(MOST_PHOTOS)],
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
