import { sql } from "kysely";
import { z } from "zod";
import type { ActorKind } from "#audit/append-event";
import { STANDING_TEXT } from "#audit/queries";
import type { Fact } from "#platform/canonical-json";
import { withoutPersonalNumbers } from "#platform/personal-numbers";
import type { Town } from "#platform/town";

export type DeskEvent = {
  readonly id: string;
  readonly verb: string;
  readonly at: Date;
  /** Whose id it is, `actorKind` says; null for a resident or the system. */
  readonly actor: string | null;
  readonly actorKind: ActorKind;
  readonly facts: { readonly [name: string]: Fact };
  /** By field; redacted ones are absent, and in those of a resident numbers that lead to a person are masked. */
  readonly words: { readonly [field: string]: string };
};

const Body = z.object({ facts: z.record(z.string(), z.json()) });

/** A page's worth; what neighbours say is not among them, so that thousands of them push no act out. */
const MOST = 200;

/** The latest 200 events of a problem, newest first; of "me too" the entry tells the number, and no event is read. */
export async function readDeskEvents(town: Town, problem: string): Promise<readonly DeskEvent[]> {
  const events = await town.db
    .selectFrom("audit.event")
    .select(["id", "verb", "at", "actor", "actor_kind as actorKind", "body"])
    .where("town", "=", town.id)
    .where("subject", "=", problem)
    .where(sql<boolean>`subject_kind = 'problem' and verb <> 'problem.me-too'`) // in the words of its index (db/migrations/0165)
    .orderBy("id", "desc")
    .limit(MOST)
    .execute();
  if (events.length === 0) return [];
  const spoken = await town.db
    .selectFrom("audit.private_text as w")
    .select(["event", "field", STANDING_TEXT.as("text")])
    .where("town", "=", town.id)
    .where(
      "event",
      "in",
      events.map((event) => event.id),
    )
    .execute();
  const words = Map.groupBy(spoken, (said) => said.event);
  return events.map(({ body, verb, ...event }) => ({
    ...event,
    verb,
    facts: Body.parse(JSON.parse(body)).facts,
    words: Object.fromEntries(
      (words.get(event.id) ?? []).flatMap(({ field, text }) => (text === null ? [] : [[field, readBy(event.actorKind, text)]])),
    ),
  }));
}

function readBy(actorKind: DeskEvent["actorKind"], text: string): string {
  return actorKind === "resident" ? withoutPersonalNumbers(text) : text;
}
