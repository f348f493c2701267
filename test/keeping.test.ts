import assert from "node:assert/strict";
import { test } from "node:test";
import { API_ROUTES } from "#doors/api/routes";
import { LOG_ROUTES } from "#doors/log/routes";
import { ROUTES } from "#doors/web/routes";
import { composeDoors } from "#main/doors";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { aProblem } from "./desk.ts";
import { aProgram, cookieOf, ORIGIN } from "./door.ts";
import { aTown, type ATown } from "./town.ts";
import { asScribe } from "./notary.ts";

/** All doors of a town with one problem, its log written, asked by address. */
async function allDoors(its: ATown) {
  const { town, cast, at } = its;
  const number = await aProblem(its);
  const { program } = aProgram(town);
  await nameLog(town, program.notary, program.origin);
  await integrateEvents(town, asScribe(program.notary), at);
  const house = composeDoors(program);
  const officer = await cookieOf(town, cast.qianWen, at);
  const ask = async (path: string, headers: Record<string, string> = {}, method = "GET") =>
    house.fetch(
      new Request(new URL(path, ORIGIN), {
        method,
        headers: { host: "ledger.example", cookie: officer.replace("session", "__Host-session"), ...headers },
      }),
      { incoming: { socket: { remoteAddress: "192.0.2.7" } } },
    );
  return { ask, number };
}

const GETS = [...ROUTES.map(({ name }) => name), ...Object.keys(API_ROUTES), ...Object.keys(LOG_ROUTES)].flatMap((route) =>
  route.startsWith("GET ") ? [route.slice(4)] : [],
);

test("every address says how long and by what its answer varies; nobody's own is kept; a HEAD says the same, bodiless", async (t) => {
  const its = await aTown(t);
  const { ask, number } = await allDoors(its);
  const there: Readonly<Record<string, string>> = {
    ":number": number,
    ":name": "rates.svg",
    ":figure": "on-time",
    ":leaf": "0",
    ":file": `${number}.json`,
  };
  let kept = 0;
  for (const route of GETS) {
    const path = route.replaceAll(/:\w+/g, (name) => there[name] ?? its.cast.wuJie.id).replace("*", "0/000.p/1");
    const answer = await ask(path);
    const body = Buffer.from(await answer.arrayBuffer());
    const control = answer.headers.get("cache-control") ?? "";
    assert.ok(answer.status < 500, `${path}: ${answer.status}`);
    assert.match(control, /no-store|max-age=\d+/, path);
    const isOwn = /^\/(office|report|receipt|track|language|view)(\/|$)/.test(path);
    assert.equal(
      /no-store/.test(control),
      isOwn || answer.status >= 400 || answer.headers.has("set-cookie"),
      `${path}: ${answer.status} ${control}`,
    );
    if (path.startsWith("/log/") || path.startsWith("/witness/")) assert.equal(answer.headers.get("set-cookie"), null, path);
    const head = await ask(path, {}, "HEAD");
    assert.equal(head.status, answer.status, path);
    assert.equal((await head.arrayBuffer()).byteLength, 0, path);
    for (const name of ["cache-control", "content-type", "vary"])
      assert.equal(head.headers.get(name), answer.headers.get(name), `${path} ${name}`);
    if (answer.status !== 200 || isOwn || /no-store/.test(control)) continue;
    kept += 1;
    const tag = answer.headers.get("etag") ?? assert.fail(`${path}: no tag`);
    const again = await ask(path);
    const isSame = body.equals(Buffer.from(await again.arrayBuffer()));
    assert.equal(again.headers.get("etag") === tag, isSame, `${path}: the same tag for the same bytes alone`);
    if (!isSame) continue;
    for (const told of [tag, tag.replace(/^W\//, ""), `"other", ${tag} , W/"third"`, "*"]) {
      const known = await ask(path, { "if-none-match": told });
      assert.equal(known.status, 304, `${path}: ${told}`);
      assert.equal((await known.arrayBuffer()).byteLength, 0, path);
      assert.equal(known.headers.get("etag"), tag, path);
      assert.equal(known.headers.get("cache-control"), control, path);
      assert.equal(known.headers.get("vary"), answer.headers.get("vary"), path);
    }
    for (const told of ['"other"', `x${tag}x`.replaceAll('"', "")])
      assert.equal((await ask(path, { "if-none-match": told })).status, 200, path);
  }
  assert.ok(kept >= 12, `${kept} kept`);
});

test("a page in another language or view is another answer, and a form's answer is kept by nobody", async (t) => {
  const { ask } = await allDoors(await aTown(t));
  const chinese = await ask("/ledger");
  const tag = chinese.headers.get("etag") ?? "";
  for (const cookie of ["lang=en", "elder=1", "contrast=1"])
    assert.equal((await ask("/ledger", { cookie, "if-none-match": tag })).status, 200, cookie);
  assert.match(chinese.headers.get("vary") ?? "", /cookie/);
  assert.match(chinese.headers.get("vary") ?? "", /accept-language/);
  const sent = await ask("/track", { origin: ORIGIN, "content-type": "application/x-www-form-urlencoded" }, "POST");
  assert.match(sent.headers.get("cache-control") ?? "", /no-store/);
});

test("an address that is written otherwise leads to the one address, for good", async (t) => {
  const { ask, number } = await allDoors(await aTown(t));
  for (const [path, to] of [
    ["/ledger/?q=1", "/ledger?q=1"],
    [`/ledger/${number.toLowerCase()}`, `/ledger/${number}`],
    ["/api/", "/api"],
    ["/office/", "/office"],
  ] as const) {
    const answer = await ask(path);
    assert.equal(answer.status, 308, path);
    assert.equal(answer.headers.get("location"), to);
    assert.equal((await ask(to)).status, 200, to);
  }
});

test("a feed reader that only knows when it last looked is told that nothing changed", async (t) => {
  const { ask } = await allDoors(await aTown(t));
  const feed = await ask("/ledger.atom");
  const changed = feed.headers.get("last-modified") ?? "";
  assert.equal((await ask("/ledger.atom", { "if-modified-since": changed })).status, 304);
  assert.equal((await ask("/ledger.atom", { "if-modified-since": "Thu, 01 Jan 2026 00:00:00 GMT" })).status, 200);
});
