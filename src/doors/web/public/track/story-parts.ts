import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Faults, Typed } from "#doors/web/ui/field";

/** What the story page shows beside the story: a form that came back, or a word that something was done. */
export type StoryParts = {
  readonly typed: Typed;
  readonly faults: Faults;
  readonly status: ContentfulStatusCode;
  readonly done?: string;
  readonly key?: string;
  /** Photos that came with the form before and wait to be sent with it. */
  readonly photos?: readonly string[];
};
