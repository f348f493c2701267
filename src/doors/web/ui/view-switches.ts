import { html, type Html } from "#doors/web/html";
import { SWITCH, type Switch } from "#doors/web/view-switch";
import type { Visit } from "#doors/web/visit";

const CAME_BACK = "came-back";

/**
 * One way to switch the view. On a page that was opened by its address it is a link and comes back to it. On one that answers a form it
 * is a button of that very form, which is drawn again with everything typed in it: its address takes forms only.
 */
export function viewSwitch(visit: Visit, { name, value }: Switch, label: string, lang?: string): Html {
  const inLang = lang === undefined ? "" : html`lang="${lang}"`;
  if (!answersForm(visit)) {
    const href = name === "lang" ? `/language?to=${value}` : `/view?${name}=${value}`;
    return html`<a href="${href}" data-turbo="false" ${inLang}>${label}</a>`;
  }
  const url = hereOf(visit);
  url.searchParams.set(SWITCH, `${name}-${value}`);
  const action = url.pathname + url.search;
  return html`<button
    class="view-switch"
    type="submit"
    form="${CAME_BACK}"
    formaction="${action}"
    formnovalidate
    data-turbo="false"
    ${inLang}
  >
    ${label}
  </button>`;
}

export function languageSwitch(visit: Visit): Html {
  const to = visit.lang === "zh" ? "en" : "zh";
  return viewSwitch(visit, { name: "lang", value: to }, visit.words.common.language, to === "zh" ? "zh-CN" : "en");
}

/**
 * Names the form that came back, so that the switches, which stand outside it, are its buttons: the one whose address is this page's,
 * else the first of the page (a sign-in with the form inside). Where there is none an empty one stands in and leads to the page behind.
 */
export function markCameBack(visit: Visit, page: string): string {
  if (!answersForm(visit) || !page.includes(`form="${CAME_BACK}"`)) return page;
  const url = hereOf(visit);
  const main = page.indexOf("<main");
  const at = [actionOf(url.pathname + url.search), actionOf(url.pathname), ' action="'].map((action) => page.indexOf(action, main));
  const found = at.find((place) => place >= 0 && place < page.indexOf("</main>"));
  if (found !== undefined) return named(page, found);
  return page.replace("</main>", () => `<form id="${CAME_BACK}" method="post"${actionOf(url.pathname)}></form></main>`);
}

/** The form whose tag holds this place gets the name, unless it has one of its own: then the switches take that. */
function named(page: string, place: number): string {
  const tag = page.slice(page.lastIndexOf("<form", place), page.indexOf(">", place));
  const own = /\sid="([^"]*)"/.exec(tag)?.[1];
  if (own !== undefined) return page.replaceAll(` form="${CAME_BACK}"`, ` form="${own}"`);
  return `${page.slice(0, place)} id="${CAME_BACK}"${page.slice(place)}`;
}

function actionOf(address: string): string {
  return html` action="${address}"`.toString();
}

function answersForm(visit: Visit): boolean {
  return visit.context.req.method === "POST";
}

/** This page's address, without a switch that led here. */
function hereOf(visit: Visit): URL {
  const url = new URL(visit.context.req.url);
  url.searchParams.delete(SWITCH);
  return url;
}
