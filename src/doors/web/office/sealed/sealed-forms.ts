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

/** What may be done now as links, and the form of one below them: that which came back, that of the address, or the first. */
export function sealedForms(visit: Visit, names: Directory, report: SealedReport, returned: Returned | null): Html {
  const words = visit.words.sealed;
  const possible = possibleActs(report);
  const asked = possible.find((act) => act === visit.context.req.query("act"));
  const back = returned === null || returned.act === "read" ? undefined : returned.act;
  const open = back ?? asked ?? (report.status === "received" ? "answer" : "reply");
  const link = (act: Form) =>
    html`<li>
      <a
        class="btn${act === open ? " btn-primary" : ""}"
        href="/office/sealed/${report.id}?act=${act}#acts"
        ${act === open ? html`aria-current="true"` : ""}
        >${words.acts[act].name}</a>
    </li>`;
  return html`<section class="card desk-acts" id="f-form" tabindex="-1" aria-labelledby="acts">
    <h2 id="acts">${visit.words.office.inbox.decide}</h2>
    <ul class="act-links">
      ${possible.map(link)}
    </ul>
    ${openForm({ visit, names, report }, open, returned)}
  </section>`;
}

function possibleActs({ status, hasIdentity }: SealedReport): readonly Form[] {
  return [...(status === "received" ? DECISIONS : []), ...ALWAYS.filter((act) => act !== "identity" || hasIdentity)];
}

type View = { readonly visit: Visit; readonly names: Directory; readonly report: SealedReport };

function openForm(view: View, act: Form, returned: Returned | null): Html {
  const words = view.visit.words.sealed.acts[act];
  const drawn = returned?.act === act ? returned : FRESH;
  const form = formTag({
    action: `/office/sealed/${view.report.id}/${act}`,
    hidden: seenIn(view.report),
    key: drawn.key,
    fields: FIELDS[act](view, drawn),
    button: words.send,
  });
  return html`<section class="act" id="act" aria-labelledby="act-name">
    <h3 id="act-name">${words.name}</h3>
    <p class="hint">${words.hint}</p>
    ${form}
  </section>`;
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
