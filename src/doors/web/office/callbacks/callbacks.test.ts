import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { newId } from "#platform/ids";
import { recordAnswer } from "#verification/record-answer";
import { aCallBack, afternoon, morning } from "#test/call-back";
import { deskOf } from "#test/desk";
import { aDoor, textOf, type DoorOptions } from "#test/door";
import { key } from "#test/inbox";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

const LEFT = { name: "某反映人", phone: "13800000000" };

async function aQueue(t: TestContext, options: DoorOptions = {}) {
  const its = await aTown(t);
  const callBack = await aCallBack(its, LEFT);
  const door = aDoor(its, options);
  door.clock.at = morning("2026-08-05");
  return { ...its, ...callBack, door, cookie: await door.cookieOf(its.cast.qianWen), address: `/office/callbacks/${callBack.question}` };
}

test("whoever begins is given the most urgent reporter, with a script to read and no name and no number", async (t) => {
  const { door, cookie, address } = await aQueue(t);
  const queue = await (await door.get("/office/callbacks", cookie)).text();
  await assertValid(queue, "queue");
  assert.match(textOf(queue), /1 位要问/);
  assert.match(textOf(queue), /电话回访 1/, "the sidebar counts the same");
  const begun = await door.post("/office/callbacks", {}, cookie);
  assert.equal(begun.headers.get("location"), address);
  const page = await (await door.get(address, cookie)).text();
  await assertValid(page, "call-back");
  assert.doesNotMatch(page, /某反映人|13800000000/);
  const text = textOf(page);
  assert.match(text, /“您好，我是示例镇党政办的钱文，不是办这件事的单位。7月28日您打热线说：\s*东塘村口路灯不亮/);
  assert.match(text, /环卫所 8月3日说：\s*办好了\s*镇纪委 8月4日去看过：去看了\s*您去过没有？\s*您看，解决了吗？”/);
  assert.match(text, /没人接（第 1 次，共 3 次）/);
});

test("what came of it is recorded, and the next one is given; the form keeps what was typed", async (t) => {
  const { door, cookie, address, number, ...its } = await aQueue(t);
  const other = await aCallBack({ ...its }, { phone: "13800000001" });
  const typed = { form_key: key(1), manner: "phone", satisfied: "no", why: "还有一盏不亮" };
  const back = await door.post(address, typed, cookie);
  assert.equal(back.status, 422);
  assert.match(await back.text(), />\s*还有一盏不亮<\/textarea>/);
  const vain = await door.post(address, { ...typed, said: "nobody" }, cookie);
  assert.equal(vain.status, 409);
  assert.match(textOf(await vain.text()), /没人接就没有原话/);
  const sent = await door.post(address, { ...typed, said: "no" }, cookie);
  assert.equal(sent.headers.get("location"), `/office/callbacks/${other.question}?done=no`);
  assert.match(textOf(await (await door.get(sent.headers.get("location") ?? "", cookie)).text()), /已记：没解决/);
  const [asked] = (await deskOf(its, number)).round.questions;
  assert.deepEqual([asked?.answer?.solved, asked?.answer?.why, asked?.answer?.recorded?.manner], [false, "还有一盏不亮", "phone"]);
  const public_ = textOf(await (await door.get(`/ledger/${number}`)).text());
  assert.match(public_, /没解决；不满意；电话回访，党政办记/);
  assert.doesNotMatch(public_, /钱文|还有一盏不亮/);
});

test("nobody answers: the public reads it as a try, by unit; the second try of a day is refused in words", async (t) => {
  const { door, address, number, town, cast, ...its } = await aQueue(t);
  let { cookie } = its;
  const sent = await door.post(address, { form_key: key(1), manner: "phone", said: "nobody", why: "" }, cookie);
  assert.equal(sent.headers.get("location"), "/office/callbacks?done=nobody", "nobody else is to be asked today");
  door.clock.at = afternoon("2026-08-05");
  cookie = await door.cookieOf(cast.qianWen);
  assert.match(textOf(await (await door.get(address, cookie)).text()), /第 1 次 8月5日 10:00 没人接 钱文/);
  const again = await door.post(address, { form_key: key(2), manner: "phone", said: "nobody", why: "" }, cookie);
  assert.equal(again.status, 409);
  assert.match(textOf(await again.text()), /同一天只算一次/);
  const told = textOf(await (await door.get(`/ledger/${number}`)).text());
  assert.match(told, /回访没人接 电话回访，第 1 次没人接，党政办记/);
  assert.doesNotMatch(told, /钱文/);
  const english = await door.ask(`/ledger/${number}`, { headers: { "accept-language": "en" } }, "lang=en");
  assert.match(textOf(await english.text()), /telephoned, try 1: nobody answered; recorded by/);
  door.clock.at = morning("2026-08-06");
  cookie = await door.cookieOf(cast.qianWen);
  const visited = await (await door.get(`${address}?manner=visit`, cookie)).text();
  await assertValid(visited, "visit");
  assert.match(textOf(visited), /没碰到人（第 2 次，共 3 次）/);
  await recordAnswer(town, cast.qianWen, door.clock.at, {
    question: address.split("/").at(-1) ?? "",
    solved: "yes",
    satisfied: "yes",
    why: "亮了",
    manner: "visit",
  });
  assert.match(textOf(await (await door.get(`/ledger/${number}`)).text()), /解决了；满意；上门回访，党政办记/);
});

test("the gateway dials and nobody sees the number; a colleague who has the same reporter is told", async (t) => {
  const asked: unknown[] = [];
  const callGateway = {
    connect: async (call: { readonly caller: string; readonly callee: string }) => (asked.push([call.caller, call.callee]), true),
  };
  const { door, cookie, address, cast } = await aQueue(t, { callGateway });
  assert.equal((await door.post(`${address}/call`, { line: "" }, cookie)).status, 422);
  const dialled = await door.post(`${address}/call`, { line: "0755 1234567" }, cookie);
  const page = await (await door.get(dialled.headers.get("location") ?? "", cookie)).text();
  assert.match(textOf(page), /先响您的电话/);
  assert.doesNotMatch(page, /13800000000/);
  assert.deepEqual(asked, [["07551234567", "13800000000"]]);
  const colleague = await door.cookieOf(cast.zhengShang);
  assert.match(textOf(await (await door.get(address, colleague)).text()), /钱文正在问这一位/);
  const refused = await door.post(`${address}/call`, { line: "0755 7654321" }, colleague);
  assert.equal(refused.status, 409);
  assert.match(textOf(await refused.text()), /另一位同事正在问这一位/);
  assert.equal((await door.post("/office/callbacks", {}, colleague)).headers.get("location"), "/office/callbacks");
  assert.equal(asked.length, 1);
});

test("without a gateway the number is shown for ten minutes to whoever looked, and the look is an event", async (t) => {
  const { door, cookie, address, town } = await aQueue(t);
  assert.equal((await door.post(`${address}/call`, { line: "07551234567" }, cookie)).status, 404);
  const looked = await door.post(`${address}/identity?manner=phone`, {}, cookie);
  const page = await (await door.get(looked.headers.get("location") ?? "", cookie)).text();
  assert.match(textOf(page), /某反映人 电话 13800000000 10:10 前可看，已记入日志/);
  const events = await town.db.selectFrom("audit.event").select("verb").where("verb", "=", "identity.looked-at").execute();
  assert.equal(events.length, 1);
  door.clock.at = new Date(morning("2026-08-05").getTime() + 10 * 60_000);
  assert.doesNotMatch(await (await door.get(address, cookie)).text(), /13800000000/);
});

test("a clerk of the unit that did the work finds nobody in the queue, and no page of anybody in it", async (t) => {
  const { door, address, town, cast } = await aQueue(t);
  await town.db
    .insertInto("people.duty")
    .values({ town: town.id, id: newId(door.clock.at), officer: cast.wuJie.id, duty: "clerk", granted_at: door.clock.at })
    .execute();
  const cookie = await door.cookieOf(cast.wuJie);
  assert.match(textOf(await (await door.get("/office/callbacks", cookie)).text()), /现在没有要问的人/);
  assert.equal((await door.get(address, cookie)).status, 404);
  assert.equal((await door.post(address, { said: "yes", manner: "phone" }, cookie)).status, 404);
  assert.equal((await door.post(`${address}/identity`, {}, cookie)).status, 404);
  assert.equal((await door.get("/office/callbacks", await door.cookieOf(cast.fengZheng))).status, 403);
});

test("today counts whom to call back as the queue does, and leads to each", async (t) => {
  const { door, cookie, address, number } = await aQueue(t);
  const page = await (await door.get("/office?only=call-backs", cookie)).text();
  await assertValid(page, "today");
  assert.match(textOf(page), new RegExp(`${number} 东塘村口路灯不亮.*8月11日 周二 前问 待电话回访`));
  assert.ok(page.includes(`href="${address}"`));
  assert.match(textOf(await (await door.get("/office", cookie)).text()), /1 待电话回访/);
});
