import assert from "node:assert/strict";
import { test } from "node:test";
import { BODY_PACE } from "#doors/bounds";
import { newId } from "#platform/ids";
import { anApi, post, promised } from "#test/api";
import { AT } from "#test/town";

test("a program reports, and the report is there; the category may be named by its code", async (t) => {
  const door = await anApi(t);
  const received = await promised(
    door,
    "sendReport",
    await door.ask(
      "/api/v1/reports",
      post({ title: "路灯不亮", category: "complaint", village: door.villages.dongtang, lon: 114.39, lat: 27.81, phone: "13800000000" }),
    ),
  );
  assert.match(String(received["receipt"]), /^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  const columns = ["title", "category", "channel", "lon", "lat"] as const;
  const first = await door.town.db.selectFrom("intake.report").select(columns).execute();
  assert.deepEqual(first, [{ title: "路灯不亮", category: door.categories.complaint, channel: "web", lon: 114.39, lat: 27.81 }]);
  const nowhere = { title: "井盖坏了", lon: " ", lat: "\u200b", place: "\u3164" };
  await promised(door, "sendReport", await door.ask("/api/v1/reports", post(nowhere)));
  const { category, lon, lat, place } = await door.town.db
    .selectFrom("intake.report")
    .select(["category", "lon", "lat", "place"])
    .where("title", "=", "井盖坏了")
    .executeTakeFirstOrThrow();
  assert.deepEqual({ category, lon, lat, place }, { category: null, lon: null, lat: null, place: "" }, "left out, the town sets it");
});

test("a retry with the same key finds the first receipt; the same key with other words is refused", async (t) => {
  const door = await anApi(t);
  const first = await door.ask("/api/v1/reports", post({ title: "路灯不亮", category: "complaint" }, { "idempotency-key": "k-1" }));
  assert.equal(first.status, 201);
  const again = await door.ask("/api/v1/reports", post({ title: "路灯不亮", category: "complaint" }, { "idempotency-key": "k-1" }));
  assert.equal(again.status, 200);
  assert.equal((await promised(door, "sendReport", again))["receipt"], (await promised(door, "sendReport", first))["receipt"]);
  const other = await door.ask("/api/v1/reports", post({ title: "井盖坏了", category: "complaint" }, { "idempotency-key": "k-1" }));
  assert.equal(other.status, 409);
  await promised(door, "sendReport", other);
  assert.equal((await door.town.db.selectFrom("intake.report").select("id").execute()).length, 1);
});

test("an Idempotency-Key is its sender's: a stranger's use blocks nobody, a phone on the move is not doubled", async (t) => {
  const door = await anApi(t);
  const from = (address: string, key: string, title = "路灯不亮") =>
    door.ask("/api/v1/reports", post({ title, category: "complaint" }, { "idempotency-key": key, "x-forwarded-for": address }));
  const receiptOf = async (response: Response) => (await promised(door, "sendReport", response))["receipt"];
  const stranger = await from("198.51.100.9", "k-1", "占住这个键");
  const sender = await from("192.0.2.7", "k-1");
  assert.deepEqual([stranger.status, sender.status], [201, 201]);
  // a short key may be anybody's: elsewhere it shows no receipt, whatever the body
  const guessed = await from("198.51.100.10", "k-1");
  assert.equal(guessed.status, 201);
  assert.notEqual(await receiptOf(guessed), await receiptOf(sender));
  const key = "0198f3c0-1111-7000-8000-5f3a9b1c2d4e";
  const first = await from("192.0.2.7", key);
  const moved = await from("192.0.2.200", key);
  assert.deepEqual([first.status, moved.status], [201, 200]);
  assert.equal(await receiptOf(moved), await receiptOf(first));
  assert.equal((await from("192.0.2.7", key, "井盖坏了")).status, 409);
  assert.equal((await from("203.0.113.5", key, "井盖坏了")).status, 201);
});

test("the API never says that a number reported these words before", async (t) => {
  const door = await anApi(t);
  const sent = { title: "路灯不亮", category: "complaint", phone: "13800000000" };
  const [first, again] = [await door.ask("/api/v1/reports", post(sent)), await door.ask("/api/v1/reports", post(sent))];
  assert.deepEqual([first.status, again.status], [201, 201]);
  const [one, other] = [await promised(door, "sendReport", first), await promised(door, "sendReport", again)];
  assert.deepEqual([one["folded"], other["folded"]], [false, false]);
  assert.notEqual(one["receipt"], other["receipt"]);
});

test("bad input is a problem document that names the field, and nothing is kept", async (t) => {
  const door = await anApi(t);
  const cases: readonly [string, string, RequestInit, number, RegExp][] = [
    ["listProblems", "/api/v1/problems?light=blue", {}, 422, /"parameter":"light","code":"choice\/unknown"/],
    ["listProblems", "/api/v1/problems?unit=7", {}, 422, /"parameter":"unit"/],
    ["listProblems", "/api/v1/problems?before=SL-2026", {}, 422, /"parameter":"before"/],
    ["listProblems", "/api/v1/problems?limit=1000", {}, 422, /"parameter":"limit","code":"number\/impossible","detail":"1–100"/],
    ["listProblems", "/api/v1/problems?q=%00", {}, 422, /"code":"text\/not-text"/],
    ["findProblem", "/api/v1/problems/SL-2026-9999", {}, 404, /problem\/unknown/],
    ["findProblem", "/api/v1/problems/%00", {}, 404, /problem\/unknown/],
    ["listEvents", "/api/v1/problems/nothing/events", {}, 404, /problem\/unknown/],
    ["listProblems", "/api/v1/problems", { method: "DELETE" }, 405, /"status":405/],
    ["sendReport", "/api/v1/reports", post("{"), 400, /"status":400/],
    ["sendReport", "/api/v1/reports", post("[]"), 422, /"pointer":""/],
    ["sendReport", "/api/v1/reports", post({ category: "complaint" }), 422, /"pointer":"\/title","code":"text\/missing"/],
    [
      "sendReport",
      "/api/v1/reports",
      post({ title: "字".repeat(201), category: "complaint" }),
      422,
      /"pointer":"\/title","code":"text\/too-long"/,
    ],
    [
      "sendReport",
      "/api/v1/reports",
      post('{"title":"\\ud800","category":"complaint"}'),
      422,
      /"pointer":"\/title","code":"text\/not-text"/,
    ],
    ["sendReport", "/api/v1/reports", post({ title: "灯", category: "nothing" }), 422, /"pointer":"\/category","code":"category\/unknown"/],
    ["sendReport", "/api/v1/reports", post({ title: "灯", category: newId(AT) }), 422, /"code":"category\/unknown"/],
    [
      "sendReport",
      "/api/v1/reports",
      post({ title: "灯", category: "complaint", village: newId(AT) }),
      422,
      /"pointer":"\/village","code":"village\/unknown"/,
    ],
    [
      "sendReport",
      "/api/v1/reports",
      post({ title: "灯", category: "complaint", lon: 200 }),
      422,
      /"pointer":"\/lon","code":"position\/impossible"/,
    ],
    ...[{ lon: 114.39 }, { lat: 27.81 }, { lon: 114.39, lat: " " }, { lon: "\u200b", lat: 27.81 }].map((half): (typeof cases)[number] => [
      "sendReport",
      "/api/v1/reports",
      post({ title: "灯", category: "complaint", ...half }),
      422,
      /"pointer":"\/lat","code":"position\/impossible"/,
    ]),
    [
      "sendReport",
      "/api/v1/reports",
      post({ title: "灯", category: "complaint", admin: true }),
      422,
      /"pointer":"\/admin","code":"field\/unknown"/,
    ],
    ["sendReport", "/api/v1/reports", post({ title: "灯", category: "complaint" }, { "content-type": "text/plain" }), 415, /"status":415/],
    ["sendReport", "/api/v1/reports", post({ title: "灯", category: "complaint" }, { "idempotency-key": "a b" }), 422, /Idempotency-Key/],
    ["sendReport", "/api/v1/reports", post({ title: "灯", category: "complaint", details: "x".repeat(100_000) }), 413, /"status":413/],
    ["sendReport", "/api/v1/reports", { method: "GET" }, 405, /"status":405/],
  ];
  for (const [operation, path, init, status, says] of cases) {
    const response = await door.ask(path, init);
    assert.equal(response.status, status, `${path} ${JSON.stringify(init)}`);
    const text = JSON.stringify(await promised(door, operation, response));
    assert.match(text, says);
    assert.doesNotMatch(text, /\bat .*\.ts:\d/);
  }
  assert.equal((await door.town.db.selectFrom("intake.report").select("id").execute()).length, 0);
});

test("a report whose body never comes is given up, and the program told why", async (t) => {
  const door = await anApi(t);
  await door.ask("/api/v1/directory"); // the town is known
  t.mock.timers.enable({ apis: ["setInterval"] });
  const never = new ReadableStream();
  const asked = door.ask("/api/v1/reports", { ...post({}), body: never, duplex: "half" });
  for (let waited = 0; waited < 2 * BODY_PACE.freeMs; waited += BODY_PACE.lookMs) {
    await new Promise((resolve) => setImmediate(resolve));
    t.mock.timers.tick(BODY_PACE.lookMs);
  }
  const response = await asked;
  assert.equal(response.status, 408);
  assert.match(JSON.stringify(await promised(door, "sendReport", response)), /request\/slow/);
});
