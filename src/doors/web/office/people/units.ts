import { partWithUnit } from "#ledger/part-with-unit";
import { AddUnit, addUnit } from "#people/add-unit";
import { ChangeUnit, changeUnit } from "#people/change-unit";
import { listUnits } from "#people/queries";
import { RetireUnit } from "#people/retire-unit";
import { UNIT_KINDS, whyNotUnder, type Unit } from "#people/unit";
import { html, type Html } from "#doors/web/html";
import { lineField, selectField } from "#doors/web/ui/field";
import { nameOf, type Visit } from "#doors/web/visit";
import { englishName, type SettingsDrawn } from "./settings-form.ts";
import { listRoutes, type Among, type SettingsList } from "./settings-list.ts";

/** A unit and how deep it stands in the tree. */
type Placed = Unit & { readonly depth: number };

const UNITS: SettingsList<Placed> = {
  at: "units",
  kind: "unit",
  list: "/office/people/units",
  who: "keep-places",
  read: async (town) => inTree(await listUnits(town)),
  named: ({ nameZh, depth }) => html`<span class="depth-${Math.min(depth, 5)}">${nameZh}</span>`,
  columns: ({ words }) => [[words.people.settings.units.kind, ({ kind }) => words.people.settings.units.kinds[kind]]],
  typedOf: ({ nameZh, nameEn, kind, parent }) => ({ nameZh, nameEn, kind, parent: parent ?? "" }),
  fields: unitFields,
};

export const unitRoutes = listRoutes(UNITS, "/office/people/units/:unit", {
  add: [AddUnit, addUnit],
  change: [ChangeUnit, changeUnit],
  retire: [RetireUnit, partWithUnit],
});

function unitFields(visit: Visit, drawn: SettingsDrawn, { all, one: unit }: Among<Placed>): Html {
  const { typed, faults, now } = drawn;
  const words = visit.words.people.settings;
  const above = all.filter((other) => whyNotUnder(all, unit?.id ?? null, other.id) === null).map((unit) => unitOption(visit, unit));
  const kinds = UNIT_KINDS.map((kind) => ({ value: kind, label: words.units.kinds[kind] }));
  return html`<div class="office-grid">
    ${lineField(visit, { name: "nameZh", label: words.nameZh, typed, faults, now })}
    ${englishName(visit, drawn)}
    ${selectField(visit, { name: "kind", label: words.units.kind, options: kinds, typed, faults, now })}
    ${selectField(visit, { name: "parent", label: words.units.parent, options: above, none: words.units.top, typed, faults, now })}
  </div>`;
}

/** A unit to choose, indented as it stands in the tree. */
export function unitOption(visit: Visit, { id, nameZh, nameEn, depth }: Placed) {
  return { value: id, label: `${"　".repeat(depth)}${nameOf(visit, { zh: nameZh, en: nameEn })}` };
}

/** Every unit behind the one it stands under. */
export function inTree(units: readonly Unit[]): readonly Placed[] {
  const under = (parent: string | null, depth: number): readonly Placed[] =>
    units.filter((unit) => unit.parent === parent).flatMap((unit) => [{ ...unit, depth }, ...under(unit.id, depth + 1)]);
  return under(null, 0);
}
