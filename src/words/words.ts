import { en } from "./en/index.ts";
import { zh } from "./zh/index.ts";

export type Lang = "zh" | "en";

/** Every word of every door. Chinese is written first; English must have the same members or does not compile. */
export type Words = typeof zh;

const WORDS: Record<Lang, Words> = { zh, en };

export function wordsIn(lang: Lang): Words {
  return WORDS[lang];
}
