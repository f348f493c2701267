import { aboutMeRoutes } from "./about-me.ts";
import { codeRoutes } from "./code.ts";
import { disputeRoutes } from "./dispute.ts";
import { eraseRoutes } from "./erase.ts";
import { questionRoutes } from "./question.ts";
import { storyRoutes } from "./story.ts";
import { withdrawRoutes } from "./withdraw.ts";
import { wordsRoutes } from "./words.ts";

/** Everything that follows a receipt code. */
export const trackRoutes = [
  ...codeRoutes,
  ...storyRoutes,
  ...questionRoutes,
  ...wordsRoutes,
  ...disputeRoutes,
  ...withdrawRoutes,
  ...aboutMeRoutes,
  ...eraseRoutes,
];
