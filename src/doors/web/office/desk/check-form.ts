import { CheckRectification, checkRectification } from "#verification/check-rectification";
import { part } from "#doors/web/form/drawn";
import type { Sent } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { paragraphField } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { claimed } from "./claim.ts";
import { choiceField, measureTicks } from "./desk-fields.ts";
import { deskForm, type DeskView } from "./desk-form.ts";

/** What was claimed, before beside after, and of every measure whether it was seen; passed by one button, sent back by the other. */
export const checkForm = deskForm({
  command: "check",
  who: "verify",
  schema: CheckRectification,
  fields: (view) => {
    const words = view.visit.words.desk.fields;
    const manners = [
      { value: "on_site", label: words.onSite },
      { value: "on_paper", label: words.onPaper },
    ];
    const { measures } = view.desk.standing.problem;
    return html`${claimed(view)}
    ${measureTicks(view, "measuresSeen", words.measuresSeen, view.lists["measuresSeen"] ?? [])}
    ${measures.map((measure) => html`<input type="hidden" name="measures" value="${measure}">`)}
    ${paragraphField(view.visit, { ...part(view, "unseen", words.unseen), required: false, rows: 2 })}
    ${choiceField(view, "manner", words.manner, manners)}
    ${paragraphField(view.visit, { ...part(view, "finding", words.finding), rows: 3 })}`;
  },
  buttons: outcomeButtons,
  gather: (sent, visit) => ({
    measuresSeen: sent.lists["measuresSeen"] ?? [],
    ...(sent.typed["outcome"] === "failed" ? sentBack(visit, sent) : {}),
  }),
  act: checkRectification,
});

function outcomeButtons({ visit, faults }: DeskView): Html {
  const words = visit.words.desk.fields;
  const fault = faults["outcome"];
  return html`<div class="outcomes" id="f-outcome">
    ${fault === undefined ? "" : html`<div class="fault">${fault}</div>`}
    <button class="btn btn-primary" type="submit" name="outcome" value="passed">${words.passed}</button>
    <button class="btn" type="submit" name="outcome" value="failed" aria-describedby="h-outcome">${words.failed}</button>
    <p class="hint" id="h-outcome">${words.failedHint}</p>
  </div>`;
}

/** In one press: whoever writes nothing means the measures not seen, and whoever says no other way looked at what is here. */
function sentBack(visit: Visit, { typed, lists }: Sent): { readonly finding: string; readonly manner: string } {
  const { finding = "", manner = "on_paper" } = typed;
  if (finding.trim() !== "") return { finding, manner };
  const seen = lists["measuresSeen"] ?? [];
  const left = (lists["measures"] ?? []).filter((_, position) => !seen.includes(String(position)));
  return { finding: left.length === 0 ? "" : visit.words.desk.notSeen(left), manner };
}
