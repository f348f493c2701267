import type { WaitingEvent } from "#audit/take-waiting";
import type { Town } from "#platform/town";
import type { Surroundings } from "./leaf.ts";
import type { Telling } from "./telling.ts";

/** The units of those who acted and the numbers of the problems, as they are when the events get their places. */
export async function surroundingsOf(
  town: Town,
  telling: Telling,
  events: readonly WaitingEvent[],
): Promise<(event: WaitingEvent) => Surroundings> {
  const units = await unitsOf(town, [...new Set(events.flatMap(({ actor }) => (actor === null ? [] : [actor])))]);
  const problems = events.filter(({ subjectKind }) => subjectKind === "problem").map(({ subject }) => subject);
  const numbers = await telling.numbersOf(town, [...new Set(problems)]);
  return (event) => ({
    unit: event.actor === null ? null : (units.get(event.actor) ?? null),
    problemNumber: event.subjectKind === "problem" ? (numbers.get(event.subject) ?? null) : null,
  });
}

async function unitsOf(town: Town, officers: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (officers.length === 0) return new Map();
  const rows = await town.db
    .selectFrom("people.officer")
    .select(["id", "unit"])
    .where("town", "=", town.id)
    .where("id", "in", officers)
    .execute();
  return new Map(rows.map(({ id, unit }) => [id, unit]));
}
