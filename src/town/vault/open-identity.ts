import type { Town } from "#platform/town";
import type { Identity } from "./identity.ts";
import { openField } from "./seal-identity.ts";

const NOBODY: Identity = { name: "", phone: "", email: "", wechat: "", address: "" };

/**
 * The only place where an identity is read. Who calls it has made sure that a look was recorded before (`recordLook`), or that
 * the reporter themselves is asking. Null when nothing is held.
 */
export async function openIdentity(town: Town, report: string): Promise<Identity | null> {
  const rows = await town.db
    .selectFrom("vault.field")
    .select(["kind", "sealed"])
    .where("town", "=", town.id)
    .where("report", "=", report)
    .execute();
  if (rows.length === 0) return null;
  return { ...NOBODY, ...Object.fromEntries(rows.map(({ kind, sealed }) => [kind, openField(town, report, kind, sealed)])) };
}
