import { asset } from "#doors/web/assets";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";

/** How a page shows where somebody passes it on, and where people search. */
export type PassedOn = {
  /** The one address of what it shows, whatever was typed to reach it. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** A built picture of 500 × 400. */
  readonly card: string;
};

/** Open Graph, as WeChat, QQ and others read it. A page that is nobody else's to pass on or find is said to be so. */
export function passedOnHead(visit: Visit, passedOn: PassedOn | undefined): Html {
  if (passedOn === undefined) return html`<meta name="robots" content="noindex">`;
  const site = visit.program.origin.origin;
  return html`<link rel="canonical" href="${site}${passedOn.path}">
    <meta name="description" property="og:description" content="${passedOn.description}">
    <meta property="og:title" content="${passedOn.title}">
    <meta property="og:image" content="${site}${asset(passedOn.card)}">`;
}
