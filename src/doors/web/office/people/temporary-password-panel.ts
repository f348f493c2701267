import type { OfficerAccount } from "#people/queries";
import { whyNotDecide, type Asked } from "#people/temporary-password";
import type { Directory } from "#publication/directory";
import { formKey } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";
import { versionField, type SettingsDrawn } from "./settings-form.ts";

/** What a security administrator reads of a temporary password that was asked for, with the buttons to grant it or not. */
export function decidePanel(visit: Visit, names: Directory, shown: SettingsDrawn, officer: OfficerAccount, asked: Asked): Html {
  const words = visit.words.people.officers;
  const no = whyNotDecide(signedIn(visit), officer, asked);
  const who = names.officers.get(asked.askedBy)?.name ?? "—";
  const here = `/office/people/${officer.id}/temporary-password`;
  return html`<section class="card office-panel" aria-labelledby="temporary-password">
    <h2 id="temporary-password">${words.asked}</h2>
    <p>${words.askedBy(who)} ${instantWords(visit, asked.askedAt)}</p>
    <p class="office-note">${words.grantHint}</p>
    ${
      no === null
        ? html`${decideForm(shown, `${here}/grant`, words.grantPassword, true)}
          ${decideForm(shown, `${here}/refuse`, words.refusePassword, false)}`
        : html`<p class="office-refused">${visit.words.refusals.codes[no]}</p>`
    }
  </section>`;
}

/** Where the answer shows half a password once, no script keeps its page. */
function decideForm(shown: SettingsDrawn, action: string, button: string, showsHalf: boolean): Html {
  return html`<form class="office-one" method="post" action="${action}" ${showsHalf ? html`data-turbo="false"` : ""}>
    ${formKey()}
    ${versionField(shown)}
    <button class="btn ${showsHalf ? "btn-primary" : ""}" type="submit">${button}</button>
  </form>`;
}
