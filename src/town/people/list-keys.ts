import type { Day } from "#platform/instant";
import type { Town } from "#platform/town";
import type { DeviceKind } from "./key.ts";

/** A key as the office lists it: everything but the key. `seenOn`: the last day it was used. */
type Listed = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly capabilities: readonly string[];
  readonly addedAt: Date;
  readonly expiresOn: Day;
  readonly seenOn: Day | null;
  readonly revokedAt: Date | null;
};

const COLUMNS = [
  "id",
  "name",
  "key_prefix as prefix",
  "capabilities",
  "added_at as addedAt",
  "expires_on as expiresOn",
  "seen_on as seenOn",
  "revoked_at as revokedAt",
] as const;

/** All programs of the town, the latest first; those whose key was taken back stay, because events name them. */
export async function listPrograms(town: Town): Promise<readonly (Listed & { readonly channel: string })[]> {
  return town.db.selectFrom("people.program").select(COLUMNS).select("channel").where("town", "=", town.id).orderBy("id", "desc").execute();
}

export async function listDevices(town: Town): Promise<readonly (Listed & { readonly kind: DeviceKind; readonly unit: string })[]> {
  return town.db
    .selectFrom("people.device")
    .select(COLUMNS)
    .select(["kind", "unit"])
    .where("town", "=", town.id)
    .orderBy("id", "desc")
    .execute();
}
