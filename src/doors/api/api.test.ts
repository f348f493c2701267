import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { anApi, openOne, post, promised } from "#test/api";
import { actOn, aProblem } from "#test/desk";
import { allButOneTry } from "#test/door";
import { AT } from "#test/town";

test("a program reads the ledger page by page, and every answer is what the document promises", async (t) => {
  const door = await anApi(t);
  for (let sequence = 1; sequence <= 5; sequence++) await openOne(door, sequence, `第 ${sequence} 盏路灯不亮`);
  const seen: string[] = [];
  let path: string | null = "/api/v1/problems?limit=2&light=green";
  while (path !== null) {
    const response = await door.ask(path);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("access-control-allow-origin"), "*");
    const link: string | null = response.headers.get("link");
    const page = await promised(door, "listProblems", response);
    seen.push(
      ...z
        .array(z.looseObject({ number: z.string() }))
        .parse(page["problems"])
        .map(({ number }) => number),
    );
    path = z.string().nullable().parse(page["next"]);
    assert.equal(link, path === null ? null : `<${path}>; rel="next"`);
  }
  assert.deepEqual(
    seen,
    [5, 4, 3, 2, 1].map((sequence) => `SL-2026-000${sequence}`),
  );
});

test("one problem, its events, the figures and the directory are what the document promises", async (t) => {
  const door = await anApi(t);
  const number = await openOne(door, 7, "路灯不亮");
  const whole = await promised(door, "findProblem", await door.ask(`/api/v1/problems/${number}`));
  assert.deepEqual(whole["leaders"], [{ name: "李河", unit: { id: door.units.ecology, zh: "生态办", en: "Ecology Office" } }]);
  assert.deepEqual(whole["measures"], [
    { text: "换灯", done: true },
    { text: "巡查", done: false },
  ]);
  await promised(door, "listEvents", await door.ask(`/api/v1/problems/${number}/events`));
  await promised(door, "readFigures", await door.ask("/api/v1/figures"));
  await promised(door, "readDirectory", await door.ask("/api/v1/directory"));
});

test("words come in the language asked for", async (t) => {
  const door = await anApi(t);
  const said = async (language: string) =>
    z
      .looseObject({ title: z.string() })
      .parse(await (await door.ask("/api/v1/problems?light=blue", { headers: { "accept-language": language } })).json()).title;
  assert.equal(await said("zh-CN,zh;q=0.9"), "有些内容需要修改");
  assert.equal(await said("en"), "Some fields are not right");
});

test("any page may read, only a program may send", async (t) => {
  const door = await anApi(t);
  const read = await door.ask("/api/v1/problems", {
    method: "OPTIONS",
    headers: { origin: "https://elsewhere.example", "access-control-request-method": "GET" },
  });
  assert.equal(read.status, 204);
  assert.equal(read.headers.get("access-control-allow-origin"), "*");
  const send = await door.ask("/api/v1/reports", {
    method: "OPTIONS",
    headers: { origin: "https://elsewhere.example", "access-control-request-method": "POST" },
  });
  assert.equal(send.status, 405);
});

test("a flood from one address is told when to come back", async (t) => {
  const door = await anApi(t);
  await allButOneTry(door.limits, "report", "");
  assert.equal((await door.ask("/api/v1/reports", post({ title: "灯", category: "nothing" }))).status, 422);
  const refused = await door.ask("/api/v1/reports", post({ title: "灯", category: "nothing" }));
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
});

test("a fault of ours is logged once and shows no stack", async (t) => {
  const door = await anApi(t);
  await door.town.db.destroy();
  const response = await door.ask("/api/v1/problems");
  assert.equal(response.status, 500);
  const { instance } = await promised(door, "listProblems", response);
  assert.equal(door.logged.length, 1);
  assert.match(door.logged[0] ?? "", new RegExp(String(instance).replace("urn:uuid:", "")));
});

test("the page about the API reads in both languages without a script", async (t) => {
  const door = await anApi(t);
  const page = await (await door.ask("/api", { headers: { "accept-language": "zh" } })).text();
  assert.match(page, /给程序用的台账/);
  assert.doesNotMatch(page, /<script/);
  assert.match(await (await door.ask("/api")).text(), /The ledger for programs/);
});

test("a parameter that is not known is left aside, and the answer says so", async (t) => {
  const door = await anApi(t);
  await openOne(door, 1, "路灯不亮");
  const page = await promised(door, "listProblems", await door.ask("/api/v1/problems?lihgt=red&light=green"));
  assert.match(JSON.stringify(page["warnings"]), /^\[\{"parameter":"lihgt","code":"parameter\/unknown"/);
  assert.equal(z.array(z.unknown()).parse(page["problems"]).length, 1);
  const figures = await promised(door, "readFigures", await door.ask("/api/v1/figures?day=2026-01-01"));
  assert.match(JSON.stringify(figures["warnings"]), /"parameter":"day"/);
  assert.equal((await promised(door, "readDirectory", await door.ask("/api/v1/directory")))["warnings"], undefined);
});

test("the facts of an event stand beside what their ids are called", async (t) => {
  const door = await anApi(t);
  const number = await aProblem(door);
  await actOn(door, number, "assign", door.cast.zhengShang, AT);
  const { events } = await promised(door, "listEvents", await door.ask(`/api/v1/problems/${number}/events`));
  const told = z.array(z.looseObject({ verb: z.string(), names: z.record(z.string(), z.unknown()) })).parse(events);
  assert.match(JSON.stringify(told.find(({ verb }) => verb === "problem.opened")?.names), /"category":\{"id":"[^"]+","zh":"/);
  assert.match(JSON.stringify(told.find(({ verb }) => verb === "problem.assigned")?.names), /"unit":\{"id":"[^"]+","zh":"/);
});

test("the description is found at the shorter address too", async (t) => {
  const door = await anApi(t);
  const instead = await door.ask("/api/openapi.json");
  assert.deepEqual([instead.status, instead.headers.get("location")], [301, "/api/v1/openapi.json"]);
});
