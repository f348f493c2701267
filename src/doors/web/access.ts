import { may, type Capability } from "#people/capability";
import type { Officer } from "#people/officer";
import type { Kind } from "#doors/bounds";

/** `anyone`, any signed-in `officer`, or officers whose duties grant the capability. */
export type Access = "anyone" | "officer" | Capability;

/** Who may enter, and what a request may cost (`BOUNDS`). */
export type Entrance = { readonly who: Access; readonly kind: Kind };

/** Anybody reads it. */
export const OPEN_PAGE: Entrance = { who: "anyone", kind: "page" };

/** Whether a signed-in officer may enter. */
export function mayEnter(officer: Officer, access: Access): boolean {
  return access === "anyone" || access === "officer" || may(officer, access);
}
