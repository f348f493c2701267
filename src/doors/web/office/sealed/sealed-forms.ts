import { saidIn } from "#intake/redact-sealed-report";
import type { SealedReport } from "#intake/sealed-reports";
import { shortened } from "#platform/characters";
import type { Directory } from "#publication/directory";
import { FRESH, part, type Drawn } from "#doors/web/form/drawn";
import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { unsealedOptions, villageOptions } from "#doors/web/office/calls/call-form";
import { seenIn } from "#doors/web/office/inbox/new-words";
import { reasonFields } from "#doors/web/office/inbox/reason-fields";
import { themeOptions } from "#doors/web/office/theme-options";
import { lineField, paragraphField, selectField, type Option } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";

/** What is decided of one that waits. */
const DECISIONS = ["answer", "refer", "open", "let-out"] as const;
/** What may be done with one in every state; `read` is a button beside what was added. */
const ALWAYS = ["reply", "identity", "redact"] as const;
export const SEALED_ACTS = [...DECISIONS, ...ALWAYS, "read"] as const;
export type SealedAct = (typeof SEALED_ACTS)[number];
type Form = Exclude<SealedAct, "read">;

/** A form that came back: which. */
export type Returned = Drawn & { readonly act: SealedAct };

/** Every act that is possible now, each folded but for the one that came back. */
export function sealedForms(visit: Visit, names: Directory, report: SealedReport, returned: Returned | null): Html {
  const decisions = report.status === "received" ? DECISIONS : [];
  const always = ALWAYS.filter((act) => act !== "identity" || report.hasIdentity);
  return html`<div id="f-form" tabindex="-1">
    ${[...decisions, ...always].map((act) => actForm({ visit, names, report }, act, returned))}
  </div>`;
}

type View = { readonly visit: Visit; readonly names: Directory; readonly report: SealedReport };

function actForm(view: View, act: Form, returned: Returned | null): Html {
  const { visit, report } = view;
  const words = visit.words.sealed.acts[act];
  const drawn = returned?.act === act ? returned : FRESH;
  const form = formTag({
    action: `/office/sealed/${report.id}/${act}`,
    hidden: seenIn(report),
    key: drawn.key,
    fields: FIELDS[act](view, drawn),
    button: words.send,
  });
  return html`<details class="card office-panel" ${returned?.act === act ? html`open` : ""}>
    <summary>${words.name}</summary>
    <p class="hint">${words.hint}</p>
    ${form}
  </details>`;
}

const FIELDS: Record<Form, (view: View, drawn: Drawn) => Html> = {
  answer: ({ visit }, drawn) => paragraphField(visit, part(drawn, "text", visit.words.sealed.answerText)),
  refer: ({ visit }, drawn) =>
    html`${lineField(visit, part(drawn, "referredTo", visit.words.sealed.referredTo))}
    ${paragraphField(visit, part(drawn, "reason", visit.words.sealed.reason))}`,
  open: openFields,
  "let-out": ({ visit, names }, drawn) =>
    selectField(visit, { ...part(drawn, "category", visit.words.sealed.category), options: unsealedOptions(visit, names) }),
  reply: ({ visit }, drawn) => paragraphField(visit, part(drawn, "text", visit.words.sealed.replyText)),
  identity: ({ visit }, { typed, faults }) => reasonFields(visit, typed, faults, visit.words.sealed.lookHint),
  redact: (view, drawn) => {
    const words = view.visit.words.sealed;
    return html`${selectField(view.visit, { ...part(drawn, "said", words.redactWhat), options: saidOptions(view) })}
    ${paragraphField(view.visit, { ...part(drawn, "reason", words.reason), rows: 2 })}`;
  },
};

/** Nothing is filled in from the report: the problem stands in its receivers' own words. */
function openFields({ visit, names }: View, drawn: Drawn): Html {
  const words = visit.words.office.inbox;
  return html`${paragraphField(visit, { ...part(drawn, "title", words.publicSentence), rows: 2 })}
    ${paragraphField(visit, { ...part(drawn, "details", words.publicDetails), rows: 4, required: false })}
    <div class="office-grid">
      ${selectField(visit, { ...part(drawn, "category", words.category), options: unsealedOptions(visit, names) })}
      ${selectField(visit, { ...part(drawn, "theme", words.theme), options: themeOptions(visit, names), none: words.noTheme })}
      ${selectField(visit, { ...part(drawn, "village", words.villageField), options: villageOptions(visit, names), none: words.wholeTown })}
      ${lineField(visit, { ...part(drawn, "place", words.publicPlace), required: false })}
    </div>
    <input type="hidden" name="lon" value="">
    <input type="hidden" name="lat" value="">`;
}

const LONGEST_SHOWN = 40;

function saidOptions({ report }: View): readonly Option[] {
  return saidIn(report).map(({ said, text }) => ({ value: said, label: shortened(text, LONGEST_SHOWN) }));
}

/** What was just done. */
export function sealedDone(visit: Visit): Html {
  const done = SEALED_ACTS.find((act) => act === visit.context.req.query("done"));
  return done === undefined ? html`` : html`<p class="alert alert-success" role="status">${visit.words.sealed.acts[done].done}</p>`;
}
