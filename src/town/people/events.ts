import { z } from "zod";
import { appenderOf, kind, later, log, maybe, OF_THE_TOWN, tellsNoRow, type Told } from "#audit/kind";
import type { Rows, ToldRow } from "#audit/rows";
import { readDegrees } from "#platform/numbers";
import { DUTIES } from "./officer.ts";
import { UNIT_KINDS } from "./unit.ts";

const id = z.string();
const text = z.string();
const version = later(log(z.number()));
const unitFacts = { kind: log(z.enum(UNIT_KINDS)), parent: log(id.nullable()) };
const unitWords = { name: "log", nameEn: ["log", "later"] } as const;
/** Degrees as they are written: a fact holds no fractions. */
const villageFacts = { code: log(text.nullable()), lon: later(log(text.nullable())), lat: later(log(text.nullable())) };
const villageWords = { name: "log", nameEn: ["log", "later"] } as const;
const duty = log(z.enum(DUTIES));

/** Towns, their units, villages and officers, and how officers sign in. */
export const PEOPLE_EVENTS = {
  "town.added": kind({
    ...OF_THE_TOWN,
    subject: "town",
    facts: { prefix: log(text), demo: log(z.boolean()) },
    words: { name: "log", nameEn: ["log", "later"] },
    retell({ at, facts, words }, rows) {
      rows.add("people.town", { prefix: facts.prefix, demo: facts.demo, name_zh: words.name, name_en: words.nameEn, added_at: at });
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
      rows.change("people.unit", { ...unitColumns(told), version: told.facts.version });
    },
  }),
  "unit.retired": kind({
    ...OF_THE_TOWN,
    subject: "unit",
    facts: { version },
    words: {},
    retell({ at, facts }, rows) {
      rows.change("people.unit", { retired_at: at, version: facts.version });
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
      rows.change("people.village", { ...villageColumns(told), version: told.facts.version });
    },
  }),
  "village.retired": kind({
    ...OF_THE_TOWN,
    subject: "village",
    facts: { version },
    words: {},
    retell({ at, facts }, rows) {
      rows.change("people.village", { retired_at: at, version: facts.version });
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
        login: words.login,
        added_at: at,
        added_by: by,
        disabled_at: null,
        disabled_by: null,
      });
    },
  }),
  "officer.changed": kind({
    ...OF_THE_TOWN,
    subject: "officer",
    facts: { unit: log(id), version },
    words: { name: "sealed", title: "sealed", titleEn: ["sealed", "later"] },
    retell({ facts, words }, rows) {
      const { name, title, titleEn } = words;
      rows.change("people.officer", { unit: facts.unit, name, title_zh: title, title_en: titleEn, version: facts.version });
    },
  }),
  "officer.disabled": kind({
    ...OF_THE_TOWN,
    subject: "officer",
    facts: { version },
    words: {},
    retell({ at, by, facts }, rows) {
      rows.change("people.officer", { disabled_at: at, disabled_by: by, version: facts.version });
    },
  }),
  "officer.enabled": kind({
    ...OF_THE_TOWN,
    subject: "officer",
    facts: { version },
    words: {},
    retell({ facts }, rows) {
      rows.change("people.officer", { disabled_at: null, disabled_by: null, version: facts.version });
    },
  }),
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
    facts: { secondStep: maybe(log(z.boolean())) },
    words: {},
    retell: tellsNoRow,
  }),
  "officer.sign-in-failed": kind({
    ...OF_THE_TOWN,
    subject: ["officer", "town"],
    facts: { loginKnown: maybe(log(z.boolean())), secondStep: maybe(log(z.boolean())) },
    words: {},
    retell: tellsNoRow,
  }),
  "officer.locked-out": kind({
    ...OF_THE_TOWN,
    subject: ["officer", "town"],
    facts: { minutes: log(z.number()) },
    words: {},
    retell: tellsNoRow,
  }),
  "officer.unlocked": kind({ ...OF_THE_TOWN, subject: "officer", facts: {}, words: {}, retell: tellsNoRow }),
  "officer.signed-out": kind({ ...OF_THE_TOWN, subject: "officer", facts: {}, words: {}, retell: tellsNoRow }),
  "officer.totp-set": kind({ ...OF_THE_TOWN, subject: "officer", facts: {}, words: {}, retell: tellsNoRow }),
  "officer.totp-removed": kind({ ...OF_THE_TOWN, subject: "officer", facts: {}, words: {}, retell: tellsNoRow }),
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
      const { at, by, facts } = told;
      rows.change("people.duty", { revoked_at: at, revoked_by: by }, (held) => held.duty === facts.duty && held.revoked_at === null);
      movesTheVersion(told, rows);
    },
  }),
};

export const appendEvent = appenderOf(PEOPLE_EVENTS);

function unitColumns({ facts, words }: Told<typeof unitFacts, typeof unitWords>): ToldRow<"people.unit"> {
  return { name_zh: words.name, name_en: words.nameEn, kind: facts.kind, parent: facts.parent };
}

function villageColumns({ facts, words }: Told<typeof villageFacts, typeof villageWords>): ToldRow<"people.village"> {
  const [lon, lat] = [readDegrees(facts.lon), readDegrees(facts.lat)];
  return { name_zh: words.name, name_en: words.nameEn, code: facts.code, lon, lat };
}

function movesTheVersion({ facts }: { readonly facts: { readonly version?: number | undefined } }, rows: Rows): void {
  rows.change("people.officer", { version: facts.version });
}
