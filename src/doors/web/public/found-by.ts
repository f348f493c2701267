import { z } from "zod";
import { numbersGiven, numbersOf } from "#publication/numbers-on-ledger";
import { OPEN_PAGE } from "#doors/web/access";
import { asset } from "#doors/web/assets";
import { notFoundPage } from "#doors/web/error-pages";
import { html, raw, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { nameOf, type Visit } from "#doors/web/visit";

/** What machines ask for of themselves: search engines, and phones that keep the ledger on their first page. */
export const foundByRoutes = [
  route("GET /robots.txt", OPEN_PAGE, robots),
  route("GET /sitemap.xml", OPEN_PAGE, siteMap),
  route("GET /manifest.webmanifest", OPEN_PAGE, manifest),
  route("GET /favicon.ico", OPEN_PAGE, (visit) => kept(visit.context.redirect(asset("favicon.ico"), 302))),
  route("GET /apple-touch-icon.png", OPEN_PAGE, (visit) => kept(visit.context.redirect(asset("touch.png"), 302))),
];

/** What is one person's, or costs more than a page: nobody finds anything there. */
const CLOSED = ["/office", "/report", "/track", "/receipt", "/set-up"];

function robots(visit: Visit): Response {
  const lines = ["User-agent: *", ...CLOSED.map((path) => `Disallow: ${path}`), `Sitemap: ${visit.program.origin.origin}/sitemap.xml`, ""];
  return kept(visit.context.text(lines.join("\n")));
}

/** One sheet of addresses; search engines take fifty thousand at most. */
const A_SHEET = 10_000;
const Sheet = z.object({ year: z.coerce.number().int().min(1).max(9999), after: z.coerce.number().int().min(0).multipleOf(A_SHEET) });

const DECLARATION = raw('<?xml version="1.0" encoding="utf-8"?>');
const NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";

/** Every entry of the ledger, a sheet at a time, and an index of the sheets (sitemaps.org). */
async function siteMap(visit: Visit): Promise<Response> {
  const asked = visit.context.req.query();
  if (Object.keys(asked).length === 0) return xml(visit, await indexOfSheets(visit));
  const { data: sheet } = Sheet.safeParse(asked);
  if (sheet === undefined) return notFoundPage(visit);
  const numbers = await numbersOf(visit.town, sheet.year, sheet.after, A_SHEET);
  return numbers.length === 0 ? notFoundPage(visit) : xml(visit, sheetOf(visit, numbers));
}

async function indexOfSheets(visit: Visit): Promise<Html> {
  const site = visit.program.origin.origin;
  const years = await numbersGiven(visit.town);
  const sheets = years.flatMap(({ year, last }) =>
    Array.from({ length: Math.ceil(last / A_SHEET) }, (_, i) => `${site}/sitemap.xml?year=${year}&after=${i * A_SHEET}`),
  );
  return html`${DECLARATION}
<sitemapindex xmlns="${NAMESPACE}">
  ${sheets.map((sheet) => html`<sitemap>${at(sheet)}</sitemap>`)}
</sitemapindex>
`;
}

function sheetOf(visit: Visit, numbers: readonly string[]): Html {
  const site = visit.program.origin.origin;
  return html`${DECLARATION}
<urlset xmlns="${NAMESPACE}">
  ${numbers.map((number) => html`<url>${at(`${site}/ledger/${number}`)}</url>`)}
</urlset>
`;
}

function at(address: string): Html {
  return html`<loc>${address}</loc>`;
}

function xml(visit: Visit, document: Html): Response {
  return kept(visit.context.body(document.toString(), 200, { "content-type": "application/xml; charset=utf-8" }));
}

async function manifest(visit: Visit): Promise<Response> {
  const names = await visit.names();
  const name = visit.words.common.ledgerOf(nameOf(visit, names.town));
  const icons = [
    { src: asset("mark.svg"), sizes: "any", type: "image/svg+xml" },
    { src: asset("touch.png"), sizes: "180x180", type: "image/png" },
    { src: asset("icon-512.png"), sizes: "512x512", type: "image/png" },
  ];
  const said = { name, short_name: nameOf(visit, names.town), start_url: "/", display: "browser", icons };
  return kept(visit.context.body(JSON.stringify(said), 200, { "content-type": "application/manifest+json; charset=utf-8" }));
}

/** For an hour: none of it is anybody's own. */
function kept(response: Response): Response {
  response.headers.set("cache-control", "public, max-age=3600");
  response.headers.set("vary", "accept-language, cookie");
  return response;
}
