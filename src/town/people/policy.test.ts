import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "#refusals";
import { aTown } from "#test/town";
import { changePolicy, ChangePolicy } from "./change-policy.ts";
import { readPolicy } from "./policy.ts";

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

/** How each of several acts at once ended: done, or why not. */
function endings(ended: readonly PromiseSettledResult<unknown>[]): readonly string[] {
  return ended.map((end) => (end.status === "fulfilled" ? "done" : end.reason instanceof Refusal ? end.reason.code : "fault")).sort();
}

test("only the security admin sets the figures, and only within their bounds", async (t) => {
  const { town, cast, at } = await aTown(t);
  const typed = {
    version: "1",
    answerWindowDays: "10",
    noticeWorkingDays: "5",
    flagWorkingDays: "3",
    objectionWorkingDays: "3",
    lookBackDays: "90、30，30",
    signInFailures: "3",
    signInLockMinutes: "30",
    sessionIdleMinutes: "10",
    sessionAbsoluteHours: "4",
    passwordLength: "12",
    passwordDays: "0",
    fewEntries: "5",
    securityLogDays: "184",
  };
  const what = ChangePolicy.parse(typed);
  await assert.rejects(changePolicy(town, cast.zhouXi, at, what), refusal("officer/not-allowed"));
  await changePolicy(town, cast.wuAn, at, what);
  assert.deepEqual((await readPolicy(town)).lookBackDays, [30, 90]);
  for (const wrong of [
    { signInFailures: "2" },
    { passwordLength: "7" },
    { lookBackDays: "" },
    { lookBackDays: "0" },
    { answerWindowDays: "abc" },
  ])
    assert.equal(ChangePolicy.safeParse({ ...typed, ...wrong }).success, false, JSON.stringify(wrong));
});

test("of two who change the figures from the same page, one is told and nothing is written over", async (t) => {
  const { town, cast, at } = await aTown(t);
  const { version, ...figures } = await readPolicy(town);
  const drawn = { version, ...figures, lookBackDays: [...figures.lookBackDays] };
  const twice = await Promise.allSettled([
    changePolicy(town, cast.wuAn, at, { ...drawn, noticeWorkingDays: 5 }),
    changePolicy(town, cast.wuAn, at, { ...drawn, passwordLength: 12 }),
  ]);
  assert.deepEqual(endings(twice), ["done", "setting/changed"]);
  const kept = await readPolicy(town);
  assert.equal(Number(kept.noticeWorkingDays === 5) + Number(kept.passwordLength === 12), 1);
});
