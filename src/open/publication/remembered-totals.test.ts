import assert from "node:assert/strict";
import { test } from "node:test";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { aProblem, actOn } from "#test/desk";
import { randomFrom } from "#test/legal-walk";
import { aNotary, asScribe } from "#test/notary";
import { aTown, AT, type ATown } from "#test/town";
import { countListed } from "./count-listed.ts";
import { readDirectory } from "./directory.ts";
import { WHOLE_LEDGER, type ProblemFilter } from "./problem-filter.ts";
import { listProblems } from "./problem-list.ts";
import { rememberedTotals, type RememberedTotals } from "./remembered-totals.ts";

async function aLog(t: ATown) {
  const notary = aNotary();
  await nameLog(t.town, notary, new URL("https://ledger.example"));
  return () => integrateEvents(t.town, asScribe(notary), AT);
}

/** How many the list has, asked with a page so short that nobody can count it there. */
async function total({ town }: ATown, filter: Partial<ProblemFilter>, totals: RememberedTotals): Promise<number | null> {
  const whole = { ...WHOLE_LEDGER, ...filter, limit: 1 };
  const asked = { town, at: AT, totals, names: () => readDirectory(town), remembered: () => readDirectory(town) };
  return (await countListed(asked, whole, await listProblems(asked, whole)))?.count ?? null;
}

test("whatever happens, placed in the log or not yet, a remembered total is the one that is counted anew", async (context) => {
  const t = await aTown(context);
  const integrate = await aLog(t);
  const random = randomFrom(17);
  const lists: readonly Partial<ProblemFilter>[] = [
    { status: "opened" },
    { status: "assigned" },
    { unit: t.units.ecology },
    { light: "green" },
  ];
  const totals = rememberedTotals();
  const [opened, told]: [string[], number[]] = [[], []];
  for (let step = 0; step < 40; step += 1) {
    const number = opened.length > 3 ? opened.shift() : undefined;
    if (random() < 0.3) await integrate();
    else if (number === undefined || random() < 0.5) opened.push(await aProblem(t));
    else await actOn(t, number, "assign", t.cast.zhengShang, AT);
    for (const list of lists) {
      const known = await total(t, list, totals);
      assert.equal(known, await total(t, list, rememberedTotals()), `${JSON.stringify(list)} at step ${step}`);
      told.push(known ?? 0);
    }
  }
  assert.ok(new Set(told).size > 5, "the walk moved the totals");
});

test("a total is remembered until anything happens: what was kept then is asked for again, and nothing older", () => {
  const totals = rememberedTotals();
  const settled = { leaves: 7, isSettled: true };
  totals.keep("a", settled, { count: 3, isExact: true });
  assert.deepEqual(totals.find("a", settled), { count: 3, isExact: true });
  assert.equal(totals.find("b", settled), null);
  assert.equal(totals.find("a", { leaves: 7, isSettled: false }), null, "something waits for its leaf");
  assert.equal(totals.find("a", { leaves: 8, isSettled: true }), null, "something has happened");
  totals.keep("b", { leaves: 8, isSettled: true }, { count: 1, isExact: true });
  assert.equal(totals.find("a", settled), null, "what was counted before is forgotten");
  totals.keep("a", settled, { count: 3, isExact: true });
  assert.equal(totals.find("a", { leaves: 8, isSettled: true }), null, "an answer that comes late does not turn the time back");
  totals.keep("c", { leaves: 8, isSettled: false }, { count: 9, isExact: true });
  assert.equal(totals.find("c", { leaves: 8, isSettled: true }), null, "counted while something waited");
});

test("of very many lists the ones asked for lately are remembered", () => {
  const totals = rememberedTotals();
  const moment = { leaves: 1, isSettled: true };
  for (let i = 0; i < 600; i += 1) {
    totals.keep(`${i}`, moment, { count: i, isExact: true });
    totals.find("0", moment);
  }
  assert.equal(totals.find("0", moment)?.count, 0);
  assert.equal(totals.find("1", moment), null);
  assert.equal(totals.find("599", moment)?.count, 599);
});
