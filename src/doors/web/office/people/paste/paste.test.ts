import assert from "node:assert/strict";
import { test } from "node:test";
import { listOfficers, listUnits, listVillages } from "#people/queries";
import { aDoor, textOf, type ADoor } from "#test/door";
import { unescaped } from "#test/forms";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";
import { readPasted } from "./pasted-table.ts";
import { VILLAGE_HEADS } from "./places.ts";

const FROM_EXCEL = [
  "村名\t组数\t户数",
  "东湾村\t3\t412",
  "石桥村\t4\t507",
  "石桥\t4\t507",
  "东塘村\t1\t90",
  "东湾村\t3\t412",
  "合计\t24\t4245",
].join("\r\n");

/** Looks first, then sends what was looked at, as a browser does; `also` are the rows that were ticked. */
async function lookAndKeep(door: ADoor, page: string, cookie: string, rows: string, also: readonly string[] = []) {
  const looked = await door.post(page, { rows }, cookie);
  const preview = await looked.text();
  assert.equal(looked.status, 200, preview);
  await assertValid(preview, page);
  const seen = /name="seen" value="([^"]*)"/.exec(preview)?.[1] ?? "";
  const pairs = [["rows", rows], ["seen", seen], ...also.map((line) => ["also", line] as const)] as const;
  return {
    preview,
    kept: await door.post(
      page,
      pairs.map(([name = "", value = ""]) => [name, value] as const),
      cookie,
    ),
  };
}

test("cells come in any order, by tab or comma, with quotes, without heads", () => {
  const cells = (text: string) => readPasted(text, VILLAGE_HEADS).rows.map(({ cells }) => [cells["nameZh"], cells["code"]]);
  assert.deepEqual(cells("东湾村\t360302100203\r\n\r\n北坡村"), [
    ["东湾村", "360302100203"],
    ["北坡村", ""],
  ]);
  assert.deepEqual(cells("代码，村名\n360302100203，东湾村"), [["东湾村", "360302100203"]]);
  assert.deepEqual(cells('"东湾""新""村",360302100203'), [['东湾"新"村', "360302100203"]]);
  assert.deepEqual(readPasted(FROM_EXCEL, VILLAGE_HEADS).ignored, ["组数", "户数"]);
  assert.equal(readPasted("村\n".repeat(300), VILLAGE_HEADS).isTooLong, true);
});

test("villages copied from Excel are shown row by row, and only what is sure is kept", async (t) => {
  const { town, cast, at } = await aTown(t);
  const door = aDoor({ town, at });
  const cookie = await door.cookieOf(cast.qianWen);
  const { preview, kept } = await lookAndKeep(door, "/office/people/villages/paste", cookie, FROM_EXCEL);
  const text = textOf(preview);
  for (const words of ["记下 2 行，疑的 1 行先放着", "像“石桥村”", "已经有了", "和第 1 行一样", "是合计行", "用不上的列：组数、户数"])
    assert.ok(text.includes(words), words);
  assert.match(preview, /class="doubtful" data-label="名称">石桥</);
  const page = await kept.text();
  assert.equal(kept.status, 200);
  assert.ok(textOf(page).includes("记下了 2 行"));
  const left = /<textarea[^>]*name="rows"[^>]*>([^<]*)/.exec(page)?.[1] ?? "";
  assert.deepEqual(
    unescaped(left)
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split("\t")[0]),
    ["石桥"],
    "what waits is given back",
  );
  const names = async () => (await listVillages(town)).map(({ nameZh }) => nameZh).toSorted();
  assert.deepEqual(await names(), ["东塘村", "东湾村", "石桥村", "西岭村"].toSorted());
  const again = await lookAndKeep(door, "/office/people/villages/paste", cookie, "石桥", ["1"]);
  assert.equal(again.kept.headers.get("location"), "/office/people/villages?done=added");
  assert.ok((await names()).includes("石桥"), "two villages may be called nearly the same");
});

test("what was changed after the look is shown again before anything is kept", async (t) => {
  const { town, cast, at } = await aTown(t);
  const door = aDoor({ town, at });
  const cookie = await door.cookieOf(cast.qianWen);
  const looked = await (await door.post("/office/people/villages/paste", { rows: "东湾村" }, cookie)).text();
  const seen = /name="seen" value="([^"]*)"/.exec(looked)?.[1] ?? "";
  const before = (await listVillages(town)).length;
  assert.equal((await door.post("/office/people/villages/paste", { rows: "北坡村", seen }, cookie)).status, 200);
  assert.equal((await listVillages(town)).length, before);
  for (const [rows, words] of [
    ["", "没有读出一行"],
    ["村\n".repeat(300), "一次最多 200 行"],
  ] as const) {
    const back = await door.post("/office/people/villages/paste", { rows }, cookie);
    assert.equal(back.status, 422);
    assert.ok(textOf(await back.text()).includes(words), words);
  }
});

test("a unit may stand under one of the rows above it, and what it is its name says", async (t) => {
  const { town, cast, at } = await aTown(t);
  const door = aDoor({ town, at });
  const rows = "单位\t类型\t上级单位\n城建办\t\t镇政府\n城建所\t站所\t城建办\n示例保洁公司\t\t\n无家\t\t没有的单位\n错\t不知道\t";
  const { preview, kept } = await lookAndKeep(door, "/office/people/units/paste", await door.cookieOf(cast.zhouXi), rows);
  assert.ok(textOf(preview).includes("没有这个单位"));
  assert.equal(kept.status, 200);
  const units = await listUnits(town);
  const named = (name: string) => units.find(({ nameZh }) => nameZh === name);
  assert.deepEqual([named("城建办")?.kind, named("城建所")?.kind, named("示例保洁公司")?.kind], ["department", "station", "contractor"]);
  assert.equal(named("城建所")?.parent, named("城建办")?.id);
  assert.deepEqual([named("无家"), named("错")], [undefined, undefined]);
});

test("pasted officers get accounts and, this once, slips with the first half of a password", async (t) => {
  const { town, cast, at } = await aTown(t);
  const door = aDoor({ town, at });
  const cookie = await door.cookieOf(cast.zhouXi);
  const rows =
    "姓名\t单位\t登录名\t职务\n韦芹\t生态办\tWeiqin\t干事\n方元\t环卫所\tfangyuan\t\n卢石\t没有的\tlushi\t\n孟河\t生态办\twujie\t\n石无\t生态办\t\t";
  const { preview, kept } = await lookAndKeep(door, "/office/people/paste", cookie, rows);
  for (const words of ["记下 2 行，疑的 3 行先放着", "没有这个单位", "登录名已有人用"])
    assert.ok(textOf(preview).includes(words), textOf(preview));
  const page = await kept.text();
  await assertValid(page, "/office/people/paste");
  assert.equal(page.match(/<li class="slip">/g)?.length, 2);
  assert.match(textOf(page), /韦芹 登录名 weiqin 前一半 \w{4}-\w{4} /);
  assert.match(page, /npx sanwen officer reset/);
  const left = unescaped(/<textarea[^>]*name="rows"[^>]*>([^<]*)/.exec(page)?.[1] ?? "")
    .trim()
    .split("\n");
  const names = left.slice(1).map((line) => line.split("\t")[0]);
  assert.deepEqual(names, ["卢石", "孟河", "石无"], "those that wait stand there to be mended, and nobody else");
  const officers = await listOfficers(town);
  assert.deepEqual(
    officers.filter(({ login }) => ["weiqin", "fangyuan"].includes(login)).map(({ duties }) => duties.size),
    [0, 0],
  );
  assert.equal((await door.post("/office/people/paste", { rows }, await door.cookieOf(cast.qianWen))).status, 403);
});
