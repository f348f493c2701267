import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { promisify } from "node:util";
import { dayOf } from "#platform/instant";
import type { Town } from "#platform/town";
import { checkProblems, checkReports } from "#proof/check-standing";
import { figuresOfLog } from "#proof/figures-of-log";
import { countAgain } from "#publication/count-again";
import { FIGURES, readFigures, type Figures, type FigureSet } from "#publication/figures";
import { ownReader } from "#proof/own-reader";
import { copyOf } from "./copied-log.ts";
import { countedUp } from "./counted-up.ts";
import { legalWalk } from "./legal-walk.ts";
import { aTown } from "./town.ts";

/** SANWEN_WALKS=50 for the long run. */
const WALKS = Number(process.env["SANWEN_WALKS"] ?? "3");
const STEPS = 120;

const CHECKER = join(import.meta.dirname, "checker/figures.py");
const NO_PYTHON = spawnSync("python3", ["--version"]).status === 0 ? false : "python3 is not on this machine";

function plain({ town, byUnit, byCampaign }: Pick<Figures, "town" | "byUnit" | "byCampaign">) {
  return { town, byUnit: Object.fromEntries(byUnit), byCampaign: Object.fromEntries(byCampaign) };
}

for (let seed = 1; seed <= WALKS; seed += 1)
  test(`after every legal walk the rows stand as events tell, and everybody counts the same figures: ${seed}`, async (t) => {
    const { town, ...place } = await aTown(t);
    const { at } = await legalWalk({ town, ...place }, seed, STEPS);
    assert.deepEqual(await checkProblems(town), []);
    assert.deepEqual(await checkReports(town), []);

    await countedUp(town);
    const today = dayOf(at);
    const { leaves, ...published } = await readFigures(town, today);
    assert.ok(published.town.problems > 0 && leaves > STEPS / 2);
    await countAgain(town);
    assert.deepEqual(plain(await readFigures(town, today)), plain(published), "from nothing");
    assert.deepEqual(plain(await figuresOfLog(ownReader(town), leaves, today)), plain(published), "from the public log alone");
  });

test("a reader that shares no code with us counts the same figures from a copy of the log", { skip: NO_PYTHON }, async (t) => {
  const { town, ...place } = await aTown(t);
  const { at } = await legalWalk({ town, ...place }, 7, 200);
  const { vkey } = await countedUp(town);
  const today = dayOf(at);
  assert.deepEqual(await counted(t, town, vkey, today), told((await readFigures(town, today)).town));
});

test("whoever cooks a figure in the tables is found out by anybody who counts the log", async (t) => {
  const { town, ...place } = await aTown(t);
  const { at } = await legalWalk({ town, ...place }, 11, 60);
  await countedUp(town);
  const before = plain(await readFigures(town, dayOf(at)));
  await town.db.insertInto("publication.tally").values({ town: town.id, measure: "closed", amount: 3 }).execute();
  const { leaves, ...cooked } = await readFigures(town, dayOf(at));
  assert.equal(cooked.town.closed, before.town.closed + 3);
  assert.deepEqual(plain(await figuresOfLog(ownReader(town), leaves, dayOf(at))), before);
});

async function counted(t: TestContext, town: Town, vkey: string, today: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "sanwen-figures-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await copyOf(town, folder);
  const { stdout } = await promisify(execFile)("python3", [CHECKER, folder, vkey, today]);
  return stdout.trim().split("\n");
}

/** As the reader prints them. */
function told(set: FigureSet): readonly string[] {
  const counts = (["problems", "closed", "overdue", "silent", "silentAttempts"] as const).map((name) => `${name} ${set[name]} -`);
  return [...counts, ...FIGURES.map((name) => `${name} ${set[name].counted} ${set[name].of}`)];
}
