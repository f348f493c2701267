import { AddVillage, addVillage } from "#people/add-village";
import { ChangeVillage, changeVillage } from "#people/change-village";
import { listVillages, type Village } from "#people/queries";
import { RetireVillage, retireVillage } from "#people/retire-village";
import { html, type Html } from "#doors/web/html";
import { lineField } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";
import { englishName, type SettingsDrawn } from "./settings-form.ts";
import { listRoutes, type SettingsList } from "./settings-list.ts";

const VILLAGES: SettingsList<Village> = {
  at: "villages",
  kind: "village",
  list: "/office/people/villages",
  who: "keep-places",
  read: listVillages,
  columns: (visit) => [[visit.words.people.settings.villages.code, ({ code }) => code ?? "—"]],
  typedOf: ({ nameZh, nameEn, code, lon, lat }) => ({ nameZh, nameEn, code: code ?? "", lon: String(lon ?? ""), lat: String(lat ?? "") }),
  fields: villageFields,
};

export const villageRoutes = listRoutes(VILLAGES, "/office/people/villages/:village", {
  add: [AddVillage, addVillage],
  change: [ChangeVillage, changeVillage],
  retire: [RetireVillage, retireVillage],
});

function villageFields(visit: Visit, drawn: SettingsDrawn): Html {
  const { typed, faults, now } = drawn;
  const words = visit.words.people.settings;
  const { villages } = words;
  const field = (name: string, label: string, hint?: string) =>
    lineField(visit, { name, label, typed, faults, now, ...(hint === undefined ? {} : { hint, required: false }) });
  return html`<div class="office-grid">
    ${field("nameZh", words.nameZh)}
    ${englishName(visit, drawn)}
    ${field("code", villages.code, villages.codeHint)}
    ${field("lon", villages.lon, villages.positionHint)}
    ${field("lat", villages.lat, villages.positionHint)}
  </div>`;
}
