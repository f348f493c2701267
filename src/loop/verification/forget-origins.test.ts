import assert from "node:assert/strict";
import { test } from "node:test";
import { RESIDENT } from "#audit/append-event";
import { addDays } from "#platform/instant";
import { deskOf, aVerifiedProblem, on } from "#test/desk";
import { aTown } from "#test/town";
import { answerQuestion } from "./answer-question.ts";
import { forgetOrigins } from "./forget-origins.ts";

test("where an answer came from is forgotten with the town's security logs, not a day earlier", async (context) => {
  const t = await aTown(context);
  const number = await aVerifiedProblem(t, 2);
  const { round } = await deskOf(t, number);
  const answered = "2026-08-05";
  for (const [i, { id }] of round.questions.entries()) {
    const from = { device: `phone ${i}`, address: "192.0.2.1" };
    await answerQuestion(t.town, RESIDENT, on(answered), { question: id, solved: "yes", satisfied: "yes", why: "", from });
  }
  const { security_log_days } = await t.town.db.selectFrom("people.policy").select("security_log_days").executeTakeFirstOrThrow();
  const known = async () => {
    const answers = await t.town.db.selectFrom("verification.answer").select(["device", "address"]).execute();
    return answers.filter(({ device, address }) => device !== null || address !== null).length;
  };
  await forgetOrigins(t.town, on(addDays(answered, security_log_days)));
  assert.equal(await known(), 2);
  await forgetOrigins(t.town, on(addDays(answered, security_log_days + 1)));
  assert.equal(await known(), 0);
});
