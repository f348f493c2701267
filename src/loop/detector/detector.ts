import { lockProblems } from "#ledger/standing";
import { named, type Follower, type PlacedEvent } from "#log/follower";
import type { Town } from "#platform/town";
import { answerFlags, answerLookBack } from "#verification/answer-flags";
import { countMoved, type Moved } from "#verification/count-moved";
import type { Finding } from "#verification/flag";
import { raiseFlags } from "#verification/raise-flags";
import { awaitLookBacks } from "./await-look-backs.ts";
import { cameBack } from "./came-back.ts";
import { lastMoment } from "./last-moment.ts";
import { matterOf } from "./matter.ts";
import { oneHand } from "./one-hand.ts";
import { oneSitting } from "./one-sitting.ts";
import { samePhotos } from "./same-photo.ts";
import { sameText } from "./same-text.ts";

/** Reports are many and seldom a reason: those of a batch are looked at together. */
const ARRIVAL = "report.received";

type When<T> = { readonly [verb: string]: (town: Town, event: PlacedEvent) => Promise<T> };

/** What is looked at when something happened, and may be a reason for a flag. */
const LOOKS: When<readonly Finding[]> = {
  async "problem.rectified"(town, event) {
    const matter = await matterOf(town, event, "declared");
    return [...(await samePhotos(town, matter.problem)), ...(await sameText(town, matter)), ...(await lastMoment(town, matter))];
  },
  async "check.passed"(town, event) {
    return oneSitting(town, await matterOf(town, event, "checked"));
  },
  async "problem.closed"(town, event) {
    const matter = await matterOf(town, event, "closed");
    return [...(await sameText(town, matter)), ...(await lastMoment(town, matter)), ...(await oneSitting(town, matter))];
  },
  "answer.given": (town, event) => oneHand(town, named(event, "question")),
};

/** What goes back to work, or is done at last, answers its flags. */
const ANSWERS: When<readonly Moved[]> = {
  "check.failed": backAtWork,
  "answer.honoured": backAtWork,
  "objection.upheld": backAtWork,
  "flag.upheld": backAtWork,
  "problem.recurred": backAtWork,
  "look-back.relapsed": backAtWork,
  "look-back.held": (town, event) => answerLookBack(town, { problem: event.subject, at: event.at, lookBack: named(event, "lookBack") }),
};

function backAtWork(town: Town, { subject, at }: PlacedEvent): Promise<readonly Moved[]> {
  return answerFlags(town, { problem: subject, at });
}

/** Looks for paper closings at what happens, when it happens. What time brings, `flagSkippedLookBacks` finds. */
export const DETECTOR: Follower = {
  name: "detector",
  verbs: [ARRIVAL, ...Object.keys(LOOKS), ...Object.keys(ANSWERS)],
  most: 200,
  async take(town, at, events) {
    const looked = await lookAt(town, events);
    await lockProblems(town, looked.flatMap(problemsOf)); // all at once, by their ids: events come in another order
    const moved: Moved[] = [];
    for (const { event, found } of looked) {
      moved.push(...(await raiseFlags(town, at, event.at, found)));
      moved.push(...((await ANSWERS[event.verb]?.(town, event)) ?? []));
      if (event.verb === "problem.closed") await awaitLookBacks(town, event);
    }
    await countMoved(town, moved);
  },
};

type Looked = { readonly event: PlacedEvent; readonly found: readonly Finding[] };

async function lookAt(town: Town, events: readonly PlacedEvent[]): Promise<readonly Looked[]> {
  const arrived = events.filter(({ verb }) => verb === ARRIVAL).map(({ subject }) => subject);
  const back = Map.groupBy(await cameBack(town, arrived), ({ mark }) => mark);
  const looked: Looked[] = [];
  for (const event of events) {
    const found = event.verb === ARRIVAL ? back.get(event.subject) : await LOOKS[event.verb]?.(town, event);
    looked.push({ event, found: found ?? [] });
  }
  return looked;
}

/** Those that flags are raised on, and the one whose flags the event may answer. */
function problemsOf({ event, found }: Looked): readonly string[] {
  const flagged = found.map(({ problem }) => problem);
  return event.verb in ANSWERS ? [...flagged, event.subject] : flagged;
}
