import type { ContentfulStatusCode } from "hono/utils/http-status";
import { withoutTurns } from "#platform/characters";
import type { Directory } from "#publication/directory";
import { asset } from "#doors/web/assets";
import { html, type Html } from "#doors/web/html";
import { pageAs } from "#doors/web/packing";
import { nameOf, type Visit } from "#doors/web/visit";
import { nameFaults } from "./name-faults.ts";
import { withOtherTongueMarked } from "./other-tongue.ts";
import { phoneLink, townLine } from "./phone.ts";
import { passedOnHead, type PassedOn } from "./passed-on.ts";
import { languageSwitch, markCameBack, viewSwitch } from "./view-switches.ts";

export type PageParts = {
  readonly title: string;
  readonly body: Html;
  readonly status?: ContentfulStatusCode;
  /** The masthead entry this page belongs to. */
  readonly at?: "home" | "ledger" | "report" | "track" | "figures";
  /** Something is wrong with the form: the page title says so first. */
  readonly faulty?: boolean;
  readonly head?: Html;
  /** How it shows where it is passed on; without it nobody finds it by searching. */
  readonly passedOn?: PassedOn;
  /** Only what shows parts of the office needs another sheet than the public one. */
  readonly style?: Loads["style"];
};

/** A page of the public side: masthead, main, footer. */
export function publicPage(visit: Visit, names: Directory, parts: PageParts): Response {
  const { common } = visit.words;
  const town = nameOf(visit, names.town);
  const body = html`<a class="visually-hidden-focusable" href="#main">${common.skip}</a>
    <header class="masthead">
      ${names.town.demo ? html`<p class="demo">${visit.words.publicSide.demo}</p>` : ""}
      <div class="container-xl masthead-row">
        <a class="brand" href="/">
          <span class="mark" aria-hidden="true">三问</span>
          <span>
            <span class="brand-name serif">${common.ledgerOf(town)}</span>
            <span class="brand-motto">${common.motto}</span>
          </span>
        </a>
        <nav aria-label="${visit.words.publicSide.menu}">
          ${navLink("/ledger", common.nav.ledger, parts.at === "ledger")}
          ${navLink("/track", common.nav.track, parts.at === "track")}
          ${navLink("/figures", common.nav.figures, parts.at === "figures")}
        </nav>
        ${phoneLink(visit, names)}
        <a class="btn btn-primary" href="/report">${common.nav.report}</a>
      </div>
    </header>
    <main id="main" class="container-xl" tabindex="-1">${parts.body}</main>
    <footer class="foot">
      ${townLine(visit, names)}
      <nav class="container-xl" aria-label="${visit.words.publicSide.about}">
        ${viewSwitches(visit)}
        <a href="/help">${visit.words.guides.help.title}</a>
        <a href="/privacy">${visit.words.guides.privacy.title}</a>
        <a href="/accessibility">${visit.words.guides.accessibility.title}</a>
        <a href="/log">${visit.words.publicLog.title}</a>
        <a href="/api">API</a>
        <a href="/office">${common.nav.office}</a>
      </nav>
    </footer>`;
  const title = `${parts.title} · ${common.ledgerOf(town)}`;
  return document(visit, { ...parts, title, body, style: parts.style ?? "public.css", script: "public.js" });
}

function viewSwitches(visit: Visit): Html {
  const { common } = visit.words;
  const elder = { name: "elder", value: visit.elder ? "0" : "1" } as const;
  const contrast = { name: "contrast", value: visit.contrast ? "0" : "1" } as const;
  return html`${languageSwitch(visit)}
  ${viewSwitch(visit, elder, visit.elder ? common.standard : common.elder)}
  ${viewSwitch(visit, contrast, visit.contrast ? common.contrastOff : common.contrast)}`;
}

function navLink(href: string, label: string, here: boolean): Html {
  return here ? html`<a href="${href}" aria-current="page">${label}</a>` : html`<a href="${href}">${label}</a>`;
}

/** What a page loads: a resident on a slow link nothing that only the office shows. */
export type Loads = { readonly style: "public.css" | "office.css"; readonly script: "public.js" | "office.js" };

/** The bare document around a page of either side. */
export function document(visit: Visit, parts: PageParts & Loads): Response {
  const title = parts.faulty === true ? `${visit.words.common.errorPrefix}${parts.title}` : parts.title;
  const classes = [visit.elder ? "elder" : "", visit.contrast ? "contrast" : ""].filter((name) => name !== "").join(" ");
  const page = html`<!doctype html>
    <html lang="${visit.lang === "zh" ? "zh-CN" : "en"}" class="${classes}">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${title}</title>
        <link rel="stylesheet" href="${asset(parts.style)}">
        <link rel="icon" href="${asset("mark.svg")}">
        <link rel="apple-touch-icon" href="${asset("touch.png")}">
        <link rel="manifest" href="/manifest.webmanifest">
        ${passedOnHead(visit, parts.passedOn)}
        ${parts.head ?? ""}
        <script type="module" src="${asset(parts.script)}"></script>
      </head>
      <body>
        ${parts.body}
      </body>
    </html>`;
  const whole = withoutTurns(nameFaults(visit, markCameBack(visit, page.toString())));
  return pageAs(visit.context, withOtherTongueMarked(whole, visit.lang), parts.status ?? 200);
}
