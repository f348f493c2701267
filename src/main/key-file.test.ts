import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openNotary } from "#platform/notary";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { asScribe } from "#test/notary";
import { aProgram, ORIGIN } from "#test/door";
import { aProblem } from "#test/desk";
import { aTown } from "#test/town";
import { composeDoors } from "./doors.ts";

test("a key file that is removed while the program runs keeps nobody from reading the log, and the log goes on", async (t) => {
  const its = await aTown(t);
  const keyFile = join(its.folder, "key");
  await writeFile(keyFile, `${"07".repeat(32)}\n`, { mode: 0o600 });
  const notary = openNotary(keyFile, its.folder);
  await nameLog(its.town, notary, new URL(ORIGIN));
  await aProblem(its);
  await integrateEvents(its.town, asScribe(notary), its.at);
  const { program } = aProgram(its.town, { notary });
  const doors = composeDoors(program);
  const seen = async (path: string) => {
    const incoming = { incoming: { socket: { remoteAddress: "192.0.2.7" } } };
    return (await doors.fetch(new Request(ORIGIN + path, { headers: { host: "ledger.example" } }), incoming)).status;
  };
  await rm(keyFile);
  for (const path of ["/log", "/log/checkpoint", "/log/vkey"]) assert.equal(await seen(path), 200, path);
  assert.equal(await seen("/witness/vkey"), 404);
  await aProblem(its);
  await integrateEvents(its.town, asScribe(notary), its.at);
  assert.equal(await seen("/log/tile/0/000.p/2"), 200);
});
