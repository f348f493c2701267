import type { ContentfulStatusCode } from "hono/utils/http-status";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";
import { document, type Loads } from "./layout.ts";

export type BareParts = {
  readonly title: string;
  readonly status: ContentfulStatusCode;
  readonly faulty?: boolean;
  readonly content: Html;
  readonly style: Loads["style"];
};

/** A page that needs no town, nor its database: no masthead with names, nothing that leads to pages which are not there. */
export function barePage(visit: Visit, { title, content, ...parts }: BareParts): Response {
  const { common } = visit.words;
  const body = html`<a class="visually-hidden-focusable" href="#main">${common.skip}</a>
    <header class="masthead">
      <div class="container-xl masthead-row">
        <span class="brand">
          <span class="mark" aria-hidden="true">三问</span>
          <span>
            <span class="brand-name serif">${common.product}</span>
            <span class="brand-motto">${common.motto}</span>
          </span>
          </span>
      </div>
    </header>
    <main id="main" class="container-xl" tabindex="-1">
      <div class="narrow">${content}</div>
    </main>`;
  return document(visit, { ...parts, title: `${title} · ${common.product}`, body, script: "public.js" });
}
