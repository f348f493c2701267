import assert from "node:assert/strict";
import { test } from "node:test";
import { disableOfficer } from "#people/disable-officer";
import { addOfficer } from "#people/add-officer";
import { aDoor, textOf } from "#test/door";
import { aTown, PASSWORD } from "#test/town";
import { assertValid } from "#test/valid-page";

test("the list of officers says who signed in when, who never did, who is locked, who has no second step", async (t) => {
  const { town, cast, units, at } = await aTown(t);
  const door = aDoor({ town, at });
  const person = { name: "韦芹", login: "weiqin", titleZh: "干事", titleEn: "", unit: units.ecology, duties: [], hash: null };
  await addOfficer(town, cast.zhouXi, at, person);
  await disableOfficer(town, cast.zhouXi, at, { officer: cast.sunTian.id, version: null });
  await door.post("/office/sign-in", { sign_in_login: "wanglu", sign_in_password: PASSWORD });
  for (let tried = 0; tried < 5; tried += 1) await door.post("/office/sign-in", { sign_in_login: "lihe", sign_in_password: "wrong" });
  await town.db
    .insertInto("people.totp")
    .values({ town: town.id, account: cast.wuAn.id, sealed: Buffer.alloc(1), proposed_at: at, set_at: at })
    .execute();
  const cookie = await door.cookieOf(cast.zhouXi);
  const list = async (query: string) => {
    const page = await (await door.get(`/office/people${query}`, cookie)).text();
    await assertValid(page, query);
    return [...page.matchAll(/<th scope="row">([^<]+)<\/th>/g)].map(([, name]) => name);
  };
  assert.equal((await list("")).length, 12);
  const found: readonly (readonly [string, readonly string[]])[] = [
    ["?state=locked", ["李河"]],
    ["?state=no-password", ["韦芹"]],
    ["?state=no-duty", ["韦芹"]],
    ["?state=left", ["孙田"]],
    ["?q=ＷＥＩＱＩＮ", ["韦芹"]],
    ["?q=生态办+干事", ["韦芹"]],
    ["?q=复核", ["冯正"]],
    ["?q=没有这个人", []],
  ];
  for (const [query, names] of found) assert.deepEqual(await list(query), names, query);
  assert.ok(!(await list("?state=never")).includes("王路"));
  assert.ok(!(await list("?state=no-second-step")).includes("武安"));
  const text = textOf(await (await door.get("/office/people", cookie)).text());
  assert.match(text, /王路 wanglu 便民服务中心 责任领导 7月28日 09:00 没开 在岗/);
  assert.match(text, /李河 lihe 生态办 责任领导 还没登录过 没开 锁定到 \d\d:\d\d/);
});
