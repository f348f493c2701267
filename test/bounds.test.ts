import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { API_ROUTES } from "#doors/api/routes";
import { boundsOf, QUERY, type Kind } from "#doors/bounds";
import { openLimits } from "#doors/limits";
import { LOG_ROUTES } from "#doors/log/routes";
import { ROUTES as WEB_ROUTES } from "#doors/web/routes";
import { OpenProblem, openProblem } from "#ledger/open-problem";
import { composeDoors } from "#main/doors";
import type { Town } from "#platform/town";
import { allButOneTry, aProgram, ORIGIN } from "./door.ts";
import { aPlaceWithoutTowns } from "./empty-place.ts";
import { aTown } from "./town.ts";
import { assertValid } from "./valid-page.ts";

type Route = { readonly method: string; readonly path: string; readonly name: string; readonly kind: Kind };

/** Every route of every door. */
const ROUTES: readonly Route[] = [
  ...WEB_ROUTES.map(({ name, kind }) => [name, kind] as const),
  ...Object.entries(API_ROUTES),
  ...Object.entries(LOG_ROUTES),
].map(([name, kind]) => {
  const [method = "", path = ""] = name.split(" ");
  const filled = path
    .replace(":number", "SL-2026-0001")
    .replaceAll(/:[a-z0-9A-Z]+/g, "0")
    .replace("*", "0/000");
  return { method, path: filled, name, kind };
});
const POSTS = ROUTES.filter(({ method }) => method === "POST");

const FORM = "application/x-www-form-urlencoded";
const isJson = ({ path }: Route) => path.startsWith("/api/");
const isText = ({ path }: Route) => path.startsWith("/witness/");

async function aHouse(t: TestContext) {
  const { town, cast, at, categories } = await aTown(t);
  await openProblem(town, cast.qianWen, at, OpenProblem.parse({ title: "路灯不亮", category: categories.complaint }));
  return askerOf(town);
}

const TOKEN = "the-one-time-token";

/** Every door of a program, asked from addresses that are all different. */
function askerOf(town: Town) {
  const limits = openLimits();
  const doors = composeDoors(aProgram(town, { isSetUpToken: (token) => token === TOKEN }).program, limits);
  let sender = 0;
  /** From an address of its own unless one is given. */
  const ask = async ({ method, path }: Route, init: { body?: string; type?: string; query?: string; address?: string } = {}) => {
    sender += 1;
    const remoteAddress = init.address ?? `198.51.${sender >> 8}.${sender & 255}`;
    const headers = new Headers({ host: "ledger.example", origin: ORIGIN, "accept-language": "en" });
    if (init.type !== undefined) headers.set("content-type", init.type);
    if (init.body !== undefined) headers.set("content-length", String(Buffer.byteLength(init.body)));
    const request = new Request(`${ORIGIN}${path}${init.query ?? ""}`, { method, headers, body: init.body ?? null, redirect: "manual" });
    const response = await doors.fetch(request, { incoming: { socket: { remoteAddress } } });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  return { ask, limits };
}

/** These look at the session alone: whatever their body holds is never parsed. */
const NEVER_PARSED: ReadonlySet<string> = new Set([
  "POST /track/leave",
  "POST /office/password",
  "POST /office/second-step",
  "POST /office/sign-out",
]);

/** A body of so many bytes, of the media type the route reads. */
function ofBytes(route: Route, bytes: number): { readonly body: string; readonly type: string } {
  if (isJson(route)) return { body: JSON.stringify("x".repeat(bytes - 2)), type: "application/json" };
  return { body: "x".repeat(bytes), type: isText(route) ? "text/plain" : FORM };
}

function ofFields(route: Route, fields: number): { readonly body: string; readonly type: string } {
  if (isJson(route)) return { body: JSON.stringify(Array(fields).fill(0)), type: "application/json" };
  return { body: Array(fields).fill("x=").join("&"), type: FORM };
}

function ofFiles(files: number): { readonly body: string; readonly type: string } {
  const part = '--b\r\ncontent-disposition: form-data; name="x"; filename="x.jpg"\r\ncontent-type: image/jpeg\r\n\r\nx\r\n';
  return { body: `${part.repeat(files)}--b--`, type: "multipart/form-data; boundary=b" };
}

test("one byte more than a route takes is refused in words, one less is not", async (t) => {
  const { ask } = await aHouse(t);
  const wrong: string[] = [];
  for (const route of POSTS) {
    const { bytes } = boundsOf(route.kind);
    const over = await ask(route, ofBytes(route, bytes + 1));
    if (over.status !== 413 || !/too (large|much)/i.test(over.text))
      wrong.push(`${route.name} answers ${over.status} to ${bytes + 1} bytes`);
    const within = await ask(route, ofBytes(route, Math.min(bytes, 1024 * 1024)));
    if (within.status === 413 || within.status >= 500) wrong.push(`${route.name} answers ${within.status} to ${bytes} bytes`);
  }
  assert.deepEqual(wrong, []);
});

test("one field more than a form has is refused in words, one less is not", async (t) => {
  const { ask } = await aHouse(t);
  const wrong: string[] = [];
  for (const route of POSTS.filter((route) => !isText(route) && !NEVER_PARSED.has(route.name))) {
    const { fields } = boundsOf(route.kind);
    const over = await ask(route, ofFields(route, fields + 1));
    if (over.status !== 413 || !/too large/i.test(over.text)) wrong.push(`${route.name} answers ${over.status} to ${fields + 1} fields`);
    const within = await ask(route, ofFields(route, fields));
    if (within.status === 413 || within.status >= 500) wrong.push(`${route.name} answers ${within.status} to ${fields} fields`);
  }
  assert.deepEqual(wrong, []);
});

test("files come only where photos do, and not one more than the form takes", async (t) => {
  const { ask } = await aHouse(t);
  const wrong: string[] = [];
  for (const route of POSTS.filter((route) => !isText(route) && !isJson(route))) {
    const { files } = boundsOf(route.kind);
    if (files > 0 && NEVER_PARSED.has(route.name)) continue;
    const over = await ask(route, ofFiles(files + 1));
    if (over.status !== (files === 0 ? 415 : 413)) wrong.push(`${route.name} answers ${over.status} to ${files + 1} files`);
    const within = files === 0 ? null : await ask(route, ofFiles(files));
    if (
      within !== null &&
      ([413, 500].includes(within.status) || !/photo|sign in|image|code/i.test(within.text + (within.headers.get("location") ?? "")))
    )
      wrong.push(`${route.name} answers ${within.status} to ${files} files`);
  }
  assert.deepEqual(wrong, []);
});

test("after the last try every route of the kind says when to come back, and gives back what was typed", async (t) => {
  const { ask, limits } = await aHouse(t);
  const wrong: string[] = [];
  for (const [i, [kind, routes]] of [...Map.groupBy(POSTS, (route) => route.kind)].entries()) {
    const [first] = routes;
    if (boundsOf(kind).perAddress === null || first === undefined) continue;
    const address = `203.0.113.${i}`;
    const typed = (route: Route) => (isJson(route) || isText(route) ? {} : { body: "text=keep+me", type: FORM });
    await allButOneTry(limits, kind, address);
    if ((await ask(first, { ...typed(first), address })).status === 429) wrong.push(`${first.name} refuses its last try`);
    for (const route of routes) {
      const next = await ask(route, { ...typed(route), address });
      if (next.status !== 429 || Number(next.headers.get("retry-after")) < 1)
        wrong.push(`${route.name} answers ${next.status} after its tries`);
      if ("body" in typed(route) && !next.text.includes("keep me")) wrong.push(`${route.name} loses what was typed`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("where so many may be under way, one more is told to come back", async (t) => {
  const { ask, limits } = await aHouse(t);
  for (const route of ROUTES) {
    const { atOnce } = boundsOf(route.kind);
    if (atOnce === null) continue;
    const from = { town: "shili", address: "192.0.2.200" };
    const ends = Array.from({ length: atOnce.perAddress }, () => limits.begin(route.kind, from));
    const over = await ask(route, { address: from.address });
    assert.equal(over.status, 503, route.name);
    assert.ok(Number(over.headers.get("retry-after")) > 0, route.name);
    for (const end of ends) end?.();
    assert.notEqual((await ask(route, { address: from.address })).status, 503, route.name);
  }
});

test("an address longer than any of ours is refused at every route", async (t) => {
  const { ask } = await aHouse(t);
  for (const route of ROUTES) {
    assert.equal((await ask(route, { query: `?q=${"x".repeat(QUERY.bytes)}` })).status, 414, route.name);
    assert.equal((await ask(route, { query: `?${"q=&".repeat(QUERY.fields)}` })).status, 414, route.name);
  }
});

test("before the first town, set-up keeps its bounds too, and gives back what was typed", async (t) => {
  const { ask, limits } = askerOf(await aPlaceWithoutTowns(t));
  const routes: readonly Route[] = ["/set-up", "/set-up/demo"].map((path) => ({
    method: "POST",
    path,
    name: `POST ${path}`,
    kind: "set-up",
  }));
  const { bytes, fields } = boundsOf("set-up");
  const query = `?token=${TOKEN}`;
  for (const route of routes) {
    for (const key of [query, "?token=guess"]) {
      const over = await ask(route, { ...ofBytes(route, bytes + 1), query: key });
      assert.ok(over.status === 413 && /too large/i.test(over.text), `${route.name} answers ${over.status} to ${bytes + 1} bytes`);
      assert.equal((await ask(route, { ...ofFiles(1), query: key })).status, 415, route.name);
    }
    assert.equal((await ask(route, { query: `?token=${"x".repeat(QUERY.bytes)}` })).status, 414, route.name);
    assert.equal(
      (await ask(route, { ...ofFields(route, fields + 1), query: "?token=guess" })).status,
      403,
      "nobody reads a stranger's form",
    );
  }
  const [setUp = assert.fail()] = routes;
  assert.equal((await ask(setUp, { ...ofFields(setUp, fields + 1), query })).status, 413);
  assert.equal((await ask(setUp, { ...ofFields(setUp, fields), query })).status, 422);
  const address = "203.0.113.1";
  await allButOneTry(limits, "set-up", address, "");
  const form = { body: "nameZh=keep+me", type: FORM, address, query };
  assert.equal((await ask(setUp, form)).status, 422);
  const spent = await ask(setUp, form);
  assert.equal(spent.status, 429);
  assert.ok(
    Number(spent.headers.get("retry-after")) > 0 && spent.text.includes(`action="/set-up${query}"`) && spent.text.includes("keep me"),
  );
  await assertValid(spent.text, "/set-up");
});
