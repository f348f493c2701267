import { z } from "zod";
import { asActor, type Officer } from "#people/officer";
import { optionalId } from "#platform/text";
import { transact, type Town } from "#platform/town";
import { Refusal, refuse } from "#refusals";
import { drawnFrom } from "./drawn-from.ts";
import { appendEvent } from "./events.ts";
import { changeProblem } from "./move-problem.ts";
import { lockProblem } from "./standing.ts";
import { LEDGER_ACTS, whyNotAct } from "./who-may.ts";

export const ThemeProblem = z.object({ ...drawnFrom, theme: optionalId });
export type ThemeProblem = z.output<typeof ThemeProblem>;

/** Puts a problem under a campaign's heading, or takes it out of one. */
export async function themeProblem(town: Town, by: Officer, at: Date, what: ThemeProblem): Promise<void> {
  await transact(town, async (town) => {
    const standing = await lockProblem(town, what.problem, what.version);
    refuse(whyNotAct(LEDGER_ACTS.theme, standing, by));
    const { theme } = what;
    const campaign = theme === null ? null : await findThemeCampaign(town, theme);
    const version = await changeProblem(town, standing.problem, { theme, campaign });
    await appendEvent(town, asActor(by), at, {
      verb: "problem.themed",
      subject: { kind: "problem", id: what.problem },
      facts: { version, theme, campaign, from: standing.problem.theme },
    });
  });
}

export async function findThemeCampaign(town: Town, theme: string): Promise<string> {
  const row = await town.db
    .selectFrom("ledger.theme")
    .select("campaign")
    .where("town", "=", town.id)
    .where("id", "=", theme)
    .executeTakeFirst();
  if (row === undefined) throw new Refusal("theme/unknown");
  return row.campaign;
}
