import { findProblemId } from "#ledger/queries";
import { readStanding, type Standing } from "#ledger/standing";
import { part, type Drawn, FRESH } from "#doors/web/form/drawn";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { mayOpen } from "#doors/web/route";
import { signedIn } from "#doors/web/office/officer-form";
import { keptDraft } from "#doors/web/office/office-draft";
import { numbersChoice } from "#doors/web/office/publishing";
import { faultSummary, paragraphField } from "#doors/web/ui/field";
import { flagEntry } from "#doors/web/ui/flags";
import { officeHead, officePage } from "#doors/web/ui/office";
import type { Visit } from "#doors/web/visit";
import type { RefusalCode } from "#refusals";
import { FLAG_DECISIONS, type Flag, type FlagDecision } from "#verification/flag";
import { whyNotClearFlag, whyNotReopen, whyNotUpholdFlag } from "#verification/gate";

/** A form that came back: what was decided with it. */
type Returned = Drawn & { readonly decision: FlagDecision };

/** The last word of the address that each decision is sent to, and of the one that opens its form. */
const ACTS: Record<FlagDecision, string> = { cleared: "clear", upheld: "uphold" };

export async function flagPage(visit: Visit, flag: Flag, returned: Returned | null): Promise<Response> {
  const words = visit.words.flags;
  const names = await visit.names();
  const back = html`<a class="btn" href="/office/ledger/${flag.number}">${flag.number}</a>`;
  const done = FLAG_DECISIONS.find((decision) => decision === visit.context.req.query("done"));
  const report =
    flag.kind === "came-back" && mayOpen(visit, "GET /office/inbox/:report")
      ? html`<p>
          <a href="/office/inbox/${flag.about.report}">${words.cameBack.report}</a>
        </p>`
      : html``;
  const problem = await findProblemId(visit.town, flag.number);
  const standing = problem === null ? null : await readStanding(visit.town, problem);
  const body = html`${officeHead(`${words.title} · ${words.kinds[flag.kind]}`, words.lead, back)}
    ${returned === null ? "" : faultSummary(visit, returned.faults)}
    ${done === undefined ? "" : html`<p class="alert alert-success" role="status">${words.done[done]}</p>`}
    <section class="card office-panel">${flagEntry(visit, names, flag, report)}</section>
    ${standing === null || flag.decided !== null ? "" : actsPanel(visit, flag, standing, returned)}`;
  return officePage(visit, names, {
    title: `${words.title} · ${flag.number}`,
    body,
    at: "ledger",
    status: returned?.status ?? 200,
    faulty: returned !== null,
  });
}

/** What may be said of the flag, one form at a time; grey, with the reason, for whoever may not. */
function actsPanel(visit: Visit, flag: Flag, standing: Standing, returned: Returned | null): Html {
  const by = signedIn(visit);
  const whyNot = { cleared: whyNotClearFlag(standing, by, flag.state), upheld: whyNotUpholdFlag(standing, by, flag.state) };
  const possible = FLAG_DECISIONS.filter((decision) => whyNot[decision] === null);
  const wanted = possible.find((decision) => ACTS[decision] === visit.context.req.query("act"));
  const open = returned?.decision ?? wanted ?? possible[0];
  return html`<section class="desk-acts" id="f-form" tabindex="-1" aria-labelledby="acts">
    <h2 id="acts">${visit.words.desk.nextStep}</h2>
    ${possible.length === 0 ? "" : html`<ul class="act-links">${possible.map((one) => actLink(visit, flag, one, one === open))}</ul>`}
    ${open === undefined ? "" : actForm(visit, flag, open, returned)}
    ${possible.length === FLAG_DECISIONS.length ? "" : refused(visit, whyNot)}
    ${reopening(visit, flag, standing)}
  </section>`;
}

function actLink(visit: Visit, flag: Flag, decision: FlagDecision, here: boolean): Html {
  return html`<li>
    <a
      class="btn${here ? " btn-primary" : ""}"
      href="/office/flags/${flag.id}?act=${ACTS[decision]}#act"
      ${here ? html`aria-current="true"` : ""}
      >${visit.words.flags.acts[decision].name}</a>
  </li>`;
}

function actForm(visit: Visit, flag: Flag, decision: FlagDecision, returned: Returned | null): Html {
  const { name, reason, hint, send } = visit.words.flags.acts[decision];
  const drawn = returned ?? FRESH;
  const { key, typed, faults } = drawn;
  const hidden = typed["from"] === "desk" ? { from: "desk" } : {};
  const why = paragraphField(visit, { ...part(drawn, "reason", reason, hint), rows: 3 });
  const fields = html`${keptDraft(visit, `flag/${flag.id}/${ACTS[decision]}`, why, returned !== null)}
  ${numbersChoice(visit, typed, faults)}`;
  return html`<section class="act" id="act" aria-labelledby="act-name">
    <h3 id="act-name">${name}</h3>
    ${formTag({ action: `/office/flags/${flag.id}/${ACTS[decision]}`, hidden, key, fields, button: send })}
  </section>`;
}

function refused(visit: Visit, whyNot: Record<FlagDecision, RefusalCode | null>): Html {
  const one = (decision: FlagDecision) => {
    const no = whyNot[decision];
    if (no === null) return "";
    return html`<li>
      <button class="btn" type="button" aria-disabled="true" aria-describedby="no-${ACTS[decision]}">
        ${visit.words.flags.acts[decision].name}
      </button>
      <span id="no-${ACTS[decision]}">${visit.words.refusals.codes[no]}</span>
    </li>`;
  };
  return html`<ul class="refused-acts">
    ${FLAG_DECISIONS.map(one)}
  </ul>`;
}

/** Struck off already: it goes back to work by being reopened. */
function reopening(visit: Visit, { number }: Flag, standing: Standing): Html {
  if (whyNotReopen(standing, signedIn(visit)) !== null) return html``;
  const { name } = visit.words.desk.commands.reopen;
  return html`<p>${visit.words.flags.orElse} <a href="/office/ledger/${number}?act=reopen#acts">${name}</a></p>`;
}
