import type { Duty } from "#people/officer";
import type { Kind } from "#doors/bounds";
import { OFFICE_ACCESS } from "./office/access.ts";
import { PUBLIC_ACCESS } from "./public/access.ts";

/** `anyone`, any signed-in `officer`, or officers with one of the duties. */
export type Access = "anyone" | "officer" | readonly Duty[];

/** Who may enter, and what a request may cost (`BOUNDS`). */
export type Entrance = { readonly who: Access; readonly kind: Kind };

/** Who may enter which route: the one table. A route that is not in it cannot be opened, and tests walk all of it. */
export const ACCESS = { ...PUBLIC_ACCESS, ...OFFICE_ACCESS } satisfies Record<string, Entrance>;

export type RouteName = keyof typeof ACCESS;
