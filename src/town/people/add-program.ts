import { z } from "zod";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
import { choice } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { keyFields, makeKey, PROGRAM_CHANNELS, whyNotExpire } from "./key.ts";
import { lockTown } from "./lock-town.ts";
import { moveDirectory } from "./move-directory.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";

export const AddProgram = z.object({ ...keyFields, channel: choice(PROGRAM_CHANNELS) });
export type AddProgram = z.infer<typeof AddProgram>;

/** Adds a program that sends to the town in its own name. Returns its key, to be shown once. Refusals: officer/not-allowed, key/expiry. */
export async function addProgram(town: Town, by: Officer, at: Date, what: AddProgram): Promise<string> {
  return transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin") ?? whyNotExpire(what.expiresOn, dayOf(at)));
    await lockTown(town);
    const { key, hash, prefix } = makeKey("program");
    const id = newId(at);
    const { name, channel, capabilities, expiresOn } = what;
    await town.db
      .insertInto("people.program")
      .values({
        town: town.id,
        id,
        name,
        channel,
        capabilities,
        key_hash: hash,
        key_prefix: prefix,
        added_at: at,
        added_by: by.id,
        expires_on: expiresOn,
      })
      .execute();
    await moveDirectory(town);
    await appendEvent(town, asActor(by), at, {
      verb: "program.added",
      subject: { kind: "program", id },
      facts: { channel, capabilities, expiresOn, prefix },
      words: { name },
    });
    return key;
  });
}
