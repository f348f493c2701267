import assert from "node:assert/strict";
import { test } from "node:test";
import { Hono } from "hono";
import { API_ROUTES } from "#doors/api/routes";
import { LOG_ROUTES } from "#doors/log/routes";
import { inTurn, type RouteName } from "#doors/route-name";
import { aDoor } from "#test/door";
import { somebodyOfEveryDuty } from "#test/every-duty";
import { aTown } from "#test/town";
import { OPEN_PAGE } from "./access.ts";
import { openRoutes } from "./open-routes.ts";
import { route, type Route, type Visited } from "./route.ts";
import { ROUTES } from "./routes.ts";

const said = (text: string) => () => new Response(text);
const open = (...routes: readonly Route[]) => openRoutes(new Hono<Visited>(), routes);

test("two routes of one address do not start", () => {
  const page = (name: "GET /ledger" | "POST /ledger") => route(name, OPEN_PAGE, said(name));
  open(page("GET /ledger"), page("POST /ledger"));
  assert.throws(
    () => open(page("GET /ledger"), page("POST /ledger"), page("GET /ledger")),
    /GET \/ledger and GET \/ledger are one address/,
  );
  const [one, other] = [route("GET /at/:unit", OPEN_PAGE, said("unit")), route("GET /at/:village", OPEN_PAGE, said("village"))];
  assert.throws(() => open(one, other), /GET \/at\/:unit and GET \/at\/:village are one address/);
  assert.throws(() => open(...ROUTES, ROUTES[0] ?? assert.fail()), /are one address/);
});

test("no two doors answer one address", () => {
  const names = [...ROUTES, ...namesOf(API_ROUTES), ...namesOf(LOG_ROUTES)];
  assert.equal(inTurn(names).length, names.length);
});

function namesOf<Name extends RouteName>(table: Readonly<Record<Name, unknown>>): readonly { readonly name: RouteName }[] {
  return Object.keys(table)
    .filter(isName)
    .map((name) => ({ name }));
}

function isName(name: string): name is RouteName {
  return /^(GET|POST) \//.test(name);
}

test("a route whose parameter nobody can read does not start", () => {
  assert.throws(() => route("GET /at/:whatever", OPEN_PAGE, said("")), /nothing says what :whatever may be/);
});

test("an address that asks for nothing of ours is not found, at every route that asks for something", async (t) => {
  const its = await aTown(t);
  const door = aDoor(its);
  const cookie = await door.cookieOf(await somebodyOfEveryDuty(its));
  const wrong: string[] = [];
  for (const { name, method, path } of ROUTES) {
    if (!path.includes(":") || path.startsWith("/receipt/")) continue;
    const nowhere = path.replaceAll(/:[^/]+/g, "no-such-thing");
    const { status } = method === "GET" ? await door.get(nowhere, cookie) : await door.post(nowhere, {}, cookie);
    if (status !== 404) wrong.push(`${name} answers ${status}`);
  }
  assert.deepEqual(wrong, []);
});
