import { z } from "zod";
import { appenderOf, kind, later, log, maybe, OF_THE_TOWN, sealed, tellsNoRow, type Told } from "#audit/kind";
import { theOne, isOf, type Rows, type ToldRow } from "#audit/rows";
import { readDegrees } from "#platform/numbers";
import { KEY_EVENTS } from "./key-events.ts";
import { DUTIES } from "./officer.ts";
import { TOWN_EVENTS } from "./town-events.ts";
import { UNIT_KINDS } from "./unit.ts";

const id = z.string();
const text = z.string();
const count = z.number();
const version = later(log(z.number()));
const unitFacts = { kind: log(z.enum(UNIT_KINDS)), parent: log(id.nullable()) };
const unitWords = { name: "log", nameEn: ["log", "later"] } as const;
/** Degrees as they are written: a fact holds no fractions. */
const villageFacts = { code: log(text.nullable()), lon: later(log(text.nullable())), lat: later(log(text.nullable())) };
const villageWords = { name: "log", nameEn: ["log", "later"] } as const;
const duty = log(z.enum(DUTIES));
/** Every event of its kind told it. */
const seen = log(z.number());

/** Towns with their policy, their units, villages and officers, and how officers sign in. */
export const PEOPLE_EVENTS = {
  ...TOWN_EVENTS,
  "policy.changed": kind({
    ...OF_THE_TOWN,
    subject: "policy",
    facts: {
      answerWindowDays: log(count),
      noticeWorkingDays: log(count),
      flagWorkingDays: later(log(count)),
      objectionWorkingDays: later(log(count)),
      lookBackDays: log(z.array(count)),
      signInFailures: log(count),
      signInLockMinutes: log(count),
      sessionIdleMinutes: log(count),
      sessionAbsoluteHours: log(count),
      passwordLength: log(count),
      passwordDays: log(count),
      fewEntries: log(count),
      securityLogDays: log(count),
      version,
    },
    words: {},
    retell({ facts }, rows) {
      if (rows.last("people.policy") === null) rows.add("people.policy", {});
      rows.change(
        "people.policy",
        {
          answer_window_days: facts.answerWindowDays,
          notice_working_days: facts.noticeWorkingDays,
          flag_working_days: facts.flagWorkingDays,
          objection_working_days: facts.objectionWorkingDays,
          look_back_days: facts.lookBackDays,
          sign_in_failures: facts.signInFailures,
          sign_in_lock_minutes: facts.signInLockMinutes,
          session_idle_minutes: facts.sessionIdleMinutes,
          session_absolute_hours: facts.sessionAbsoluteHours,
          password_length: facts.passwordLength,
          password_days: facts.passwordDays,
          few_entries: facts.fewEntries,
          security_log_days: facts.securityLogDays,
          version: facts.version,
        },
        theOne,
      );
    },
  }),
  "unit.added": kind({
    ...OF_THE_TOWN,
    subject: "unit",
    facts: unitFacts,
    words: unitWords,
    retell(told, rows) {
      rows.add("people.unit", { id: told.subject, ...unitColumns(told), added_at: told.at, retired_at: null, version: 1 });
    },
  }),
  "unit.changed": kind({
    ...OF_THE_TOWN,
    subject: "unit",
    facts: { ...unitFacts, version },
    words: unitWords,
    retell(told, rows) {
      rows.change("people.unit", { ...unitColumns(told), version: told.facts.version }, isOf(told));
    },
  }),
  "unit.retired": kind({
    ...OF_THE_TOWN,
    subject: "unit",
    facts: { version },
    words: {},
    retell(told, rows) {
      rows.change("people.unit", { retired_at: told.at, version: told.facts.version }, isOf(told));
    },
  }),
  "village.added": kind({
    ...OF_THE_TOWN,
    subject: "village",
    facts: villageFacts,
    words: villageWords,
    retell(told, rows) {
      rows.add("people.village", { id: told.subject, ...villageColumns(told), added_at: told.at, retired_at: null, version: 1 });
    },
  }),
  "village.changed": kind({
    ...OF_THE_TOWN,
    subject: "village",
    facts: { ...villageFacts, version },
    words: villageWords,
    retell(told, rows) {
      rows.change("people.village", { ...villageColumns(told), version: told.facts.version }, isOf(told));
    },
  }),
  "village.retired": kind({
    ...OF_THE_TOWN,
    subject: "village",
    facts: { version },
    words: {},
    retell(told, rows) {
      rows.change("people.village", { retired_at: told.at, version: told.facts.version }, isOf(told));
    },
  }),
  "officer.added": kind({
    ...OF_THE_TOWN,
    subject: "officer",
    facts: { unit: log(id) },
    words: { name: "sealed", login: "sealed", title: ["sealed", "later"], titleEn: ["sealed", "later"] },
    retell({ at, by, subject, facts, words }, rows) {
      rows.add("people.officer", {
        id: subject,
        unit: facts.unit,
        name: words.name,
        title_zh: words.title,
        title_en: words.titleEn,
        added_at: at,
        added_by: by,
        disabled_at: null,
        disabled_by: null,
      });
      rows.add("people.account", { id: subject, kind: "officer", officer: subject, login: words.login, opened_at: at });
    },
  }),
  "officer.changed": kind({
    ...OF_THE_TOWN,
    subject: "officer",
    facts: { unit: log(id), version },
    words: { name: "sealed", title: "sealed", titleEn: ["sealed", "later"] },
    retell(told, rows) {
      const { name, title, titleEn } = told.words;
      const { unit, version } = told.facts;
      rows.change("people.officer", { unit, name, title_zh: title, title_en: titleEn, version }, isOf(told));
    },
  }),
  "officer.disabled": kind({
    ...OF_THE_TOWN,
    subject: "officer",
    facts: { version },
    words: {},
    retell(told, rows) {
      rows.change("people.officer", { disabled_at: told.at, disabled_by: told.by, version: told.facts.version }, isOf(told));
    },
  }),
  "officer.enabled": kind({
    ...OF_THE_TOWN,
    subject: "officer",
    facts: { version },
    words: {},
    retell(told, rows) {
      rows.change("people.officer", { disabled_at: null, disabled_by: null, version: told.facts.version }, isOf(told));
    },
  }),
  "officer.password-asked": kind({ ...OF_THE_TOWN, subject: "officer", facts: { version: seen }, words: {}, retell: movesTheVersion }),
  "officer.password-refused": kind({ ...OF_THE_TOWN, subject: "officer", facts: { version: seen }, words: {}, retell: movesTheVersion }),
  "officer.password-reset": kind({
    ...OF_THE_TOWN,
    subject: "officer",
    facts: { secondStepRemoved: log(z.boolean()), version },
    words: {},
    retell: movesTheVersion,
  }),
  "officer.password-changed": kind({ ...OF_THE_TOWN, subject: "officer", facts: {}, words: {}, retell: tellsNoRow }),
  "officer.signed-in": kind({
    ...OF_THE_TOWN,
    subject: "officer",
    facts: { secondStep: maybe(log(z.boolean())), byProvider: maybe(log(z.boolean())) },
    words: {},
    retell: tellsNoRow,
  }),
  // About the town, and whose it was sealed, so that nobody reads from the log which logins there are; before, it was about the officer.
  "officer.sign-in-failed": kind({
    ...OF_THE_TOWN,
    subject: ["officer", "town"],
    facts: {
      officer: later(sealed(id.nullable())),
      step: later(sealed(z.enum(["sign-in", "second-step", "present-password"]))),
      loginKnown: maybe(sealed(z.boolean())),
      secondStep: maybe(sealed(z.boolean())),
      presentPassword: maybe(sealed(z.boolean())),
    },
    words: {},
    retell: tellsNoRow,
  }),
  "officer.locked-out": kind({
    ...OF_THE_TOWN,
    subject: ["officer", "town"],
    facts: { officer: later(sealed(id.nullable())), minutes: log(z.number()) },
    words: {},
    retell: tellsNoRow,
  }),
  "officer.unlocked": kind({ ...OF_THE_TOWN, subject: "officer", facts: {}, words: {}, retell: tellsNoRow }),
  "officer.signed-out": kind({ ...OF_THE_TOWN, subject: "officer", facts: {}, words: {}, retell: tellsNoRow }),
  "officer.sessions-ended": kind({ ...OF_THE_TOWN, subject: "officer", facts: { ended: log(count) }, words: {}, retell: tellsNoRow }),
  "officer.device-forgotten": kind({ ...OF_THE_TOWN, subject: "officer", facts: {}, words: {}, retell: tellsNoRow }),
  "officer.subject-asked": kind({
    ...OF_THE_TOWN,
    subject: "officer",
    facts: { version: seen },
    words: { issuer: "sealed", subject: "sealed" },
    retell: movesTheVersion,
  }),
  "officer.subject-bound": kind({ ...OF_THE_TOWN, subject: "officer", facts: { version: seen }, words: {}, retell: movesTheVersion }),
  "officer.subject-freed": kind({ ...OF_THE_TOWN, subject: "officer", facts: { version: seen }, words: {}, retell: movesTheVersion }),
  "officer.totp-set": kind({ ...OF_THE_TOWN, subject: "officer", facts: {}, words: {}, retell: tellsNoRow }),
  "officer.totp-removed": kind({ ...OF_THE_TOWN, subject: "officer", facts: {}, words: {}, retell: tellsNoRow }),
  "officer.recovery-codes-made": kind({ ...OF_THE_TOWN, subject: "officer", facts: {}, words: {}, retell: tellsNoRow }),
  "officer.recovery-code-used": kind({ ...OF_THE_TOWN, subject: "officer", facts: {}, words: {}, retell: tellsNoRow }),
  "duty.granted": kind({
    ...OF_THE_TOWN,
    subject: "officer",
    facts: { duty, version },
    words: {},
    retell(told, rows) {
      const { at, by, subject, facts } = told;
      const taken = { revoked_at: null, revoked_by: null };
      rows.add("people.duty", { officer: subject, duty: facts.duty, granted_at: at, granted_by: by, ...taken });
      movesTheVersion(told, rows);
    },
  }),
  "duty.revoked": kind({
    ...OF_THE_TOWN,
    subject: "officer",
    facts: { duty, version },
    words: {},
    retell(told, rows) {
      const { at, by, subject, facts } = told;
      const isIt = (held: ToldRow<"people.duty">) => held.officer === subject && held.duty === facts.duty && held.revoked_at === null;
      rows.change("people.duty", { revoked_at: at, revoked_by: by }, isIt);
      movesTheVersion(told, rows);
    },
  }),
  ...KEY_EVENTS,
};

export const appendEvent = appenderOf(PEOPLE_EVENTS);

function unitColumns({ facts, words }: Told<typeof unitFacts, typeof unitWords>): ToldRow<"people.unit"> {
  return { name_zh: words.name, name_en: words.nameEn, kind: facts.kind, parent: facts.parent };
}

function villageColumns({ facts, words }: Told<typeof villageFacts, typeof villageWords>): ToldRow<"people.village"> {
  const [lon, lat] = [readDegrees(facts.lon), readDegrees(facts.lat)];
  return { name_zh: words.name, name_en: words.nameEn, code: facts.code, lon, lat };
}

type Versioned = { readonly subject: string; readonly facts: { readonly version?: number | undefined } };

function movesTheVersion(told: Versioned, rows: Rows): void {
  rows.change("people.officer", { version: told.facts.version }, isOf(told));
}
