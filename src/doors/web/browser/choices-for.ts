/**
 * Which choices stay in a list when something is typed above it; the empty one and the chosen one always do. `only`: the one that is meant.
 */
export function choicesFor(
  choices: readonly { readonly value: string; readonly text: string; readonly initials?: string }[],
  typed: string,
  chosen: string,
): { readonly shown: ReadonlySet<string>; readonly only: string | null } {
  const wanted = typed.trim().toLowerCase();
  const found = choices
    .filter(({ value, text, initials = "" }) => value !== "" && (text.toLowerCase().includes(wanted) || initials.startsWith(wanted)))
    .map(({ value }) => value);
  const [only = null] = found.length === 1 && wanted !== "" ? found : [];
  return { shown: new Set(["", chosen, ...found]), only };
}
