import { sql } from "kysely";
import type { Town } from "#platform/town";
import type { Identity } from "./identity.ts";
import { sealIdentity } from "./seal-identity.ts";

/** Keeps what was said where nothing was said before: of two sendings of one report the first one's fields stand. */
export async function keepIdentity(town: Town, at: Date, what: { readonly report: string; readonly identity: Identity }): Promise<void> {
  const { kinds, sealed, phoneMark } = sealIdentity(town, what.report, what.identity);
  if (kinds.length === 0) return;
  await sql`select vault.keep(${town.id}, ${what.report}, ${kinds}, ${sealed}, ${phoneMark}, ${at})`.execute(town.db);
}
