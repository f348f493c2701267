import type { Officer } from "./officer.ts";

/**
 * What somebody signs in with, as sessions, passwords and second steps know it (decision 0052): by its holder's kind and id, as events name
 * who acts. Every holder is an officer until other rooms bring theirs.
 */
export type Account = { readonly kind: "officer"; readonly id: string };

export function accountOf({ id }: Pick<Officer, "id">): Account {
  return { kind: "officer", id };
}
