import { OPEN_PAGE } from "#doors/web/access";
import { html, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { publicPage } from "#doors/web/ui/layout";
import { nameOf, type Visit } from "#doors/web/visit";

/** How it is used, what becomes of personal information, and who can use it. */
export const guideRoutes = [
  route("GET /help", OPEN_PAGE, (visit) => guidePage(visit, "help")),
  route("GET /privacy", OPEN_PAGE, (visit) => guidePage(visit, "privacy")),
  route("GET /accessibility", OPEN_PAGE, (visit) => guidePage(visit, "accessibility")),
];

async function guidePage(visit: Visit, guide: keyof Visit["words"]["guides"]): Promise<Response> {
  const names = await visit.names();
  const words = visit.words.guides[guide];
  const parts = words.parts.map(
    ([heading, says]) =>
      html`<h2>${heading}</h2>
        <p>${says}</p>`,
  );
  return publicPage(visit, names, {
    title: words.title,
    body: html`<div class="narrow guide">
      <h1>${words.title}</h1>
      ${guide === "privacy" ? notice(visit, nameOf(visit, names.town)) : ""}
      ${parts}
    </div>`,
  });
}

/** The same that stands beside the fields for a name and a telephone. */
function notice(visit: Visit, town: string): Html {
  const { noticeTitle, notice: says } = visit.words.report.contact;
  return html`<h2>${noticeTitle}</h2>
    <dl class="facts">
      ${says(town).map(
        ([term, words]) =>
          html`<dt>${term}</dt>
            <dd>${words}</dd>`,
      )}
    </dl>`;
}
