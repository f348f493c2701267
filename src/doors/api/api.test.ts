import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { pino } from "pino";
import { z } from "zod";
import { BODY_PACE } from "#doors/bounds";
import { openLimits } from "#doors/limits";
import { composeDoors } from "#main/doors";
import { newId } from "#platform/ids";
import { allButOneTry } from "#test/door";
import { aNotary } from "#test/notary";
import { aTown, AT, testKeys } from "#test/town";

async function aDoor(t: TestContext) {
  const here = await aTown(t);
  const logged: string[] = [];
  const limits = openLimits();
  const house = {
    db: here.town.db,
    keys: testKeys(),
    blobs: here.town.blobs,
    callGateway: null,
    trustedProxies: ["127.0.0.0/8", "::1"],
    notary: aNotary(),
    log: pino({}, { write: (line: string) => logged.push(line) }),
    now: () => AT,
    origin: new URL("http://localhost:3000"),
    isSetUpToken: () => false,
    isReady: () => Promise.resolve(true),
  };
  const doors = composeDoors(house, limits);
  const ask = async (path: string, init: RequestInit = {}) => doors.fetch(new Request(`http://localhost:3000${path}`, init));
  const document: unknown = await (await ask("/api/v1/openapi.json")).json();
  return { ...here, ask, document, limits, logged };
}

type Door = Awaited<ReturnType<typeof aDoor>>;

async function openOne({ town, categories, themes, campaign, units, cast, villages }: Door, sequence: number, title: string) {
  const number = `SL-2026-${String(sequence).padStart(4, "0")}`;
  await town.db
    .insertInto("ledger.problem")
    .values({
      town: town.id,
      id: newId(AT),
      number,
      ordinal: 20_260_000_000 + sequence,
      status: "assigned",
      title,
      category: categories.help,
      theme: themes.nature,
      campaign,
      leaders: [cast.liHe.id],
      unit: units.ecology,
      village: villages.dongtang,
      due_on: "2026-08-10",
      original_due_on: "2026-08-10",
      amber_on: "2026-08-05",
      measures: ["换灯", "巡查"],
      measures_done: [0],
      goal: "夜里亮着",
      opened_at: AT,
      opened_on: "2026-07-28",
      search_text: `${number.toLowerCase()}\n${title}`,
    })
    .execute();
  return number;
}

/** Reads an answer and holds it against the schema that the OpenAPI document promises for it. */
async function promised(door: Door, operation: string, response: Response): Promise<Record<string, unknown>> {
  const Document = z.object({
    paths: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          operationId: z.string(),
          responses: z.record(
            z.string(),
            z.object({ content: z.record(z.string(), z.object({ schema: z.object({ $ref: z.string() }) })) }),
          ),
        }),
      ),
    ),
    components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  });
  const document = Document.parse(door.document);
  const found = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .find((one) => one.operationId === operation);
  const content = found?.responses[String(response.status)]?.content;
  assert.ok(content !== undefined, `${operation} does not promise ${response.status}`);
  const mediaType = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
  const name = content[mediaType]?.schema.$ref.split("/").at(-1) ?? "";
  const schema = document.components.schemas[name];
  assert.ok(schema !== undefined, `${operation} does not promise ${mediaType}`);
  const body: unknown = await response.json();
  const checked = z.fromJSONSchema(schema).safeParse(body);
  assert.ok(checked.success, checked.success ? "" : z.prettifyError(checked.error));
  return z.record(z.string(), z.unknown()).parse(body);
}

const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", ...headers },
  body: typeof body === "string" ? body : JSON.stringify(body),
});

test("a program reads the ledger page by page, and every answer is what the document promises", async (t) => {
  const door = await aDoor(t);
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
  const door = await aDoor(t);
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

test("a program reports, and the report is there; the category may be named by its code", async (t) => {
  const door = await aDoor(t);
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
  const nowhere = { title: "井盖坏了", category: "complaint", lon: " ", lat: "\u200b", place: "\u3164" };
  await promised(door, "sendReport", await door.ask("/api/v1/reports", post(nowhere)));
  const { lon, lat, place } = await door.town.db
    .selectFrom("intake.report")
    .select(["lon", "lat", "place"])
    .where("title", "=", "井盖坏了")
    .executeTakeFirstOrThrow();
  assert.deepEqual({ lon, lat, place }, { lon: null, lat: null, place: "" });
});

test("a retry with the same key finds the first receipt; the same key with other words is refused", async (t) => {
  const door = await aDoor(t);
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
  const door = await aDoor(t);
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
  const door = await aDoor(t);
  const sent = { title: "路灯不亮", category: "complaint", phone: "13800000000" };
  const [first, again] = [await door.ask("/api/v1/reports", post(sent)), await door.ask("/api/v1/reports", post(sent))];
  assert.deepEqual([first.status, again.status], [201, 201]);
  const [one, other] = [await promised(door, "sendReport", first), await promised(door, "sendReport", again)];
  assert.deepEqual([one["folded"], other["folded"]], [false, false]);
  assert.notEqual(one["receipt"], other["receipt"]);
});

test("bad input is a problem document that names the field, and nothing is kept", async (t) => {
  const door = await aDoor(t);
  const cases: readonly [string, string, RequestInit, number, RegExp][] = [
    ["listProblems", "/api/v1/problems?light=blue", {}, 422, /"parameter":"light","code":"choice\/unknown"/],
    ["listProblems", "/api/v1/problems?unit=7", {}, 422, /"parameter":"unit"/],
    ["listProblems", "/api/v1/problems?before=SL-2026", {}, 422, /"parameter":"before"/],
    ["listProblems", "/api/v1/problems?limit=1000", {}, 422, /"parameter":"limit","code":"number\/impossible"/],
    ["listProblems", "/api/v1/problems?lihgt=red", {}, 422, /"parameter":"lihgt","code":"field\/unknown"/],
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
  const door = await aDoor(t);
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

test("words come in the language asked for", async (t) => {
  const door = await aDoor(t);
  const said = async (language: string) =>
    z
      .looseObject({ title: z.string() })
      .parse(await (await door.ask("/api/v1/problems?light=blue", { headers: { "accept-language": language } })).json()).title;
  assert.equal(await said("zh-CN,zh;q=0.9"), "有些内容需要修改");
  assert.equal(await said("en"), "Some fields are not right");
});

test("any page may read, only a program may send", async (t) => {
  const door = await aDoor(t);
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
  const door = await aDoor(t);
  await allButOneTry(door.limits, "report", "");
  assert.equal((await door.ask("/api/v1/reports", post({ title: "灯", category: "nothing" }))).status, 422);
  const refused = await door.ask("/api/v1/reports", post({ title: "灯", category: "nothing" }));
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
});

test("a fault of ours is logged once and shows no stack", async (t) => {
  const door = await aDoor(t);
  await door.town.db.destroy();
  const response = await door.ask("/api/v1/problems");
  assert.equal(response.status, 500);
  const { instance } = await promised(door, "listProblems", response);
  assert.equal(door.logged.length, 1);
  assert.match(door.logged[0] ?? "", new RegExp(String(instance).replace("urn:uuid:", "")));
});

test("the page about the API reads in both languages without a script", async (t) => {
  const door = await aDoor(t);
  const page = await (await door.ask("/api", { headers: { "accept-language": "zh" } })).text();
  assert.match(page, /给程序用的台账/);
  assert.doesNotMatch(page, /<script/);
  assert.match(await (await door.ask("/api")).text(), /The ledger for programs/);
});
