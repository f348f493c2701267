import { z } from "zod";
import { THE_POLICY } from "#audit/the-town";
import { judgeable } from "#platform/characters";
import { wholeNumber } from "#platform/numbers";
import { transact, type Town } from "#platform/town";
import { refuse } from "#refusals";
import { drawnFrom, whyNotDrawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { lockTown } from "./lock-town.ts";
import { asActor, whyNotDuty, type Officer } from "./officer.ts";
import { readPolicy } from "./policy.ts";

const FAULT = { error: "number/impossible" };

const lookBacks = z
  .string(FAULT)
  .max(100, FAULT)
  .transform(judgeable)
  .refine((typed) => /^\d{1,3}( ?[,、;. ] ?\d{1,3}){0,4}$/.test(typed), FAULT)
  .transform((typed) => [...new Set((typed.match(/\d+/g) ?? []).map(Number))].sort((a, b) => a - b))
  .refine((days) => days.every((day) => day >= 1 && day <= 730), FAULT);

/** The same bounds stand in the table's checks (db/migrations/0004, 0310, 0380). */
export const ChangePolicy = z.object({
  ...drawnFrom,
  answerWindowDays: wholeNumber(1, 60),
  noticeWorkingDays: wholeNumber(1, 30),
  flagWorkingDays: wholeNumber(1, 30),
  objectionWorkingDays: wholeNumber(1, 30),
  lookBackDays: lookBacks,
  signInFailures: wholeNumber(3, 20),
  signInLockMinutes: wholeNumber(1, 1440),
  sessionIdleMinutes: wholeNumber(5, 240),
  sessionAbsoluteHours: wholeNumber(1, 24),
  passwordLength: wholeNumber(8, 64),
  passwordDays: wholeNumber(0, 730),
  fewEntries: wholeNumber(1, 1000),
  // Six months are 181 to 184 days (网络安全法, the six months for which logs are kept).
  securityLogDays: wholeNumber(184, 3650),
});
export type ChangePolicy = z.infer<typeof ChangePolicy>;

/** Sets the town's figures. They count from now on: what was due before stays due when it was. */
export async function changePolicy(town: Town, by: Officer, at: Date, what: ChangePolicy): Promise<void> {
  await transact(town, async (town) => {
    refuse(whyNotDuty(by, "security_admin"));
    await lockTown(town);
    const policy = await readPolicy(town);
    refuse(whyNotDrawnFrom(policy, what));
    const version = policy.version + 1;
    await town.db
      .updateTable("people.policy")
      .set({
        answer_window_days: what.answerWindowDays,
        notice_working_days: what.noticeWorkingDays,
        flag_working_days: what.flagWorkingDays,
        objection_working_days: what.objectionWorkingDays,
        look_back_days: what.lookBackDays,
        sign_in_failures: what.signInFailures,
        sign_in_lock_minutes: what.signInLockMinutes,
        session_idle_minutes: what.sessionIdleMinutes,
        session_absolute_hours: what.sessionAbsoluteHours,
        password_length: what.passwordLength,
        password_days: what.passwordDays,
        few_entries: what.fewEntries,
        security_log_days: what.securityLogDays,
        version,
      })
      .where("town", "=", town.id)
      .execute();
    await appendEvent(town, asActor(by), at, { verb: "policy.changed", subject: THE_POLICY, facts: { ...what, version } });
  });
}
