import assert from "node:assert/strict";
import { test } from "node:test";
import { addVillage, AddVillage } from "#people/add-village";
import { transact } from "#platform/town";
import { aTown } from "#test/town";
import { receiveReport } from "./receive-report.ts";
import { ReceiveReport } from "./said.ts";
import { rereadRuleBook, ruleBook } from "./rule-book.ts";

const village = (nameZh: string) => AddVillage.parse({ nameZh, nameEn: "New" });

test("after a name changed the rule book is read once, by the first report sent, and then kept", async (t) => {
  const { town, at, cast, categories } = await aTown(t);
  const before = await ruleBook(town);
  await addVillage(town, cast.qianWen, at, village("新塘村"));
  const send = () =>
    // As every form is sent: inside the transaction that keeps its key.
    transact(town, (town) =>
      receiveReport(town, null, at, { ...ReceiveReport.parse({ title: "路灯不亮", category: categories.complaint }), channel: "web" }),
    );
  await send();
  const kept = await ruleBook(town);
  assert.ok(kept.version > before.version);
  await send();
  assert.equal(await ruleBook(town), kept);
});

test("what a transaction changed and did not commit is never kept", async (t) => {
  const { town, at, cast } = await aTown(t);
  const before = await ruleBook(town);
  await assert.rejects(
    transact(town, async (town) => {
      await addVillage(town, cast.qianWen, at, village("没有的村"));
      assert.equal((await rereadRuleBook(town)).villages.size, before.villages.size + 1);
      throw new Error("the power went out");
    }),
    /power/,
  );
  assert.equal(await ruleBook(town), before);
  await addVillage(town, cast.qianWen, at, village("新塘村"));
  assert.ok((await rereadRuleBook(town)).version > before.version);
});
