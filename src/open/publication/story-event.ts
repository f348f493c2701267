import { z } from "zod";
import type { ActorKind } from "#audit/append-event";
import { LEFT } from "#audit/redact-text";
import type { Fact } from "#platform/canonical-json";
import { isPublicVerb, publicTelling, type PublicVerb } from "./public-verbs.ts";

/** One thing that happened to a problem, as the public may read it. */
export type StoryEvent = {
  readonly id: string;
  readonly verb: PublicVerb;
  readonly at: Date;
  /** Its place in the public log; null for the second until it has one. */
  readonly leaf: number | null;
  /** An account says whose kind it is, never whose. */
  readonly by: ActorKind;
  readonly facts: { readonly [name: string]: Fact };
  readonly words: { readonly [field: string]: string };
  /** Fields whose words were withdrawn for privacy. */
  readonly redacted: readonly string[];
  /** Officers who may be named with it: leaders, and who verified. */
  readonly officers: readonly string[];
  /** What those officers, and their unit, were called then, by id; events of earlier versions say nothing of it. */
  readonly calledThen: { readonly [id: string]: string };
};

/** An event as the database tells it, with every word that belongs to it. */
export type ToldEvent = {
  readonly id: string;
  readonly verb: string;
  readonly at: string | Date;
  readonly leaf: number | null;
  readonly by: ActorKind;
  readonly actor: string | null;
  readonly body: string;
  readonly words: { readonly [field: string]: string | null } | null;
};

const FactShape: z.ZodType<Fact> = z.json();
const Body = z.object({ facts: z.record(z.string(), FactShape) });

/** Keeps of an event what its kind gives to the page; null when nothing of it is public. */
export function asStoryEvent(told: ToldEvent): StoryEvent | null {
  const telling = publicTelling(told.verb);
  if (telling === null || !isPublicVerb(told.verb)) return null;
  const body: unknown = JSON.parse(told.body);
  const { facts } = Body.parse(body);
  if (told.verb === "text.redacted" && facts["field"] === LEFT) return null; // what an earlier covering had left: its own says it all
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
    officers: telling.named && told.by === "officer" && told.actor !== null ? [...leaders, told.actor] : leaders,
    calledThen: calledThen(told, facts),
  };
}

function calledThen({ actor, words }: ToldEvent, facts: { readonly [name: string]: Fact }): StoryEvent["calledThen"] {
  const named = (name: string, field: string) => {
    const ids = facts[name];
    return Array.isArray(ids) ? ids.map((id: unknown, position) => [id, words?.[`${field}${position + 1}`]] as const) : [];
  };
  const names = [
    ...named("fromLeaders", "fromLeader"),
    ...named("leaders", "leader"),
    [facts["fromUnit"], words?.["fromUnitName"]] as const,
    [facts["unit"], words?.["unitName"]] as const,
    [actor, words?.["verifier"]] as const,
  ];
  return Object.fromEntries(names.flatMap(([id, name]) => (typeof id === "string" && typeof name === "string" ? [[id, name]] : [])));
}
