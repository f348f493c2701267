import { sql } from "kysely";
import type { Town } from "#platform/town";
import type { IdentityField } from "./identity.ts";
import type { ReasonClass } from "./record-look.ts";

/** Whether somebody said who they are, or left a way to reach them. */
export async function hasIdentity(town: Town, report: string): Promise<boolean> {
  const row = await town.db
    .selectFrom("vault.field")
    .select("report")
    .where("town", "=", town.id)
    .where("report", "=", report)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Which fields are held now of each of these reports, by report; none is opened, and of whom nothing is held is not among them. */
export async function kindsHeld(town: Town, reports: readonly string[]): Promise<ReadonlyMap<string, readonly IdentityField[]>> {
  if (reports.length === 0) return new Map();
  const { rows } = await sql<{ report: string; kinds: readonly IdentityField[] }>`
    select f.report, array_agg(f.kind order by f.kind) as kinds from vault.field f
    where f.town = ${town.id} and f.report = any (${reports}::uuid[]) group by f.report`.execute(town.db);
  return new Map(rows.map(({ report, kinds }) => [report, kinds]));
}

/** Until when the officer's last look at this report is open; null when none is. */
export async function openUntil(town: Town, officer: string, at: Date, report: string): Promise<Date | null> {
  const row = await town.db
    .selectFrom("vault.look")
    .select("open_until")
    .where("town", "=", town.id)
    .where("report", "=", report)
    .where("looked_by", "=", officer)
    .where("open_until", ">", at)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.open_until ?? null;
}

/** Whether the officer looked at who sent this report, or had them called, after this moment. */
export async function hasLookedSince(town: Town, officer: string, since: Date, report: string): Promise<boolean> {
  const row = await town.db
    .selectFrom("vault.look")
    .select("id")
    .where("town", "=", town.id)
    .where("report", "=", report)
    .where("looked_by", "=", officer)
    .where("looked_at", ">", since)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** A look as the reporter may read it: when, by which kind, why; the officer by their unit, as in the log. */
export type LookTaken = {
  readonly kind: "look" | "call";
  readonly at: Date;
  readonly reasonClass: ReasonClass;
  readonly unit: string;
};

export async function looksAt(town: Town, report: string): Promise<readonly LookTaken[]> {
  return town.db
    .selectFrom("vault.look as l")
    .innerJoin("people.officer as o", (join) => join.onRef("o.town", "=", "l.town").onRef("o.id", "=", "l.looked_by"))
    .select(["l.kind", "l.looked_at as at", "l.reason_class as reasonClass", "o.unit"])
    .where("l.town", "=", town.id)
    .where("l.report", "=", report)
    .orderBy("l.id")
    .execute();
}

/** An erasure, with what opens its commitment: shown to the reporter and to nobody else. */
export type Erasure = {
  readonly at: Date;
  readonly because: "asked" | "retention";
  readonly event: string;
  readonly salt: Buffer | null;
};

export async function erasuresOf(town: Town, report: string): Promise<readonly Erasure[]> {
  return town.db
    .selectFrom("vault.erasure as e")
    .leftJoin("audit.private_text as w", (join) =>
      join.onRef("w.town", "=", "e.town").onRef("w.event", "=", "e.event").on("w.field", "=", "report"),
    )
    .select(["e.erased_at as at", "e.because", "e.event", "w.salt"])
    .where("e.town", "=", town.id)
    .where("e.report", "=", report)
    .orderBy("e.erased_at")
    .execute();
}
