import { html, type Html } from "#doors/web/html";
import { lineField, type Faults, type Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";

const RARER = ["email", "wechat", "address"] as const;

/** The rarer ways to reach somebody, folded away until they are wanted; unfolded when one is filled in or wrong. */
export function rarerIdentityFields(visit: Visit, typed: Typed, faults: Faults): Html {
  const words = visit.words.common.identity;
  const open = RARER.some((name) => (typed[name] ?? "") !== "" || faults[name] !== undefined);
  const fields = RARER.map((name) => lineField(visit, { name, label: words[name], typed, faults, required: false }));
  return html`<details class="rarer" ${open ? html`open` : ""}>
    <summary>${words.more}</summary>
    ${fields}
  </details>`;
}
