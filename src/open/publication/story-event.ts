import { z } from "zod";
import type { Fact } from "#platform/canonical-json";
import { isPublicVerb, PUBLIC_VERBS, type PublicVerb } from "./public-verbs.ts";

/** One thing that happened to a problem, as the public may read it. */
export type StoryEvent = {
  readonly id: string;
  readonly verb: PublicVerb;
  readonly at: Date;
  /** Its place in the public log; null for the second until it has one. */
  readonly leaf: number | null;
  readonly by: "officer" | "resident" | "system";
  readonly facts: { readonly [name: string]: Fact };
  readonly words: { readonly [field: string]: string };
  /** Fields whose words were withdrawn for privacy. */
  readonly redacted: readonly string[];
  /** Officers who may be named with it: leaders, and who verified. */
  readonly officers: readonly string[];
};

/** An event as the database tells it, with every word that belongs to it. */
export type ToldEvent = {
  readonly id: string;
  readonly verb: string;
  readonly at: string | Date;
  readonly leaf: number | null;
  readonly by: "officer" | "resident" | "system";
  readonly actor: string | null;
  readonly body: string;
  readonly words: { readonly [field: string]: string | null } | null;
};

const FactShape: z.ZodType<Fact> = z.json();
const Body = z.object({ facts: z.record(z.string(), FactShape) });

/** Keeps of an event what the table of public verbs allows; null when nothing of it is public. */
export function asStoryEvent(told: ToldEvent): StoryEvent | null {
  if (!isPublicVerb(told.verb)) return null;
  const telling = PUBLIC_VERBS[told.verb];
  const body: unknown = JSON.parse(told.body);
  const { facts } = Body.parse(body);
  const words = telling.words.map((field) => [field, told.words?.[field]] as const);
  const leaders = telling.facts.some((name) => name === "leaders") && Array.isArray(facts["leaders"]) ? facts["leaders"].map(String) : [];
  return {
    id: told.id,
    verb: told.verb,
    at: new Date(told.at),
    leaf: told.leaf,
    by: told.by,
    facts: Object.fromEntries(telling.facts.flatMap((name) => (facts[name] === undefined ? [] : [[name, facts[name]]]))),
    words: Object.fromEntries(words.flatMap(([field, text]) => (typeof text === "string" ? [[field, text]] : []))),
    redacted: words.filter(([, text]) => text === null).map(([field]) => field),
    officers: telling.named && told.actor !== null ? [...leaders, told.actor] : leaders,
  };
}
