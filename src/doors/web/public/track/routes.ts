import type { Hono } from "hono";
import type { Visited } from "#doors/web/route";
import { aboutMePages } from "./about-me.ts";
import { codePages } from "./code.ts";
import { questionPages } from "./question.ts";
import { storyPages } from "./story.ts";
import { withdrawPages } from "./withdraw.ts";
import { wordsPages } from "./words.ts";

/** Everything that follows a receipt code. */
export function trackPages(app: Hono<Visited>): void {
  codePages(app);
  storyPages(app);
  questionPages(app);
  wordsPages(app);
  withdrawPages(app);
  aboutMePages(app);
}
