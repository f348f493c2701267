import { z } from "zod";
import { id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { lockTown } from "./lock-town.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";

export const RevokeProgram = z.object({ program: id });
export type RevokeProgram = z.infer<typeof RevokeProgram>;

/**
 * Takes the key of a program back: from now on it opens nothing. Its name stays with what it did.
 * Refusals: officer/not-allowed, program/unknown.
 */
export async function revokeProgram(town: Town, by: Officer, at: Date, what: RevokeProgram): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin"));
    await lockTown(town);
    const { numUpdatedRows } = await town.db
      .updateTable("people.program")
      .set({ revoked_at: at, revoked_by: by.id })
      .where("town", "=", town.id)
      .where("id", "=", what.program)
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Refusal("program/unknown");
    await appendEvent(town, asActor(by), at, { verb: "program.revoked", subject: { kind: "program", id: what.program } });
  });
}
