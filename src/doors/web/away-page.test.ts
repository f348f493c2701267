import assert from "node:assert/strict";
import { test } from "node:test";
import { composeDoors } from "#main/doors";
import { takeAway } from "#test/away";
import { aProgram, aVisitor, keyOf, type Fields } from "#test/door";
import { aTown } from "#test/town";

test("while the database is away every door says so and when to come back, and then goes on", async (t) => {
  const cast = await aTown(t);
  const { program, logged } = aProgram(cast.town);
  const house = composeDoors(program);
  const ask = (path: string, init?: RequestInit) => Promise.resolve(house.fetch(new Request(`http://localhost:3000${path}`, init)));
  const paths = ["/", "/ledger", "/report/what", "/figures", "/office/sign-in", "/set-up", "/api/v1/problems", "/log/checkpoint"];
  const statuses = async () => Promise.all(paths.map(async (path) => (await ask(path)).status));
  const before = await statuses();
  const { back } = await takeAway(cast.database);
  for (const path of paths) {
    const answer = await ask(path);
    assert.equal(answer.status, 503, path);
    assert.equal(answer.headers.get("retry-after"), "5", path);
  }
  const report = { title: "路灯不亮", category: "complaint" };
  const json = { "content-type": "application/json", "accept-language": "zh-CN" };
  const refused = await ask("/api/v1/reports", { method: "POST", body: JSON.stringify(report), headers: json });
  assert.deepEqual([refused.status, refused.headers.get("content-type")], [503, "application/problem+json"]);
  assert.match(await refused.text(), /数据库暂时连不上/);
  assert.equal(logged.filter((line) => JSON.parse(line).level >= 50).length, 0, "nothing that anybody must look into");
  await back();
  assert.deepEqual(await statuses(), before);
});

for (const [who, lang] of [
  ["a resident", "zh"],
  ["an officer", "en"],
] as const) {
  test(`what ${who} was sending when the database went comes back on the page, and is sent on once it is there`, async (t) => {
    const cast = await aTown(t);
    const { program } = aProgram(cast.town);
    const house = composeDoors(program);
    const visitor = aVisitor({ request: (path, init, env) => house.fetch(new Request(path, init), env) }, { lang });
    if (who === "an officer") await visitor.post("/office/sign-in", { login: "qianwen", password: "Shili-2026!" });
    const path = who === "an officer" ? "/office/calls/new" : "/report/what";
    const form = await visitor.get(path);
    const typed: Fields = {
      form_key: keyOf(form, path),
      title: "水管漏水",
      details: "从早上开始",
      category: cast.categories.complaint,
      place: "\u200b",
    };
    const { back } = await takeAway(cast.database);
    const away = await visitor.post(path, typed);
    assert.equal(away.status, 503);
    assert.match(away.text, lang === "zh" ? /您填写的内容都在这里/ : /What you typed is all here/);
    assert.match(away.text, /name="title" value="水管漏水"/);
    assert.match(away.text, /<li class="told">(<span lang="zh">)?从早上开始(<\/span>)?<\/li>/); // marked as Chinese on an English page
    assert.doesNotMatch(away.text, /<li class="told">\u200b<\/li>/);
    await back();
    assert.notEqual((await visitor.post(path, typed)).status, 503);
  });
}

test("a password is not written back into the page", async (t) => {
  const cast = await aTown(t);
  const { app } = aProgram(cast.town);
  const visitor = aVisitor(app);
  await takeAway(cast.database);
  const away = await visitor.post("/office/sign-in", { login: "qianwen", password: "Shili-2026!" });
  assert.equal(away.status, 503);
  assert.doesNotMatch(away.text, /Shili-2026!/);
});
