import type { Directory } from "#publication/directory";
import { part } from "#doors/web/form/drawn";
import { leaderFields, unitsOf } from "#doors/web/form/leader-fields";
import { html, type Html } from "#doors/web/html";
import { selectField } from "#doors/web/ui/field";
import { nameOf, type Visit } from "#doors/web/visit";
import type { DeskView } from "./desk-form.ts";

/** Who will do it: one or two leaders, and the unit, for which the first leader's own is proposed until another is chosen. */
export function answerableFields(view: DeskView): Html {
  const { visit, names, lists, desk } = view;
  const words = visit.words.desk.fields;
  const { problem } = desk.standing;
  const chosen = lists["leaders"] ?? problem.leaders;
  const typed = view.typed["unit"] ?? problem.unit ?? "";
  const proposed = typed === "" ? (names.officers.get(chosen[0] ?? "")?.unit ?? "") : "";
  const hint = proposed === "" ? undefined : words.unitProposed(nameOf(visit, names.units.get(proposed)));
  const unit = { ...part(view, "unit", words.unit, hint), typed: { ...view.typed, unit: typed === "" ? proposed : typed } };
  return html`<leaders-unit data-units="${JSON.stringify(unitsOfLeaders(names))}">
    ${leaderFields({ ...view, name: "leaders", chosen, words, none: [words.choose, words.none] })}
    ${selectField(visit, { ...unit, options: unitsOf(visit, names), none: words.choose })}
    <p class="hint" data-doubt role="status" hidden>${words.unitDoubt}</p>
  </leaders-unit>`;
}

/** Below none of its leaders' units stands the responsible one: perhaps a slip, perhaps not. Null when nothing is to be asked. */
export function unitDoubt(visit: Visit, names: Directory, leaders: readonly string[], unit: string | null): string | null {
  if (unit === null || leaders.length === 0) return null;
  const above = unitsFrom(names, unit);
  const isTheirs = leaders.some((leader) => above.includes(names.officers.get(leader)?.unit ?? ""));
  return isTheirs ? null : visit.words.desk.fields.unitDoubt;
}

/** The unit of each leader, and for each unit itself and those above it. */
function unitsOfLeaders(names: Directory) {
  const leaders = [...names.officers.values()].filter(({ duties, disabled }) => duties.has("leader") && !disabled);
  return {
    own: Object.fromEntries(leaders.map(({ id, unit }) => [id, unit])),
    above: Object.fromEntries([...names.units.keys()].map((unit) => [unit, unitsFrom(names, unit)])),
  };
}

function unitsFrom(names: Directory, unit: string): readonly string[] {
  const units: string[] = [];
  for (let at: string | null = unit; at !== null && !units.includes(at); at = names.units.get(at)?.parent ?? null) units.push(at);
  return units;
}
