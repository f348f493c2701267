import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { SAMPLES } from "#doors/samples";
import { anApi, openOne, post, promised } from "#test/api";
import { actOn, aProblem } from "#test/desk";
import { allButOneTry } from "#test/door";
import { assertValid } from "#test/valid-page";
import { OPERATIONS } from "./openapi.ts";
import { aNotary, asScribe } from "#test/notary";
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
  const figures = await promised(door, "readFigures", await door.ask("/api/v1/figures"));
  assert.deepEqual([figures["asOf"], figures["leaves"], figures["leavesAt"]], ["2026-07-28", 0, null], "no leaf yet, so no moment of one");
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

test("the page about the API stands in the frame of the site, and each of its samples is what the document promises", async (t) => {
  const door = await anApi(t);
  const page = await (await door.ask("/api", { headers: { "accept-language": "zh" } })).text();
  assert.match(page, /class="masthead"[\s\S]*给程序用的台账/);
  assert.match(page, /10 分钟内 1200 件/);
  await assertValid(page, "/api");
  assert.match(await (await door.ask("/api", { headers: { "accept-language": "en" } })).text(), /The ledger for programs/);
  for (const { id, status, answer } of SAMPLES)
    await promised(door, id, new Response(JSON.stringify(answer), { status, headers: { "content-type": "application/json" } }));
  assert.deepEqual(
    SAMPLES.map(({ id, method, path }) => `${id} ${method.toLowerCase()} ${path}`),
    OPERATIONS.map(({ id, method, path }) => `${id} ${method} ${path}`),
  );
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

test("a mirror reads the list once and then only what changed; beside it stands no filter", async (t) => {
  const door = await anApi(t);
  const number = await aProblem(door);
  const list = await promised(door, "listProblems", await door.ask("/api/v1/problems?order=urgent"));
  assert.deepEqual([list["total"], list["leaves"]], [{ count: 1, isExact: true }, 0]);
  const notary = aNotary();
  await nameLog(door.town, notary, new URL("http://localhost:3000"));
  await integrateEvents(door.town, asScribe(notary), AT);
  for (const since of ["0", "2026-07-28", "2026-07-28T09:00:00+08:00", "2026-01-01T00:00:00Z"]) {
    const changed = await promised(door, "listProblems", await door.ask(`/api/v1/problems?changedSince=${encodeURIComponent(since)}`));
    assert.match(JSON.stringify(changed["problems"]), new RegExp(number), since);
    assert.deepEqual([changed["next"], changed["total"], changed["leaves"]], [null, null, 1], since);
  }
  const answer = await door.ask("/api/v1/problems?changedSince=1");
  assert.deepEqual((await promised(door, "listProblems", answer))["problems"], []);
  const tag = answer.headers.get("etag") ?? "";
  assert.match(answer.headers.get("cache-control") ?? "", /max-age=0, must-revalidate/);
  assert.equal((await door.ask("/api/v1/problems?changedSince=1", { headers: { "if-none-match": tag } })).status, 304);
  for (const query of ["x", "-1", "2026-13-01", "0000-01-01", "1&status=closed", "1&order=urgent", "1&before=SL-2026-0007"]) {
    const refused = await door.ask(`/api/v1/problems?changedSince=${query}`);
    assert.equal(refused.status, 422, query);
    assert.match(JSON.stringify(await promised(door, "listProblems", refused)), /"parameter":"changedSince","code":"since\//);
  }
});
