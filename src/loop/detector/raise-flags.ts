import { sql } from "kysely";
import { SYSTEM } from "#audit/append-event";
import { newId } from "#platform/ids";
import { transact, type Town } from "#platform/town";
import { cameBack } from "./came-back.ts";
import { appendEvent } from "./events.ts";
import type { Finding } from "./flag.ts";
import { lastMoment } from "./last-moment.ts";
import { lookBacksSkipped } from "./look-back-skipped.ts";
import { newMatters, type Matter } from "./matters.ts";
import { oneHand } from "./one-hand.ts";
import { oneSitting } from "./one-sitting.ts";
import { samePhotos } from "./same-photo.ts";
import { sameText } from "./same-text.ts";

/**
 * Looks for paper closings: at every new declaration, check and closing once, and at what time brings each time. A finding becomes one
 * flag however often it is found again, so a run that a crash cut short is done again without harm. A matter that cannot be looked at is
 * set aside until the next run; those behind it are not kept waiting. Returns how many flags are new.
 */
export async function raiseFlags(town: Town, at: Date): Promise<number> {
  let raised = 0;
  const [failed, setAside]: [unknown[], string[]] = [[], []];
  const found = async (work: () => Promise<number>, aside: () => void = () => undefined) => {
    try {
      raised += await work();
    } catch (error) {
      failed.push(error);
      aside();
    }
  };
  for (let matters = await newMatters(town, []); matters.length > 0; matters = await newMatters(town, setAside))
    for (const matter of matters)
      await found(
        () => examine(town, at, matter),
        () => setAside.push(matter.subject),
      );
  for (const look of [cameBack, oneHand, lookBacksSkipped]) await found(async () => raiseAll(town, at, await look(town, at)));
  if (failed.length > 0) throw new AggregateError(failed, `couldn't look at everything: ${failed.length} set aside`);
  return raised;
}

async function examine(town: Town, at: Date, matter: Matter): Promise<number> {
  const raised = await raiseAll(town, at, await findingsOf(town, matter));
  await remember(town, at, matter);
  return raised;
}

async function findingsOf(town: Town, matter: Matter): Promise<readonly Finding[]> {
  const photos = matter.act === "declared" ? await samePhotos(town, matter.problem) : [];
  return [...photos, ...(await sameText(town, matter)), ...(await lastMoment(town, matter)), ...(await oneSitting(town, matter))];
}

async function raiseAll(town: Town, at: Date, findings: readonly Finding[]): Promise<number> {
  let raised = 0;
  for (const finding of findings) if (await raise(town, at, finding)) raised += 1;
  return raised;
}

async function raise(town: Town, at: Date, { kind, problem, mark, about }: Finding): Promise<boolean> {
  return transact(town, async (town) => {
    const flag = newId(at);
    const { rows } = await sql`
      insert into detector.flag (town, id, problem, kind, mark, about, raised_at)
      values (${town.id}, ${flag}, ${problem}, ${kind}, ${mark}, ${JSON.stringify(about)}::jsonb, ${at})
      on conflict (town, problem, kind, mark) do nothing returning id`.execute(town.db);
    if (rows.length === 0) return false;
    await appendEvent(town, SYSTEM, at, { verb: "flag.raised", subject: { kind: "problem", id: problem }, facts: { flag, kind } });
    return true;
  });
}

async function remember(town: Town, at: Date, { subject }: Matter): Promise<void> {
  await town.db
    .insertInto("detector.examined")
    .values({ town: town.id, subject, examined_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
