import type { Town } from "#platform/town";

/** From here on whatever happens to these is a sealed event, whoever tells it (audit.append_events): in the caller's transaction. */
export async function sealSubjects(town: Town, subjects: readonly string[]): Promise<void> {
  if (subjects.length === 0) return;
  await town.db
    .insertInto("audit.sealed_subject")
    .values(subjects.map((subject) => ({ town: town.id, subject })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** They lie in the open again; returns those that did not. */
export async function unsealSubjects(town: Town, subjects: readonly string[]): Promise<readonly string[]> {
  if (subjects.length === 0) return [];
  const rows = await town.db
    .deleteFrom("audit.sealed_subject")
    .where("town", "=", town.id)
    .where("subject", "in", subjects)
    .returning("subject")
    .execute();
  return rows.map(({ subject }) => subject);
}

export async function isSealed(town: Town, subject: string): Promise<boolean> {
  const row = await town.db
    .selectFrom("audit.sealed_subject")
    .select("subject")
    .where("town", "=", town.id)
    .where("subject", "=", subject)
    .executeTakeFirst();
  return row !== undefined;
}
