import { findBound, whyNotGrantBinding } from "#people/bound-subject";
import { may } from "#people/capability";
import type { OfficerAccount } from "#people/queries";
import type { RefusalCode } from "#refusals";
import type { Directory } from "#publication/directory";
import { formKey } from "#doors/web/form";
import { html, type Html } from "#doors/web/html";
import { signedIn } from "#doors/web/office/officer-form";
import { instantWords } from "#doors/web/ui/day";
import { lineField } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { settingsForm, versionField, type SettingsDrawn } from "./settings-form.ts";

/** Which identity at the provider opens the account: asked for by one administrator, granted by the other. Nothing without a provider. */
export async function subjectPanel(visit: Visit, names: Directory, shown: SettingsDrawn, officer: OfficerAccount): Promise<Html> {
  if (visit.program.identityProvider === null) return html``;
  const words = visit.words.people.officers;
  const bound = await findBound(visit.town, officer.id);
  const here = `/office/people/${officer.id}/subject`;
  const state =
    bound === null
      ? words.noSubject
      : bound.grantedAt === null
        ? html`${words.askedBy(names.officers.get(bound.askedBy)?.name ?? "—")} ${instantWords(visit, bound.askedAt)}`
        : words.subjectBound;
  return html`<section class="card office-panel" aria-labelledby="subject">
    <h2 id="subject">${words.subject}</h2>
    <p>${state}</p>
    ${bound === null ? "" : html`<p><code>${bound.subject}</code></p>`}
    ${bound === null ? askForm(visit, shown, here, officer) : ""}
    ${bound?.grantedAt === null ? grantForm(visit, shown, here, whyNotGrantBinding(signedIn(visit), officer, bound)) : ""}
    ${bound === null ? "" : oneButton(shown, `${here}/free`, words.freeSubject)}
  </section>`;
}

function askForm(visit: Visit, shown: SettingsDrawn, here: string, officer: OfficerAccount): Html {
  const words = visit.words.people.officers;
  const by = signedIn(visit);
  if (!may(by, "keep-accounts")) return html``;
  if (by.id === officer.id) return html`<p class="office-refused">${visit.words.refusals.codes["officer/self"]}</p>`;
  const { typed, faults } = shown;
  const field = lineField(visit, { name: "subject", label: words.subjectLabel, hint: words.subjectHint, typed, faults });
  return settingsForm(here, shown, field, words.askSubject);
}

function grantForm(visit: Visit, shown: SettingsDrawn, here: string, no: RefusalCode | null): Html {
  if (!may(signedIn(visit), "keep-duties")) return html``;
  if (no !== null) return html`<p class="office-refused">${visit.words.refusals.codes[no]}</p>`;
  return oneButton(shown, `${here}/grant`, visit.words.people.officers.grantSubject);
}

function oneButton(shown: SettingsDrawn, action: string, button: string): Html {
  return html`<form class="office-one" method="post" action="${action}">
    ${formKey()}
    ${versionField(shown)}
    <button class="btn" type="submit">${button}</button>
  </form>`;
}
