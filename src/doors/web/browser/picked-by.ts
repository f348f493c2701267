export type Numbered = { readonly value: string; readonly number: string; readonly initials: string };

/**
 * The choice that keys mean: its number, or how the initials of its name begin, the first one from the top; null when none.
 */
export function pickedBy(choices: readonly Numbered[], typed: string): string | null {
  const byNumber = choices.find(({ number }) => number === typed);
  const picked = byNumber ?? choices.find(({ initials }) => typed !== "" && initials.startsWith(typed));
  return picked?.value ?? null;
}

/** The digit or letter of a key by its place on the keyboard, whatever an input method makes of it; null for every other key. */
export function characterOf(code: string): string | null {
  return /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? null;
}
