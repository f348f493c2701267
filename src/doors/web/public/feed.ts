import { withoutTurns } from "#platform/characters";
import { listChanges, type Change } from "#publication/latest-changes";
import type { Directory } from "#publication/directory";
import { OPEN_PAGE } from "#doors/web/access";
import { html, raw, type Html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { toldOf } from "#doors/web/ui/told";
import { nameOf, type Visit } from "#doors/web/visit";

const SHOWN = 50;
const DECLARATION = raw('<?xml version="1.0" encoding="utf-8"?>');

/** The latest changes of the ledger for feed readers (RFC 4287). */
export const feedRoutes = [route("GET /ledger.atom", OPEN_PAGE, feed)];

async function feed(visit: Visit): Promise<Response> {
  const { version, changes } = await listChanges(visit.town, SHOWN);
  const names = await visit.names(version);
  const words = visit.words.publicSide.feed;
  const site = visit.program.origin.origin;
  const town = nameOf(visit, names.town);
  const updated = changes[0]?.event.at ?? new Date(0);
  const xml = html`${DECLARATION}
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${visit.lang === "zh" ? "zh-CN" : "en"}">
  <title>${words.title(town)}</title>
  <subtitle>${words.subtitle}</subtitle>
  <id>${site}/ledger.atom</id>
  <link rel="self" type="application/atom+xml" href="${site}/ledger.atom"/>
  <link rel="alternate" type="text/html" href="${site}/ledger"/>
  <updated>${updated.toISOString()}</updated>
  <author>
    <name>${town}</name>
  </author>
  ${changes.map((change) => entry(visit, names, change, site))}
</feed>
`;
  return visit.context.body(plainText(xml), 200, {
    "content-type": "application/atom+xml; charset=utf-8",
    "cache-control": "public, max-age=300",
    "last-modified": updated.toUTCString(),
    vary: "accept-encoding, accept-language, cookie",
  });
}

function entry(visit: Visit, names: Directory, { event, number, title }: Change, site: string): Html {
  return html`<entry>
    <title>${number} ${visit.words.events.titles[event.verb]}${visit.lang === "zh" ? "：" : ": "}${title}</title>
    <id>urn:uuid:${event.id}</id>
    <link rel="alternate" type="text/html" href="${site}/ledger/${number}"/>
    <updated>${event.at.toISOString()}</updated>
    <summary>${toldOf(visit, names, event).join("\n")}</summary>
  </entry>
`;
}

// XML 1.0 §2.2 has no place for control characters other than tab and line ends, not even escaped.
function plainText(xml: Html): string {
  // eslint-disable-next-line no-control-regex
  return withoutTurns(xml.toString()).replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
}
