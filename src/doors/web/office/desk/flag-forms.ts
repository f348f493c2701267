import { formTag } from "#doors/web/form/form-tag";
import { html, type Html } from "#doors/web/html";
import { keptDraft } from "#doors/web/office/office-draft";
import { flagEntry } from "#doors/web/ui/flags";
import type { Visit } from "#doors/web/visit";
import type { Flag } from "#verification/flag";
import { whyNotClearFlag, whyNotUpholdFlag } from "#verification/gate";
import type { DeskView } from "./desk-form.ts";

type Desk = Pick<DeskView, "visit" | "names" | "officer" | "desk">;

/** The open flags that this officer may decide, with their evidence: each is cleared or upheld where the question is. */
export function flagForms(at: Desk, flags: readonly Flag[]): Html {
  const mine = decidable(at, flags);
  if (mine.length === 0) return html``;
  const { visit, names } = at;
  return html`<section id="flags" tabindex="-1" aria-labelledby="open-flags">
    <h3 id="open-flags">${visit.words.flags.title}</h3>
    ${mine.map((flag) => flagEntry(visit, names, flag, decideForm(at, flag)))}
  </section>`;
}

export function decidable({ officer, desk }: Pick<Desk, "officer" | "desk">, flags: readonly Flag[]): readonly Flag[] {
  return flags.filter(({ state }) => state === "open" && whyNotClearFlag(desk.standing, officer, state) === null);
}

function decideForm({ visit, officer, desk }: Desk, { id, state }: Flag): Html {
  const why = html`<div class="field">
    <label class="form-label" for="f-reason-${id}">${visit.words.flags.acts.cleared.reason}</label>
    <textarea class="form-control" id="f-reason-${id}" name="reason" rows="2"></textarea>
  </div>`;
  const fields = keptDraft(visit, `flag/${id}/desk`, why, false);
  const mayUphold = whyNotUpholdFlag(desk.standing, officer, state) === null;
  const button = html`<button class="btn btn-primary" type="submit">${visit.words.flags.acts.cleared.send}</button>
    ${mayUphold ? upholdButton(visit, id) : ""}`;
  return formTag({ action: `/office/flags/${id}/clear`, hidden: { from: "desk" }, key: null, fields, button });
}

function upholdButton(visit: Visit, flag: string): Html {
  return html`<button class="btn" type="submit" formaction="/office/flags/${flag}/uphold">
    ${visit.words.flags.acts.upheld.send}
  </button>`;
}
