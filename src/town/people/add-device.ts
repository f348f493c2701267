import { z } from "zod";
import { newId } from "#platform/ids";
import { dayOf } from "#platform/instant";
import { choice, id } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { appendEvent } from "./events.ts";
import { DEVICE_KINDS, keyFields, makeKey, whyNotExpire } from "./key.ts";
import { lockTown } from "./lock-town.ts";
import { moveDirectory } from "./move-directory.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { listUnits } from "./queries.ts";

export const AddDevice = z.object({ ...keyFields, kind: choice(DEVICE_KINDS), unit: id });
export type AddDevice = z.infer<typeof AddDevice>;

/** Adds a device of a unit. Returns its key, to be shown once. Refusals: officer/not-allowed, key/expiry, unit/unknown. */
export async function addDevice(town: Town, by: Officer, at: Date, what: AddDevice): Promise<string> {
  return transact(town, async (town) => {
    refuse(whyNotDuty(by, "system_admin") ?? whyNotExpire(what.expiresOn, dayOf(at)));
    await lockTown(town);
    if ((await listUnits(town)).find((unit) => unit.id === what.unit)?.retired !== false) throw new Refusal("unit/unknown");
    const { key, hash, prefix } = makeKey("device");
    const id = newId(at);
    const { name, kind, unit, capabilities, expiresOn } = what;
    await town.db
      .insertInto("people.device")
      .values({
        town: town.id,
        id,
        name,
        kind,
        unit,
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
      verb: "device.added",
      subject: { kind: "device", id },
      facts: { kind, unit, capabilities, expiresOn, prefix },
      words: { name },
    });
    return key;
  });
}
