import { whyNotClearFlag } from "#detector/clear-flag";
import type { Flag } from "#detector/flag";
import { findProblemId } from "#ledger/queries";
import { readStanding } from "#ledger/standing";
import { part, type Drawn } from "#doors/web/form/drawn";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { mayOpen } from "#doors/web/route";
import { signedIn } from "#doors/web/office/officer-form";
import { numbersChoice } from "#doors/web/office/publishing";
import { faultSummary, paragraphField } from "#doors/web/ui/field";
import { flagEntry } from "#doors/web/ui/flags";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";

export async function clearPage(visit: Visit, flag: Flag, drawn: Drawn): Promise<Response> {
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
    ${faultSummary(visit, drawn.faults)}
    ${done}
    <section class="card office-panel">${flagEntry(visit, names, flag, report)}</section>
    ${flag.state === "cleared" ? "" : await clearForm(visit, flag, drawn)}`;
  return officePage(visit, names, {
    title: `${words.title} · ${flag.number}`,
    body,
    at: "ledger",
    status: drawn.status,
    faulty: drawn.status !== 200,
  });
}

/** Grey, with the reason, for whoever may not. */
async function clearForm(visit: Visit, flag: Flag, drawn: Drawn): Promise<Html> {
  const words = visit.words.flags;
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
  const { key, typed, faults } = drawn;
  const fields = html`${paragraphField(visit, { ...part(drawn, "reason", words.reason, words.reasonHint), rows: 3 })}
  ${numbersChoice(visit, typed, faults)}`;
  return html`<section class="card office-panel" id="f-form" tabindex="-1">
      <h2>${words.clearTitle}</h2>
      ${formTag({ action: `/office/flags/${flag.id}/clear`, hidden: {}, key, fields, button: words.clear })}
    </section>
    ${again}`;
}
