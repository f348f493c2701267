import assert from "node:assert/strict";
import { test } from "node:test";
import { joinReport } from "#ledger/join-report";
import { findProblemId } from "#ledger/queries";
import { newId } from "#platform/ids";
import { aProblem } from "#test/desk";
import { aProgram, aVisitor, textOf } from "#test/door";
import { aTown, AT } from "#test/town";

test("reports that join on one day are one line of the story, with how many came through which door", async (context) => {
  const t = await aTown(context);
  const number = await aProblem(t);
  const problem = (await findProblemId(t.town, number)) ?? "";
  const nextDay = new Date(AT.getTime() + 86_400_000);
  const join = (channel: string, at: Date) => joinReport(t.town, t.cast.qianWen, at, { problem, report: newId(at), channel, answer: null });
  for (const channel of ["phone", "visit", "phone", "web", "phone", "visit"]) await join(channel, AT);
  await join("box", nextDay);
  const text = textOf((await aVisitor(aProgram(t.town).app).get(`/ledger/${number}`)).text);
  assert.match(text, /同一天并入 6 件：热线 3、入户 2、网上 1/);
  assert.equal(text.match(/同一天并入/g)?.length, 1);
  assert.match(text, /又来 1 件，说的是同一件事/);
});
