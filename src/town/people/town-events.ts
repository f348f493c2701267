import { z } from "zod";
import { kind, log, OF_THE_TOWN } from "#audit/kind";
import { theOne } from "#audit/rows";
import { dayOf } from "#platform/instant";

/** The town itself: that it is there, and what it says of itself. */
export const TOWN_EVENTS = {
  "town.added": kind({
    ...OF_THE_TOWN,
    subject: "town",
    facts: { prefix: log(z.string()), demo: log(z.boolean()) },
    words: { name: "log", nameEn: ["log", "later"] },
    retell({ at, facts, words }, rows) {
      const { prefix, demo } = facts;
      const unsaid = {
        phone: "",
        hours: "",
        address: "",
        responsible: "",
        icp_record: "",
        police_record: "",
        version: 1,
        restored_on: null,
      };
      rows.add("people.town", { prefix, demo, name_zh: words.name, name_en: words.nameEn, added_at: at, ...unsaid });
    },
  }),
  "town.changed": kind({
    ...OF_THE_TOWN,
    subject: "town",
    facts: { version: log(z.number()) },
    words: {
      name: "log",
      nameEn: "log",
      phone: "log",
      hours: "log",
      address: "log",
      responsible: "log",
      icpRecord: "log",
      policeRecord: "log",
    },
    retell({ facts, words }, rows) {
      const { name, nameEn, icpRecord, policeRecord, ...same } = words;
      const names = { name_zh: name, name_en: nameEn, icp_record: icpRecord, police_record: policeRecord };
      rows.change("people.town", { ...same, ...names, version: facts.version }, theOne);
    },
  }),
  "town.restore-tried": kind({
    ...OF_THE_TOWN,
    subject: "town",
    facts: {},
    words: {},
    retell({ at }, rows) {
      rows.change("people.town", { restored_on: dayOf(at) }, theOne);
    },
  }),
};
