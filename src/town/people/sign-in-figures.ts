import type { Town } from "#platform/town";

/** The figures of the town's policy that sign-in keeps to. The policy is the security admin's to set: change-policy.ts. */
export type SignInFigures = {
  readonly failures: number;
  readonly lockMinutes: number;
  readonly passwordLength: number;
  readonly passwordDays: number;
};

export async function readSignInFigures(town: Town): Promise<SignInFigures> {
  return town.db
    .selectFrom("people.policy")
    .select([
      "sign_in_failures as failures",
      "sign_in_lock_minutes as lockMinutes",
      "password_length as passwordLength",
      "password_days as passwordDays",
    ])
    .where("town", "=", town.id)
    .executeTakeFirstOrThrow();
}
