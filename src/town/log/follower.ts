import type { WaitingEvent } from "#audit/take-waiting";
import type { Fact } from "#platform/canonical-json";
import type { Town } from "#platform/town";

/** An event with its place in the log. Words stand beside it in `audit`, for whoever needs them. */
export type PlacedEvent = Omit<WaitingEvent, "body"> & {
  readonly leaf: number;
  readonly facts: { readonly [name: string]: Fact };
};

/** What follows a town's log: takes its events in their order, each once in effect. */
export type Follower = {
  /** Its cursor bears this name: once used, never renamed. */
  readonly name: string;
  /** What it asks for; null: everything. Events of other verbs are passed unread. */
  readonly verbs: readonly string[] | null;
  /** Leaves it takes in one transaction. */
  readonly most: number;
  /**
   * Done inside the transaction that moves the cursor: what it writes and that it was taken are kept together, or neither is. It may fail;
   * then it is given the same events again, in smaller parts.
   */
  take(town: Town, at: Date, events: readonly PlacedEvent[]): Promise<unknown>;
};

/** What a fact of an event names, as a rule something by its id. Throws when the event has no such fact, so that it is set aside. */
export function named({ verb, facts }: PlacedEvent, fact: string): string {
  const name = facts[fact];
  if (typeof name !== "string") throw new Error(`couldn't read what ${verb} is about: it names no ${fact}`);
  return name;
}
