import { listAside } from "#log/queries";
import { html, type Html } from "#doors/web/html";
import { instantWords } from "#doors/web/ui/day";
import { officeTable } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import { verbWords } from "./event-words.ts";

/** Events that something which follows the log could not take; nothing when there are none. */
export async function asidePanel(visit: Visit): Promise<Html> {
  const aside = await listAside(visit.town);
  if (aside.length === 0) return html``;
  const { aside: words, followers, verb, when } = visit.words.people.log;
  const nameOf = new Map<string, string>(Object.entries(followers));
  const rows = aside.map(
    (one) =>
      html`<tr>
        <th scope="row">
          <a href="/log/leaf/${one.leaf}">${one.leaf}</a>
        </th>
        <td data-label="${verb}">${verbWords(visit, one.verb)}</td>
        <td data-label="${words.follower}">${nameOf.get(one.follower) ?? one.follower}</td>
        <td data-label="${when}">${instantWords(visit, one.at)}</td>
        <td data-label="${words.why}">${one.why}</td>
      </tr>`,
  );
  return html`<section aria-labelledby="aside">
    <h2 id="aside">${words.title}</h2>
    <p>${words.lead}</p>
    ${officeTable([words.leaf, verb, words.follower, when, words.why], rows)}
  </section>`;
}
