import { sql } from "kysely";
import type { Town } from "#platform/town";
import type { Identity } from "./identity.ts";
import { sealIdentity } from "./seal-identity.ts";

/** Keeps what was said where nothing was said before: of two sendings of one report the first one's fields stand. */
export async function keepIdentity(town: Town, at: Date, what: { readonly report: string; readonly identity: Identity }): Promise<void> {
  const sealed = sealIdentity(town, at, what.report, what.identity);
  if (sealed !== null) await sql`select vault.keep(${town.id}, ${JSON.stringify([sealed])})`.execute(town.db);
}
