import { sql } from "kysely";
import type { Town } from "#platform/town";

export type Cosigned = { readonly witness: string; readonly line: string; readonly at: Date };

export type ShownCheckpoint = {
  readonly size: number;
  /** The signed note, with the cosignatures there are of this very checkpoint. */
  readonly note: string;
  readonly signedAt: Date;
  readonly cosigned: readonly Cosigned[];
};

/** The newest checkpoint; null before the first event got its place. */
export function newestCheckpoint(town: Town): Promise<ShownCheckpoint | null> {
  return checkpointWhere(town, false);
}

/** The newest checkpoint that a witness cosigned; null when none did. */
export function newestCosigned(town: Town): Promise<ShownCheckpoint | null> {
  return checkpointWhere(town, true);
}

async function checkpointWhere(town: Town, cosignedOnly: boolean): Promise<ShownCheckpoint | null> {
  const row = await town.db
    .selectFrom("log.checkpoint as c")
    .select(["c.size", "c.note", "c.signed_at as signedAt"])
    .where("c.town", "=", town.id)
    .$if(cosignedOnly, (query) =>
      query.where("c.size", "in", (cosigned) => cosigned.selectFrom("proof.cosignature").select("size").where("town", "=", town.id)),
    )
    .orderBy("c.size", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const cosigned = await town.db
    .selectFrom("proof.cosignature")
    .select(["witness", "line", "cosigned_at as at"])
    .where("town", "=", town.id)
    .where("size", "=", row.size)
    .orderBy("witness")
    .execute();
  return { ...row, note: row.note + cosigned.map(({ line }) => `${line}\n`).join(""), cosigned };
}

/**
 * The newest cosignature of every witness, whatever checkpoint it was of: from one name in the index to the next, not through all there
 * are.
 */
export async function newestCosignatures(
  town: Town,
): Promise<readonly { readonly witness: string; readonly size: number; readonly at: Date }[]> {
  const next = (after: ReturnType<typeof sql>) => sql`
    (select c.witness, c.size, c.cosigned_at from proof.cosignature c where c.town = ${town.id} and ${after}
      order by c.witness, c.size desc limit 1)`;
  const { rows } = await sql<{ witness: string; size: number; at: Date }>`
    with recursive newest as (
      ${next(sql`true`)}
      union all
      select n.* from newest cross join lateral ${next(sql`c.witness > newest.witness`)} n
    ) select witness, size, cosigned_at as at from newest`.execute(town.db);
  return rows;
}

/** The event of a report's arrival, by the report's id; null when there is no such report. */
export async function arrivalOf(town: Town, report: string): Promise<string | null> {
  return latestEvent(town, sql`${report}`, "report.received");
}

/** The event of a problem's last closing; null while it was not struck off. */
export async function closingOf(town: Town, number: string): Promise<string | null> {
  return latestEvent(town, sql`(select p.id from ledger.problem p where p.town = ${town.id} and p.number = ${number})`, "problem.closed");
}

async function latestEvent(town: Town, subject: ReturnType<typeof sql>, verb: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select e.id from audit.event e where e.town = ${town.id} and e.subject = ${subject} and e.verb = ${verb} order by e.id desc
      limit 1`.execute(town.db);
  return rows[0]?.id ?? null;
}
