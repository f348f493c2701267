import { z } from "zod";
import { kind, log, OF_THE_TOWN, sealed, type Told } from "#audit/kind";
import { isOf } from "#audit/rows";
import { DEVICE_KINDS, KEY_CAPABILITIES, PROGRAM_CHANNELS } from "./key.ts";

const text = z.string();
const keyFacts = { capabilities: log(z.array(z.enum(KEY_CAPABILITIES))), expiresOn: log(text), prefix: sealed(text) };

/** Devices and programs, which act by a key of their own. */
export const KEY_EVENTS = {
  "device.added": kind({
    ...OF_THE_TOWN,
    subject: "device",
    facts: { ...keyFacts, kind: log(z.enum(DEVICE_KINDS)), unit: log(text) },
    words: { name: "sealed" },
    retell(told, rows) {
      rows.add("people.device", { ...keyColumns(told), kind: told.facts.kind, unit: told.facts.unit });
    },
  }),
  "device.revoked": kind({
    ...OF_THE_TOWN,
    subject: "device",
    facts: {},
    words: {},
    retell(told, rows) {
      rows.change("people.device", { revoked_at: told.at, revoked_by: told.by }, isOf(told));
    },
  }),
  "program.added": kind({
    ...OF_THE_TOWN,
    subject: "program",
    facts: { ...keyFacts, channel: log(z.enum(PROGRAM_CHANNELS)) },
    words: { name: "sealed" },
    retell(told, rows) {
      rows.add("people.program", { ...keyColumns(told), channel: told.facts.channel });
    },
  }),
  "program.revoked": kind({
    ...OF_THE_TOWN,
    subject: "program",
    facts: {},
    words: {},
    retell(told, rows) {
      rows.change("people.program", { revoked_at: told.at, revoked_by: told.by }, isOf(told));
    },
  }),
};

function keyColumns({ at, by, subject, facts, words }: Told<typeof keyFacts, { readonly name: "sealed" }>) {
  return {
    id: subject,
    name: words.name,
    capabilities: facts.capabilities,
    key_prefix: facts.prefix,
    added_at: at,
    added_by: by ?? undefined,
    expires_on: facts.expiresOn,
    revoked_at: null,
    revoked_by: null,
  };
}
