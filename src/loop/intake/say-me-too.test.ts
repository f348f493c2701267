import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { OpenProblem, openProblem } from "#ledger/open-problem";
import { Refusal } from "#refusals";
import { aTown } from "#test/town";
import { MOST_ME_TOO_FROM_HERE, sayMeToo } from "./say-me-too.ts";

async function aProblem(t: TestContext) {
  const { town, cast, at, categories } = await aTown(t);
  const { problem } = await openProblem(town, cast.qianWen, at, OpenProblem.parse({ title: "路灯不亮", category: categories.complaint }));
  const say = (device: string, address: string, when = at) => sayMeToo(town, when, { problem, device, address });
  const counted = async () => {
    const { me_too_count } = await town.db.selectFrom("ledger.problem").select("me_too_count").executeTakeFirstOrThrow();
    const events = await town.db.selectFrom("audit.event").select("id").where("verb", "=", "problem.me-too").execute();
    assert.equal(events.length, me_too_count);
    return me_too_count;
  };
  const nextDay = new Date(at.getTime() + 86_400_000);
  return { say, counted, nextDay };
}

const codesOf = (settled: readonly PromiseSettledResult<void>[]) =>
  settled.flatMap((one) => (one.status === "rejected" && one.reason instanceof Refusal ? [one.reason.code] : []));

test("of two taps on 'I have this too' from one device one counts", async (t) => {
  const { say, counted } = await aProblem(t);
  const taps = await Promise.allSettled([say("a", "192.0.2.1"), say("a", "192.0.2.1"), say("b", "192.0.2.1")]);
  assert.deepEqual(codesOf(taps), ["me-too/said"]);
  assert.equal(await counted(), 2);
});

test("whoever throws cookies away is counted no more often than a village is heard, and others are heard beside", async (t) => {
  const { say, counted, nextDay } = await aProblem(t);
  const taps = await Promise.allSettled(Array.from({ length: 260 }, (_, i) => say(`cookie ${i}`, `192.0.2.${i % 250}`)));
  assert.deepEqual(codesOf(taps), Array(260 - MOST_ME_TOO_FROM_HERE).fill("me-too/many-from-here"));
  assert.equal(await counted(), MOST_ME_TOO_FROM_HERE);
  await say("a neighbour of another network", "198.51.100.1");
  await say("one of IPv6", "2001:db8:1:2");
  await assert.rejects(say("one more", "192.0.2.99"), { code: "me-too/many-from-here" });
  await say("one more", "192.0.2.99", nextDay);
  assert.equal(await counted(), MOST_ME_TOO_FROM_HERE + 3);
});
