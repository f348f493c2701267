import { THE_TOWN } from "#audit/the-town";
import { ChangeTown, changeTown } from "#people/change-town";
import { readParticulars, type Particulars } from "#people/particulars";
import { html } from "#doors/web/html";
import { route } from "#doors/web/route";
import { lineField } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { BLANK, drawnOver, sendSettings, settingsForm, settingsPage, type SettingsDrawn } from "./settings-form.ts";

const REQUIRED: readonly (keyof Particulars)[] = ["nameZh"];
const FIELDS = [
  "nameZh",
  "nameEn",
  "phone",
  "hours",
  "address",
  "responsible",
  "icpRecord",
  "policeRecord",
] as const satisfies readonly (keyof Particulars)[];

export const townRoutes = [
  route("GET /office/people/town", { who: "keep-town", kind: "page" }, (visit) => townPage(visit, BLANK)),
  route("POST /office/people/town", { who: "keep-town", kind: "act" }, (visit) =>
    sendSettings(visit, {
      purpose: "town.change",
      schema: ChangeTown,
      act: changeTown,
      to: "/office/people/town?done=changed",
      back: (drawn) => townPage(visit, drawn),
    }),
  ),
];

async function townPage(visit: Visit, drawn: SettingsDrawn): Promise<Response> {
  const words = visit.words.people.settings.town;
  const { version, ...known } = await readParticulars(visit.town);
  const shown = await drawnOver(visit, drawn, { typed: known, version, subject: THE_TOWN });
  const fields = FIELDS.map((name) => {
    const [label, hint] = words.fields[name];
    const type = name === "phone" ? "tel" : "text";
    return lineField(visit, { name, label, hint, type, required: REQUIRED.includes(name), ...shown });
  });
  return settingsPage(visit, await visit.names(), shown, {
    at: "town",
    title: words.title,
    under: html`<a href="/office/opening">${visit.words.people.opening.title}</a> · ${words.under}`,
    content: html`<section class="card office-panel">
      ${settingsForm("/office/people/town", shown, html`<div class="office-grid">${fields}</div>`, visit.words.common.save)}
    </section>`,
  });
}
