import { z } from "zod";
import { kind, later, log, type Told } from "#audit/kind";
import { isOf, type ToldRow } from "#audit/rows";

const id = z.string();
const day = z.string();
const count = z.number();

const campaignFacts = { head: log(z.string()), startsOn: log(day), endsOn: log(day), finishDays: later(log(count.nullable())) };
const campaignWords = { nameZh: "log", nameEn: "log", planZh: "sealed", planEn: "sealed" } as const;
const themeWords = { nameZh: "log", nameEn: "log" } as const;

function campaignColumns({ facts, words }: Told<typeof campaignFacts, typeof campaignWords>): ToldRow<"ledger.campaign"> {
  const { nameZh, nameEn, planZh, planEn } = words;
  const names = { name_zh: nameZh, name_en: nameEn, plan_zh: planZh, plan_en: planEn };
  return { ...names, head: facts.head, starts_on: facts.startsOn, ends_on: facts.endsOn, finish_days: facts.finishDays };
}

/** What becomes of campaigns and their themes. */
export const CAMPAIGN_EVENTS = {
  "campaign.added": kind({
    subject: "campaign",
    facts: campaignFacts,
    words: campaignWords,
    inStory: false,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      rows.add("ledger.campaign", { id: told.subject, ...campaignColumns(told), added_at: told.at, version: 1 });
    },
  }),
  "campaign.changed": kind({
    subject: "campaign",
    facts: { ...campaignFacts, version: later(log(count)) },
    words: campaignWords,
    inStory: false,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      rows.change("ledger.campaign", { ...campaignColumns(told), version: told.facts.version }, isOf(told));
    },
  }),
  "theme.added": kind({
    subject: "theme",
    facts: { campaign: log(id), position: log(count) },
    words: themeWords,
    inStory: false,
    names: "unit",
    leaf: "whole",
    retell({ subject, facts, words }, rows) {
      const names = { name_zh: words.nameZh, name_en: words.nameEn };
      rows.add("ledger.theme", { id: subject, campaign: facts.campaign, position: facts.position, ...names, version: 1 });
    },
  }),
  "theme.changed": kind({
    subject: "theme",
    facts: { campaign: log(id), position: log(count), version: later(log(count)) },
    words: themeWords,
    inStory: false,
    names: "unit",
    leaf: "whole",
    retell(told, rows) {
      const { facts, words } = told;
      const names = { name_zh: words.nameZh, name_en: words.nameEn };
      rows.change("ledger.theme", { position: facts.position, ...names, version: facts.version }, isOf(told));
    },
  }),
};
