import type { Drawn } from "#doors/web/form/drawn";

/** What the story page shows beside the story: a form that came back, or a word that something was done. */
export type StoryParts = Drawn & { readonly done?: string };
