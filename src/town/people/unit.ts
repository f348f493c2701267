import type { RefusalCode } from "#refusals";

export const UNIT_KINDS = ["department", "village", "station", "contractor"] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export type Unit = {
  readonly id: string;
  readonly parent: string | null;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: UnitKind;
  readonly retired: boolean;
  readonly version: number;
};

type Placed = Pick<Unit, "id" | "parent" | "retired">;

/** Whether a unit may stand under another: one that is there and is not itself or below itself. */
export function whyNotUnder(units: readonly Placed[], unit: string | null, parent: string | null): RefusalCode | null {
  if (parent === null) return null;
  const byId = new Map(units.map((one) => [one.id, one]));
  if (byId.get(parent)?.retired !== false) return "unit/unknown";
  for (let above: string | null = parent; above !== null; above = byId.get(above)?.parent ?? null) if (above === unit) return "unit/circle";
  return null;
}
