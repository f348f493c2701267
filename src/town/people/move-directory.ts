import type { Town } from "#platform/town";

/** Says that a name which pages show has changed: those who keep names in memory read them again. Under the town's lock. */
export async function moveDirectory(town: Town): Promise<void> {
  await town.db
    .updateTable("people.town")
    .set((eb) => ({ directory_version: eb("directory_version", "+", 1) }))
    .where("town", "=", town.id)
    .execute();
}
