import { html, type Html } from "./html.ts";
import { NOTHING_KEPT, readKeptForm, sendAgainForm } from "./kept-form.ts";
import { statusOf } from "./refusal-page.ts";
import { publicPage } from "./ui/layout.ts";
import { phoneLine } from "./ui/phone.ts";
import type { Visit } from "./visit.ts";

/** Nothing could be kept, so everything typed goes back to whoever typed it, ready to be sent again with the same form key. */
export async function fullDiskPage(visit: Visit): Promise<Response> {
  const { refusals, common } = visit.words;
  const kept = visit.context.req.method === "POST" ? await readKeptForm(visit).catch(() => NOTHING_KEPT) : NOTHING_KEPT;
  const names = await visit.names();
  return publicPage(visit, names, {
    title: refusals.title,
    status: statusOf("disk/full"),
    body: html`<div class="narrow">
      <h1>${refusals.title}</h1>
      <p class="lead">${refusals.codes["disk/full"]}</p>
      ${kept.fields.length === 0 ? wayHome(visit) : sendAgainForm(visit, kept, common.errors.keptHere)}
      ${phoneLine(visit, names)}
    </div>`,
  });
}

function wayHome(visit: Visit): Html {
  return html`<p>
    <a class="btn btn-primary" href="/">${visit.words.common.nav.home}</a>
  </p>`;
}
