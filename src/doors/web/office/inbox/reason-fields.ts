import { REASON_CLASSES } from "#vault/record-look";
import { html, type Html } from "#doors/web/html";
import { lineField, selectField, type Faults, type Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";

/** Why somebody needs to know who reported: the class, and the reason in words, which is sealed; the hint says who learns of the look. */
export function reasonFields(visit: Visit, typed: Typed, faults: Faults, hint = visit.words.office.inbox.identityHint): Html {
  const { inbox: words } = visit.words.office;
  const options = REASON_CLASSES.map((value) => ({ value, label: visit.words.common.reasonClasses[value] }));
  return html`${selectField(visit, { name: "reasonClass", label: words.reasonClass, options, typed, faults })}
  ${lineField(visit, { name: "reason", label: words.identityReason, hint, typed, faults })}`;
}
