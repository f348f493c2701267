import type { Town } from "#platform/town";
import { listLocks } from "./sign-in-gate.ts";

/** How somebody signs in: what the list of officers says beside their duties. */
export type SignsIn = {
  /** Null: never yet. */
  readonly signedInAt: Date | null;
  readonly hasPassword: boolean;
  readonly hasSecondStep: boolean;
  /** With a second step, but without a code for the day the phone is lost. */
  readonly lacksRecovery: boolean;
  readonly lockedUntil: Date | null;
};

/** Of every account, by its holder. */
export async function listSignIns(town: Town, at: Date): Promise<ReadonlyMap<string, SignsIn>> {
  const rows = await town.db
    .selectFrom("people.account as a")
    .leftJoin("people.credential as c", (join) => join.onRef("c.town", "=", "a.town").onRef("c.account", "=", "a.id"))
    .leftJoin("people.totp as s", (join) => join.onRef("s.town", "=", "a.town").onRef("s.account", "=", "a.id"))
    .select(["a.id", "a.login", "a.signed_in_at", "c.set_at as password_at", "s.set_at as second_step_at"])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom("people.recovery_code as r")
            .select("r.account")
            .whereRef("r.town", "=", "a.town")
            .whereRef("r.account", "=", "a.id"),
        )
        .as("has_recovery"),
    )
    .where("a.town", "=", town.id)
    .execute();
  const locks = await listLocks(town, at, rows);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        signedInAt: row.signed_in_at,
        hasPassword: row.password_at !== null,
        hasSecondStep: row.second_step_at !== null,
        lacksRecovery: row.second_step_at !== null && row.has_recovery === false,
        lockedUntil: locks.get(row.id) ?? null,
      },
    ]),
  );
}
