import type { ContentfulStatusCode } from "hono/utils/http-status";
import { whyNotClearFlag } from "#detector/clear-flag";
import type { Flag } from "#detector/flag";
import { findProblemId } from "#ledger/queries";
import { readStanding } from "#ledger/standing";
import { formKey } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { numbersChoice } from "#doors/web/office/publishing";
import { faultSummary, paragraphField, type Faults, type Typed } from "#doors/web/ui/field";
import { flagEntry } from "#doors/web/ui/flags";
import { mayOpen, officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

export type Returned = { readonly typed: Typed; readonly faults: Faults; readonly status: ContentfulStatusCode; readonly key: string };

export async function clearPage(visit: Visit, flag: Flag, returned: Returned | null): Promise<Response> {
  const words = visit.words.flags;
  const names = await visit.names();
  const back = html`<a class="btn" href="/office/ledger/${flag.number}">${flag.number}</a>`;
  const done = visit.context.req.query("done") === "cleared" ? html`<p class="alert alert-success" role="status">${words.done}</p>` : "";
  const report =
    flag.kind === "came-back" && mayOpen(visit, "GET /office/inbox/:report")
      ? html`<p>
          <a href="/office/inbox/${flag.about.report}">${words.cameBack.report}</a>
        </p>`
      : html``;
  const body = html`${officeHead(`${words.title} · ${words.kinds[flag.kind]}`, words.lead, back)}
    ${faultSummary(visit, returned?.faults ?? {})}
    ${done}
    <section class="card office-panel">${flagEntry(visit, names, flag, report)}</section>
    ${flag.state === "cleared" ? "" : await clearForm(visit, flag, returned)}`;
  return officePage(visit, names, {
    title: `${words.title} · ${flag.number}`,
    body,
    at: "ledger",
    faulty: returned !== null,
    ...(returned === null ? {} : { status: returned.status }),
  });
}

/** Grey, with the reason, for whoever may not. */
async function clearForm(visit: Visit, flag: Flag, returned: Returned | null): Promise<Html> {
  const words = visit.words.flags;
  const { typed, faults } = returned ?? { typed: {}, faults: {} };
  const problem = await findProblemId(visit.town, flag.number);
  const standing = problem === null ? null : await readStanding(visit.town, problem);
  const no = standing === null ? "flag/unknown" : whyNotClearFlag(standing, signedIn(visit));
  if (no !== null)
    return html`<p class="refused-acts">
      <button class="btn" type="button" aria-disabled="true" aria-describedby="no-clear">${words.clear}</button>
      <span id="no-clear">${visit.words.refusals.codes[no]}</span>
    </p>`;
  const { status } = standing?.problem ?? {};
  const again =
    status === "closed"
      ? html`<p>${words.orElse} <a href="/office/ledger/${flag.number}?act=reopen#acts">${visit.words.desk.commands.reopen.name}</a></p>`
      : "";
  return html`<form class="card office-panel" id="f-form" method="post" action="/office/flags/${flag.id}/clear" data-turbo="false">
      <h2>${words.clearTitle}</h2>
      ${formKey(returned?.key)}
      ${paragraphField(visit, { name: "reason", label: words.reason, hint: words.reasonHint, typed, faults, rows: 3 })}
      ${numbersChoice(visit, typed, faults)}
      <button class="btn btn-primary" type="submit">${words.clear}</button>
    </form>
    ${again}`;
}
