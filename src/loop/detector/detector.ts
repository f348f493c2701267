import { named, type Follower, type PlacedEvent } from "#log/follower";
import type { Town } from "#platform/town";
import { answerFlags, answerLookBack } from "./answer-flags.ts";
import { awaitLookBacks } from "./await-look-backs.ts";
import { cameBack } from "./came-back.ts";
import { countMoved, type Moved } from "./count-moved.ts";
import type { Finding } from "./flag.ts";
import { lastMoment } from "./last-moment.ts";
import { matterOf } from "./matter.ts";
import { oneHand } from "./one-hand.ts";
import { oneSitting } from "./one-sitting.ts";
import { raiseFlags } from "./raise-flags.ts";
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
  "check.failed": answerFlags,
  "answer.honoured": answerFlags,
  "objection.upheld": answerFlags,
  "problem.recurred": answerFlags,
  "look-back.relapsed": answerFlags,
  "look-back.held": answerLookBack,
};

/** Looks for paper closings at what happens, when it happens. What time brings, `flagSkippedLookBacks` finds. */
export const DETECTOR: Follower = {
  name: "detector",
  verbs: [ARRIVAL, ...Object.keys(LOOKS), ...Object.keys(ANSWERS)],
  most: 200,
  async take(town, at, events) {
    const arrived = events.filter(({ verb }) => verb === ARRIVAL).map(({ subject }) => subject);
    const back = Map.groupBy(await cameBack(town, arrived), ({ mark }) => mark);
    const moved: Moved[] = [];
    for (const event of events) {
      const { verb } = event;
      const found = verb === ARRIVAL ? back.get(event.subject) : await LOOKS[verb]?.(town, event);
      moved.push(...(await raiseFlags(town, at, event.at, found ?? [])));
      moved.push(...((await ANSWERS[verb]?.(town, event)) ?? []));
      if (verb === "problem.closed") await awaitLookBacks(town, event);
    }
    await countMoved(town, moved);
  },
};
