import { sql } from "kysely";
import type { Notary } from "#platform/notary";
import type { Db, Town } from "#platform/town";
import { parseCheckpoint } from "#standards/tlog/checkpoint";
import { parseNote } from "#standards/tlog/note";

/** Whether fewer leaves are kept than the notary has signed: an old copy of the database under a newer notary file. */
export async function isOlderThanSigned(town: Town, notary: Notary): Promise<boolean> {
  const signed = parseNote((await notary.lastSigned(town.id)) ?? "");
  const { size } = (signed === null ? null : parseCheckpoint(signed.text)) ?? { size: 0 };
  const { rows } = await sql<{ leaves: number }>`
    select coalesce(max(number) + 1, 0) as leaves from log.leaf where town = ${town.id}`.execute(town.db);
  return (rows[0]?.leaves ?? 0) < size;
}

/** The triggers that migrations made; each with its reason in test/towns-apart.test.ts. */
const OURS = ["arrows", "directories_moved", "directories_moved_host", "directory_moved", "directory_moved_town"];

/** Triggers and rules on our tables that no migration made, and ours that were put to sleep: what they swallow no event tells. */
export async function strangersIn(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ stranger: string }>`
    select 'trigger ' || t.tgname || ' on ' || t.tgrelid::regclass as stranger
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not t.tgisinternal and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss')
      and (t.tgname <> all (${OURS}::text[]) or t.tgenabled <> 'O')
    union all
    select 'rule ' || r.rulename || ' on ' || r.ev_class::regclass
    from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
    where r.rulename <> '_RETURN' and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss')
    order by 1`.execute(db);
  return rows.map(({ stranger }) => stranger);
}
