import type { ContentfulStatusCode } from "hono/utils/http-status";
import { html } from "./html.ts";
import { publicPage } from "./ui/layout.ts";
import type { Visit } from "./visit.ts";

export function notFoundPage(visit: Visit): Promise<Response> {
  const { errors } = visit.words.common;
  return errorPage(visit, 404, errors.notFound, errors.notFoundHint);
}

export function notAllowedPage(visit: Visit): Promise<Response> {
  const { errors } = visit.words.common;
  return errorPage(visit, 403, errors.notAllowed, errors.notAllowedHint, { path: "/office", name: visit.words.office.entries.today });
}

/** A whole page that says what went wrong and what to do next, with a way on: home, or another. */
export async function errorPage(
  visit: Visit,
  status: ContentfulStatusCode,
  title: string,
  hint: string,
  on = { path: "/", name: visit.words.common.nav.home },
): Promise<Response> {
  const names = await visit.names();
  return publicPage(visit, names, {
    title,
    status,
    body: html`<div class="narrow">
      <h1>${title}</h1>
      <p class="lead">${hint}</p>
      <p>
        <a class="btn btn-primary" href="${on.path}">${on.name}</a>
      </p>
    </div>`,
  });
}
