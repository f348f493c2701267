import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import { framed, optionTags, type Faults, type Option } from "#doors/web/ui/field";
import { initialsOf } from "#doors/web/ui/initials";
import { numberedOptions } from "#doors/web/ui/numbered";
import { nameOf, type Visit } from "#doors/web/visit";

type Leaders = {
  readonly visit: Visit;
  readonly names: Directory;
  readonly faults: Faults;
  /** The name both are sent under. */
  readonly name: string;
  /** Who is chosen now, in their order. */
  readonly chosen: readonly string[];
  readonly words: { readonly leader: string; readonly secondLeader: string };
  /** What the empty choice of each says. */
  readonly none: readonly [first: string, second: string];
};

/** What a choice of leaders lacks, known before the town is asked: it is said in the first round, with whatever else is missing. */
export function faultsOfLeaders(visit: Visit, chosen: readonly string[], name = "leaders"): Faults {
  const [first = "", ...others] = chosen.filter((leader) => leader !== "");
  if (first === "") return { [name]: visit.words.common.faults["choice/unknown"] };
  return others.includes(first) ? { [`${name}-2`]: visit.words.refusals.codes["leaders/twice"] } : {};
}

/** Two lists of leaders, both sent under one name: the first must be chosen, the second may stay empty. */
export function leaderFields({ name, chosen, words, none, ...leaders }: Leaders): Html {
  const [first = "", second = ""] = chosen;
  return html`${leaderField(leaders, { id: name, name, label: words.leader, none: none[0], chosen: first })}
    ${leaderField(leaders, { id: `${name}-2`, name, label: words.secondLeader, none: none[1], chosen: second })}`;
}

type OneOfThem = { readonly id: string; readonly name: string; readonly label: string; readonly none: string; readonly chosen: string };

function leaderField(
  { visit, names, faults }: Pick<Leaders, "visit" | "names" | "faults">,
  { id, name, label, none, chosen }: OneOfThem,
): Html {
  const faulty = faults[id] !== undefined;
  return framed(
    visit,
    { name: id, label, typed: {}, faults },
    html`<select
      class="form-select${faulty ? " is-invalid" : ""}"
      id="f-${id}"
      name="${name}"
      ${faulty ? html`aria-describedby="e-${id}" aria-invalid="true"` : ""}
    >
      ${optionTags(visit, [{ value: "", label: none }, ...leadersOf(visit, names)], chosen)}
    </select>`,
  );
}

function leadersOf(visit: Visit, names: Directory): readonly Option[] {
  return [...names.officers.values()].map((officer) => ({
    value: officer.id,
    label: `${officer.name} · ${nameOf(visit, names.units.get(officer.unit))}`,
    retired: officer.disabled || !officer.duties.has("leader"),
    initials: initialsOf(officer.name),
  }));
}

/** The units a problem can be given to. */
export function unitsOf(visit: Visit, names: Directory): readonly Option[] {
  return numberedOptions(visit, names.units);
}
