import type { ContentfulStatusCode } from "hono/utils/http-status";
import { html, type Html } from "./html.ts";
import { publicPage } from "./ui/layout.ts";
import { phoneLine } from "./ui/phone.ts";
import type { Visit } from "./visit.ts";

export function notFoundPage(visit: Visit): Promise<Response> {
  const { errors } = visit.words.common;
  return errorPage(visit, 404, errors.notFound, errors.notFoundHint, waysOn(visit));
}

/** An entry that the ledger does not have. */
export function noSuchNumberPage(visit: Visit, number: string): Promise<Response> {
  const { errors } = visit.words.common;
  return errorPage(visit, 404, errors.noNumber(number), errors.noNumberHint, waysOn(visit));
}

/** Where somebody may have meant to go. */
function waysOn({ words: { common } }: Visit): readonly Way[] {
  const { nav } = common;
  return [
    { path: "/ledger", name: nav.ledger },
    { path: "/track", name: nav.track },
    { path: "/report", name: nav.report },
    { path: "/", name: nav.home },
  ];
}

export function notAllowedPage(visit: Visit): Promise<Response> {
  const { errors } = visit.words.common;
  return errorPage(visit, 403, errors.notAllowed, errors.notAllowedHint, [{ path: "/office", name: visit.words.office.entries.today }]);
}

type Way = { readonly path: string; readonly name: string };

/** A whole page that says what went wrong and what to do next, with ways on: home, or others. */
export async function errorPage(
  visit: Visit,
  status: ContentfulStatusCode,
  title: string,
  hint: string,
  ways: readonly Way[] = [{ path: "/", name: visit.words.common.nav.home }],
): Promise<Response> {
  const names = await visit.names();
  return publicPage(visit, names, {
    title,
    status,
    body: html`<div class="narrow">
      <h1>${title}</h1>
      <p class="lead">${hint}</p>
      <p class="ways">${ways.map(wayOn)}</p>
      ${phoneLine(visit, names)}
    </div>`,
  });
}

/** The likeliest comes first and stands out. */
function wayOn({ path, name }: Way, place: number): Html {
  return html`<a class="btn ${place === 0 ? "btn-primary" : ""}" href="${path}">${name}</a>`;
}
