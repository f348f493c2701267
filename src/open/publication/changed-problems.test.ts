import assert from "node:assert/strict";
import { test } from "node:test";
import { sayMeToo } from "#intake/say-me-too";
import { findProblemId } from "#ledger/queries";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { aProblem, actOn } from "#test/desk";
import { aNotary, asScribe } from "#test/notary";
import { aTown, AT, type ATown } from "#test/town";
import { leavesBefore, listChanged } from "./changed-problems.ts";

async function aLog(t: ATown) {
  const notary = aNotary();
  await nameLog(t.town, notary, new URL("https://ledger.example"));
  return (at = AT) => integrateEvents(t.town, asScribe(notary), at);
}

test("a mirror that goes on from where it was misses nothing of one instant, and is told nothing twice", async (context) => {
  const t = await aTown(context);
  const integrate = await aLog(t);
  const numbers = [await aProblem(t), await aProblem(t), await aProblem(t), await aProblem(t), await aProblem(t)];
  await integrate();
  const told: string[] = [];
  let since = 0;
  for (let more = true; more;) {
    const page = await listChanged(t.town, since, 2);
    told.push(...page.problems.map(({ number }) => number));
    [since, more] = [page.leaves, !page.isLast];
  }
  assert.deepEqual(told, numbers);
  assert.deepEqual((await listChanged(t.town, since, 2)).problems, []);
  await actOn(t, numbers[1] ?? "", "assign", t.cast.zhengShang, AT);
  assert.deepEqual((await listChanged(t.town, since, 2)).problems, [], "without its place it is told later");
  await integrate();
  const [changed] = (await listChanged(t.town, since, 2)).problems;
  assert.deepEqual([changed?.number, changed?.status], [numbers[1], "assigned"]);
});

test("a whole village on one entry fills no page: it stands there once, and the page goes on behind it", async (context) => {
  const t = await aTown(context);
  const integrate = await aLog(t);
  const [crowded, quiet] = [await aProblem(t), await aProblem(t)];
  const problem = (await findProblemId(t.town, crowded)) ?? "";
  for (let i = 0; i < 30; i += 1) await sayMeToo(t.town, AT, { problem, device: `d${i}`, address: `192.0.${i}.1` });
  await integrate();
  const page = await listChanged(t.town, 1, 10);
  assert.deepEqual(
    page.problems.map(({ number, meTooCount }) => [number, meTooCount]),
    [
      [quiet, 0],
      [crowded, 30],
    ],
  );
  assert.deepEqual([page.isLast, page.leaves], [true, 32]);
});

test("an instant stands for the log as it was then; a number beyond the log's end for its end", async (context) => {
  const t = await aTown(context);
  const integrate = await aLog(t);
  await aProblem(t);
  await integrate(AT);
  const later = new Date(AT.getTime() + 60_000);
  const second = await aProblem(t, 1, later);
  await integrate(later);
  assert.equal(await leavesBefore(t.town, AT), 0);
  const before = await leavesBefore(t.town, later);
  assert.deepEqual(
    (await listChanged(t.town, before, 10)).problems.map(({ number }) => number),
    [second],
  );
  assert.equal((await listChanged(t.town, 99, 10)).leaves, (await listChanged(t.town, 0, 10)).leaves);
});
