import type { Town } from "#platform/town";

/** The figures a town may set. Days and hours as their names say; `passwordDays` 0 means passwords do not age. */
export type PolicyFigures = {
  readonly answerWindowDays: number;
  readonly noticeWorkingDays: number;
  readonly flagWorkingDays: number;
  readonly objectionWorkingDays: number;
  readonly lookBackDays: readonly number[];
  readonly signInFailures: number;
  readonly signInLockMinutes: number;
  readonly sessionIdleMinutes: number;
  readonly sessionAbsoluteHours: number;
  readonly passwordLength: number;
  readonly passwordDays: number;
  readonly fewEntries: number;
  readonly securityLogDays: number;
};

export async function readPolicy(town: Town): Promise<PolicyFigures & { readonly version: number }> {
  return town.db
    .selectFrom("people.policy")
    .select([
      "answer_window_days as answerWindowDays",
      "notice_working_days as noticeWorkingDays",
      "flag_working_days as flagWorkingDays",
      "objection_working_days as objectionWorkingDays",
      "look_back_days as lookBackDays",
      "sign_in_failures as signInFailures",
      "sign_in_lock_minutes as signInLockMinutes",
      "session_idle_minutes as sessionIdleMinutes",
      "session_absolute_hours as sessionAbsoluteHours",
      "password_length as passwordLength",
      "password_days as passwordDays",
      "few_entries as fewEntries",
      "security_log_days as securityLogDays",
      "version",
    ])
    .where("town", "=", town.id)
    .executeTakeFirstOrThrow();
}
