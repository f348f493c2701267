import { html, type Html } from "#doors/web/html";
import { publicPage } from "#doors/web/ui/layout";
import type { Visit } from "#doors/web/visit";

/** What the log proves and what it does not, for whoever never heard of a hash. */
export async function aboutPage(visit: Visit): Promise<Response> {
  const words = visit.words.publicLog;
  const { about } = words;
  const body = html`<div class="narrow guide">
    <p class="back">
      <a href="/log">${words.title}</a>
    </p>
    <h1>${about.title}</h1>
    <p class="lead">${about.lead}</p>
    ${chain(visit)}
    <h2>${about.provesTitle}</h2>
    ${sentences(about.proves)}
    <h2>${about.leavesOpenTitle}</h2>
    ${sentences(about.leavesOpen)}
    <p class="ways">
      <a class="btn btn-primary" href="/verify">${words.verify}</a>
      <a class="btn" href="/log/notice">${words.notice}</a>
    </p>
  </div>`;
  const passedOn = { path: "/log/about", title: about.title, description: about.lead, card: "card.png" };
  return publicPage(visit, await visit.names(), { title: about.title, passedOn, body });
}

/** From the steps to the fingerprint that many keep. */
function chain(visit: Visit): Html {
  const { about } = visit.words.publicLog;
  return html`<figure>
    <ol class="chain">
      ${about.chain.map((link) => html`<li>${link}</li>`)}
    </ol>
    <figcaption class="hint">${about.chainSays}</figcaption>
  </figure>`;
}

function sentences(said: readonly string[]): Html {
  return html`<ul>
    ${said.map((sentence) => html`<li>${sentence}</li>`)}
  </ul>`;
}
