import { judgeable } from "#platform/characters";
import { codeName } from "#platform/text";

/** A login as it is looked up: no capitals, no width, nothing invisible. */
export function loginTyped(typed: string): string {
  return judgeable(typed).toLowerCase();
}

/** A login that an account may have. */
export const login = codeName(/^[a-z][a-z0-9.-]{1,30}$/, "login/impossible", (typed) => typed.toLowerCase());
