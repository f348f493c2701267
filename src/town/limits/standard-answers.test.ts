import assert from "node:assert/strict";
import { test } from "node:test";
import { paragraph } from "#platform/text";
import { Refusal } from "#refusals";
import { aTown } from "#test/town";
import { AddStandardAnswer, addStandardAnswer } from "./add-standard-answer.ts";
import { ChangeStandardAnswer, changeStandardAnswer } from "./change-standard-answer.ts";
import { nameReceivers } from "./name-receivers.ts";
import { filled, gapsIn, withoutGaps, type Filling } from "./placeholders.ts";
import { standardAnswersFor } from "./queries.ts";
import { retireStandardAnswer } from "./retire-standard-answer.ts";

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

const KNOWN: Filling = {
  town: ["示例镇", "Shili"],
  phone: ["12345", "12345"],
  village: ["东塘村", "Dongtang"],
  category: ["咨询", "Question"],
  number: null,
  dueOn: null,
  weekday: ["周二", "Tuesday"],
};

test("a placeholder is filled in the language it is written in; what is not known of a report is left to be filled by hand", () => {
  assert.equal(filled("{村}的事请打{电话}，{ 星期 }上班", KNOWN), "东塘村的事请打12345，周二上班");
  assert.equal(filled("Call {phone} about {Village}", KNOWN), "Call 12345 about Dongtang");
  assert.equal(filled("｛镇名｝编号{编号}，到{窗口}办", KNOWN), "示例镇编号{编号}，到{窗口}办");
  assert.deepEqual(gapsIn("编号{编号}，到{窗口}办，{窗口}在一楼"), ["{编号}", "{窗口}"]);
  assert.deepEqual(gapsIn("{} {\n} 没有"), []);
});

test("what is left to be filled is refused, each by its name", () => {
  const sent = withoutGaps(paragraph(100)).safeParse("编号{编号}，到{窗口}办");
  assert.deepEqual(
    sent.error?.issues.map(({ message }) => message),
    ["text/unfilled {编号} {窗口}"],
  );
  assert.equal(withoutGaps(paragraph(100)).parse("到一楼办"), "到一楼办");
});

test("standard answers of a category stand before those of any, changed ones as they are now, retired ones not at all", async (t) => {
  const { town, cast, at, categories } = await aTown(t);
  const any = await addStandardAnswer(town, cast.zhouXi, at, AddStandardAnswer.parse({ nameZh: "值班电话", text: "请打{电话}" }));
  const what = AddStandardAnswer.parse({ nameZh: "医保去哪里办", category: categories.help, text: "请到{窗口}" });
  const own = await addStandardAnswer(town, cast.zhouXi, at, what);
  const offered = async (category: string | null) => (await standardAnswersFor(town, category)).map(({ nameZh }) => nameZh);
  assert.deepEqual(await offered(categories.help), ["医保去哪里办", "值班电话"]);
  assert.deepEqual(await offered(categories.complaint), ["值班电话"]);
  assert.deepEqual(await offered(null), ["值班电话"]);

  const change = ChangeStandardAnswer.parse({ ...what, answer: own, version: 1, nameZh: "医保在一楼办" });
  await changeStandardAnswer(town, cast.zhouXi, at, change);
  await assert.rejects(changeStandardAnswer(town, cast.zhouXi, at, change), refusal("setting/changed"));
  await retireStandardAnswer(town, cast.zhouXi, at, { answer: any, version: 1 });
  await assert.rejects(retireStandardAnswer(town, cast.zhouXi, at, { answer: any, version: 2 }), refusal("standard-answer/unknown"));
  assert.deepEqual(await offered(categories.help), ["医保在一楼办"]);
  const events = await town.db.selectFrom("audit.event").select("verb").where("town", "=", town.id).orderBy("id").execute();
  assert.deepEqual(
    events.map(({ verb }) => verb).filter((verb) => verb.startsWith("standard-answer.")),
    ["standard-answer.added", "standard-answer.added", "standard-answer.changed", "standard-answer.retired"],
  );
});

test("whoever does not set categories keeps no standard answer, and none is kept for a sealed category", async (t) => {
  const { town, cast, at, categories } = await aTown(t);
  const what = AddStandardAnswer.parse({ nameZh: "值班电话", text: "请打{电话}" });
  await nameReceivers(town, cast.zhouXi, at, { category: categories.wrongdoing, version: null, sealed: true, receivers: [] });
  await assert.rejects(addStandardAnswer(town, cast.qianWen, at, what), refusal("officer/not-allowed"));
  await assert.rejects(addStandardAnswer(town, cast.zhouXi, at, { ...what, category: categories.wrongdoing }), refusal("category/sealed"));
  assert.deepEqual(await standardAnswersFor(town, null), []);
});
