import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import sharp from "sharp";
import { parseReceiptCode } from "#intake/receipt-code";
import { decideObjection } from "#verification/decide-objection";
import { livingLedger } from "#test/living-ledger";
import { aTown, aTownBeside } from "#test/town";
import { assertValid } from "#test/valid-page";
import { aProgram, aVisitor, textOf } from "#test/door";

const REASON = "村口第三盏还是不亮";

/** Somebody who objected to the closing of the lamps, with the receipt that the page showed. */
async function anObjector(t: TestContext) {
  const house = await aTown(t);
  const { lamps, window } = await livingLedger(house);
  const door = aProgram(house.town);
  const visitor = aVisitor(door.app);
  const { location } = await visitor.post(`/ledger/${lamps.number}/objections`, { reason: REASON });
  const receipt = await visitor.get(location);
  return { ...house, ...door, lamps, window, visitor, location, receipt, code: codeIn(receipt.text) };
}

function codeIn(page: string): string {
  const [, code = ""] = /<p class="receipt-code serif">([^<]+)</.exec(page) ?? [];
  assert.notEqual(parseReceiptCode(code), null, "a receipt shows its code");
  return code;
}

async function decide({ town, cast, at, lamps }: Awaited<ReturnType<typeof anObjector>>, upheld: "yes" | "no", reason: string) {
  const { problem } = lamps;
  const objection = await town.db.selectFrom("verification.objection").select("id").where("decision", "is", null).executeTakeFirstOrThrow();
  const { version } = await town.db.selectFrom("ledger.problem").select("version").where("id", "=", problem).executeTakeFirstOrThrow();
  await decideObjection(town, cast.fengZheng, at, { problem, version, objection: objection.id, upheld, reason });
}

test("whoever objects is given a code, and told by which day the town answers; the code stands in no address and no log", async (t) => {
  const { receipt, location, code, visitor, logged } = await anObjector(t);
  assert.equal(receipt.status, 200);
  assert.match(textOf(receipt.text), /7月31日 周五 前\s*公开答复你的异议/);
  await assertValid(receipt.text, "the receipt of an objection");
  await visitor.post("/track", { code });
  const bare = code.replace("-", "");
  for (const told of [location, logged.join("\n")]) assert.ok(!told.includes(code) && !told.includes(bare));
});

test("the receipt of an objection is a file and a picture as a report's is, until its hour is over", async (t) => {
  const { app, visitor, location, code, clock, at } = await anObjector(t);
  const file = await visitor.get(`${location}/receipt.txt`);
  assert.ok(file.text.includes(code));
  assert.match(file.text, /公开答复不晚于：2026-07-31/);
  assert.doesNotMatch(file.text, new RegExp(REASON));
  const picture = await app.request(`${location}/receipt.png`);
  assert.equal(picture.headers.get("content-type"), "image/png");
  assert.equal((await sharp(Buffer.from(await picture.arrayBuffer())).metadata()).width, 750);
  clock.at = new Date(at.getTime() + 3_600_000);
  for (const path of [location, `${location}/receipt.txt`, `${location}/receipt.png`]) assert.equal((await visitor.get(path)).status, 410);
});

test("by the code the objector reads that the answer is owed, then that the objection was rejected and why", async (t) => {
  const here = await anObjector(t);
  const elsewhere = aVisitor(here.app);
  assert.equal((await elsewhere.post("/track", { code: here.code.toLowerCase() })).location, "/track/story");
  const waiting = await elsewhere.get("/track/story");
  await assertValid(waiting.text, "an objection that waits");
  assert.match(textOf(waiting.text), /已收到，等镇上公开答复[\s\S]*公开答复异议，不晚于 7月31日 周五/);
  assert.ok(waiting.text.includes(REASON) && waiting.text.includes(`/ledger/${here.lamps.number}`));
  await decide(here, "no", "第三盏已换灯头");
  const answered = await elsewhere.get("/track/story");
  await assertValid(answered.text, "an objection that was answered");
  assert.match(textOf(answered.text), /异议不成立[\s\S]*第三盏已换灯头/);
  assert.doesNotMatch(textOf(answered.text), /公开答复异议，不晚于/);
});

test("an objection that is late says so, and one that is upheld leads back to the work", async (t) => {
  const here = await anObjector(t);
  await here.visitor.post("/track", { code: here.code });
  here.clock.at = new Date("2026-08-01T09:00:00+08:00");
  await here.visitor.post("/track", { code: here.code });
  assert.match(textOf((await here.visitor.get("/track/story")).text), /答复异议已经超时，应在这一天前： 7月31日/);
  await decide(here, "yes", "第三盏确实没修");
  assert.match(textOf((await here.visitor.get("/track/story")).text), /异议成立，继续办[\s\S]*第三盏确实没修/);
});

test("who holds a slip is not asked whether it is solved, and opens no page of a report", async (t) => {
  const { visitor, code } = await anObjector(t);
  await visitor.post("/track", { code });
  const { text } = await visitor.get("/track/story");
  assert.doesNotMatch(text, /action="\/track\/story/);
  for (const page of ["about-me", "withdraw", "dispute"])
    assert.match((await visitor.get(`/track/story/${page}`)).location, /^\/track\?expired=1/);
  assert.equal((await visitor.post("/track/story/words", { text: "再补一句" })).status, 401);
  assert.equal((await visitor.get("/track/story/receipt.png")).status, 200);
  await visitor.post("/track/leave");
  assert.equal((await visitor.get("/track/story")).location, "/track?expired=1");
});

test("a code opens nothing in another town", async (t) => {
  const { town, code } = await anObjector(t);
  const beside = await aTownBeside(town);
  await town.db.updateTable("people.town").set({ host: "beside.example" }).where("town", "=", beside.town.id).execute();
  assert.equal((await aVisitor(aProgram(town).app, { host: "beside.example" }).post("/track", { code })).status, 404);
});

test("who has it too may have a receipt: one a device, and it shows the stations of the problem", async (t) => {
  const { app, window, visitor, town } = await anObjector(t);
  const path = `/ledger/${window.number}`;
  assert.doesNotMatch((await visitor.get(path)).text, /给我一个回执/);
  const thanks = await visitor.get((await visitor.post(`${path}/me-too`)).location);
  assert.match(thanks.text, /formaction="[^"]+\/me-too\/receipt">给我一个回执/);
  const ask = async (who = visitor) => codeIn((await who.get((await who.post(`${path}/me-too/receipt`)).location)).text);
  const code = await ask();
  assert.equal(await ask(), code);
  assert.notEqual(await ask(aVisitor(app)), code, "another device is another neighbour");
  const { me_too_count } = await town.db
    .selectFrom("ledger.problem")
    .select("me_too_count")
    .where("number", "=", window.number)
    .executeTakeFirstOrThrow();
  assert.equal(me_too_count, 2, "a receipt counts nobody twice");
  await visitor.post("/track", { code });
  const { text } = await visitor.get("/track/story");
  await assertValid(text, "a me too");
  assert.match(textOf(text), /我也遇到了：[\s\S]*现在到哪一步[\s\S]*不会问你/);
});
