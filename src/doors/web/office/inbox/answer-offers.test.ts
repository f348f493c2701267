import assert from "node:assert/strict";
import { test } from "node:test";
import { answerReport } from "#intake/answer-report";
import { findReport } from "#intake/queries";
import { AddStandardAnswer, addStandardAnswer } from "#limits/add-standard-answer";
import { textOf } from "#test/door";
import { anOffice, aReport, fieldsOf, key } from "#test/inbox";
import { assertValid } from "#test/valid-page";

test("a press puts a standard answer into the form, filled for this report; what nobody filled in is refused by its name", async (t) => {
  const its = await anOffice(t);
  const { town, cast, at, door, cookie, address, report, categories } = its;
  const what = { nameZh: "窗口几点上班", category: categories.complaint, text: "{村}的乡亲：{镇名}{窗口}{星期}照常上班，编号{编号}" };
  const standard = await addStandardAnswer(town, cast.zhouXi, at, AddStandardAnswer.parse(what));
  const form = await (await door.get(`${address}?act=answer`, cookie)).text();
  await assertValid(form, "answer");
  assert.match(textOf(form), /标准答复 窗口几点上班 ⇧1 东塘村的乡亲：示例镇\{窗口\}周二照常上班，编号\{编号\}/);

  const fields = { ...fieldsOf(form, `${address}/answer`), form_key: key(1) };
  const inserted = await door.post(`${address}/answer?insert=${standard}`, { ...fields, text: "您好！" }, cookie);
  assert.equal(inserted.status, 200);
  const page = await inserted.text();
  await assertValid(page, "inserted");
  const text = "您好！\n东塘村的乡亲：示例镇{窗口}周二照常上班，编号{编号}";
  assert.equal(fieldsOf(page, `${address}/answer`)["text"], text);
  assert.doesNotMatch(page, /<title>错误/);

  const refused = await door.post(`${address}/answer`, { ...fields, text }, cookie);
  assert.equal(refused.status, 422);
  assert.match(textOf(await refused.text()), /还有未填的地方： \{窗口\} \{编号\}/);
  assert.equal((await findReport(town, report))?.status, "received");
  const sent = await door.post(`${address}/answer`, { ...fields, text: "东塘村的乡亲：一楼周二照常上班" }, cookie);
  assert.equal(sent.status, 303);
});

test("answers, referrals, refusals and replies all refuse what is left in braces", async (t) => {
  const { door, cookie, address } = await anOffice(t);
  for (const [act, field] of [
    ["answer", "text"],
    ["reply", "text"],
    ["refer", "reason"],
    ["decline", "reason"],
  ] as const) {
    const fields = fieldsOf(await (await door.get(`${address}?act=${act}`, cookie)).text(), `${address}/${act}`);
    const refused = await door.post(`${address}/${act}`, { ...fields, referredTo: "县供电公司", [field]: "请打{电话}" }, cookie);
    assert.equal(refused.status, 422, act);
    assert.match(textOf(await refused.text()), /还有未填的地方： \{电话\}/, act);
  }
});

test("how it was answered last time stands below the form with day and kind, without the reporter, and is put in by a press", async (t) => {
  const its = await anOffice(t);
  const { town, cast, at, door, cookie, address } = its;
  const earlier = await aReport(its, { title: "中午没人办证，二组的老李跑了三趟" });
  await answerReport(town, cast.qianWen, at, { report: earlier.report, text: "窗口中午已经轮班" });
  const form = await (await door.get(`${address}?act=answer`, cookie)).text();
  assert.match(textOf(form), /上次怎么答的 7月28日 答复 ⇧1 窗口中午已经轮班/);
  assert.doesNotMatch(form.slice(form.indexOf("office-offers")), /老李/);
  const [, insert = ""] = /formaction="([^"]+insert=[^"]+)"/.exec(form) ?? [];
  const fields = fieldsOf(form, `${address}/answer`);
  const page = await (await door.post(insert, fields, cookie)).text();
  assert.equal(fieldsOf(page, `${address}/answer`)["text"], "窗口中午已经轮班");
  assert.doesNotMatch(await (await door.get(`${address}?act=open`, cookie)).text(), /office-offers/, "only where an answer is written");
});

test("standard answers are kept in the settings, by the system administrator alone", async (t) => {
  const { door, cast, cookie, categories } = await anOffice(t);
  const admin = await door.cookieOf(cast.zhouXi);
  const list = "/office/rules/answers";
  assert.equal((await door.get(list, cookie)).status, 403);
  const page = await (await door.get(list, admin)).text();
  await assertValid(page, "standard answers");
  const fields = fieldsOf(page, list);
  const typed = { ...fields, nameZh: "值班电话", category: categories.help, text: "请打{电话}" };
  assert.equal((await door.post(list, { ...typed, form_key: key(1) }, admin)).status, 303);
  const listed = await (await door.get(list, admin)).text();
  assert.match(textOf(listed), /值班电话 求助 请打\{电话\}/);
  const [, one = ""] = /href="(\/office\/rules\/answers\/[^"]+)"/.exec(listed) ?? [];
  const form = await (await door.get(one, admin)).text();
  const changed = await door.post(one, { ...fieldsOf(form, one), form_key: key(2), text: "请打 12345" }, admin);
  assert.equal(changed.status, 303);
  assert.match(textOf(await (await door.get(list, admin)).text()), /值班电话 求助 请打 12345/);
  const retire = await (await door.get(one, admin)).text();
  const retired = await door.post(`${one}/retire`, { ...fieldsOf(retire, `${one}/retire`), form_key: key(3) }, admin);
  assert.equal(retired.status, 303);
  assert.equal((await door.get(one, admin)).status, 404);
});
