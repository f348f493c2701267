import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { addWord } from "#intake/add-word";
import { receiveReport } from "#intake/receive-report";
import { nameReceivers } from "#limits/name-receivers";
import { aDoor, textOf } from "#test/door";
import { fieldsOf, key } from "#test/inbox";
import { lamp, minutesAfter } from "#test/report";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

/** 冯正 receives; one report waits with something added, its reporter named. */
async function aReceiver(t: TestContext) {
  const its = await aTown(t);
  const { town, at, cast, categories } = its;
  const seal = { category: categories.wrongdoing, version: null, sealed: true, receivers: [cast.fengZheng.id] };
  await nameReceivers(town, cast.zhouXi, at, seal);
  const what = lamp(its, { title: "王路收烟才办事", category: categories.wrongdoing, name: "李举报", phone: "13800000000" });
  const { report } = await receiveReport(town, null, at, what);
  await addWord(town, minutesAfter(at, 1), { report, text: "还有一条", photos: [] });
  const door = aDoor(its);
  const cookie = await door.cookieOf(cast.fengZheng);
  const page = async (path: string) => (await door.get(path, cookie)).text();
  const address = `/office/sealed/${report}`;
  let sent = 0;
  const send = async (act: string, typed: Record<string, string>) => {
    const fields = fieldsOf(await page(`${address}?act=${act}`), `${address}/${act}`);
    return door.post(`${address}/${act}`, { ...fields, ...typed, form_key: key((sent += 1)) }, cookie);
  };
  return { ...its, door, cookie, page, address, send };
}

test("a receiver finds on the first page what waits and what is late, and nobody else finds the entry", async (t) => {
  const { door, at, cast, page } = await aReceiver(t);
  assert.match(textOf(await page("/office")), /密件：1 件在等您/);
  assert.match(await page("/office/profile"), /href="\/office\/sealed">密件<span class="office-count"\s*>1</);
  door.clock.at = minutesAfter(at, 9 * 24 * 60);
  const later = await door.cookieOf(cast.fengZheng);
  assert.match(textOf(await (await door.get("/office", later)).text()), /密件：1 件在等您 · 1 件过了答复时限/);
  assert.match(textOf(await (await door.get("/office/sealed", later)).text()), /应已回复/);
  for (const other of [cast.qianWen, cast.zhouXi, cast.wuAn, cast.shenJi]) {
    const text = await (await door.get("/office", await door.cookieOf(other))).text();
    assert.ok(!text.includes("密件：") && !text.includes('href="/office/sealed"'), other.name);
  }
});

test("each form of a sealed report stands alone and valid, does its act, and comes back with what was typed", async (t) => {
  const { page, address, send } = await aReceiver(t);
  for (const act of ["answer", "refer", "open", "let-out", "reply", "identity", "redact"])
    await assertValid(await page(`${address}?act=${act}`), act);
  assert.equal((await send("read", {})).status, 303);
  assert.doesNotMatch(textOf(await page(address)), /有新补充/);
  const empty = await send("reply", { text: "" });
  assert.equal(empty.status, 422);
  await assertValid(await empty.text(), "reply, empty");
  assert.equal((await send("identity", { reasonClass: "clarify", reason: "问清时间" })).status, 303);
  assert.match(textOf(await page(address)), /李举报.*本次查看已记下，反映人看得到/s);
  assert.equal((await send("answer", { text: "查过了" })).status, 303);
  assert.equal((await send("reply", { text: "已处分" })).status, 303);
  const after = textOf(await page(`${address}?done=reply`));
  assert.match(after, /已回复，反映人凭回执号看得到.*看过补充.*答复.*查过了.*回复反映人.*已处分/s);
  assert.equal((await send("redact", { said: "title", reason: "写了名字" })).status, 303);
  assert.doesNotMatch(await page(address), /王路收烟/);
});
