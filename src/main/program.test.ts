import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { isAlive } from "#platform/other-process";
import { aDataFolder, aProgram, sanwen, serverPid } from "#test/program-runs";

test("the program starts, answers, refuses a second one, drains on SIGTERM and takes its database with it", async (t) => {
  const folder = await aDataFolder(t);
  const program = await aProgram(t, folder);
  for (const path of ["/healthz", "/readyz"]) assert.equal((await fetch(program.origin + path)).status, 200);
  assert.match(await toldTo(program.origin, "GET /healthz HTTP/1.1\r\nhost: a.example\r\nhost: b.example\r\n\r\n"), /^HTTP\/1\.1 400/);
  const second = await sanwen(folder, ["start"], { PORT: "0" });
  assert.equal(second.code, 1);
  assert.match(second.err, new RegExp(`in use by another process \\(pid ${program.pid}\\)`));
  const server = await serverPid(folder);
  assert.equal(await program.end("SIGTERM"), 0);
  assert.equal(server !== null && isAlive(server), false);
});

/** What the program answers to a request that no browser would send, until it closes the connection. */
async function toldTo(origin: string, request: string): Promise<string> {
  const socket = connect(Number(new URL(origin).port), "127.0.0.1").setEncoding("utf8");
  socket.write(request);
  return (await socket.toArray()).join("");
}

test("killed with -9, the program loses nothing: the next start adopts its database", async (t) => {
  const folder = await aDataFolder(t);
  const killed = await aProgram(t, folder);
  const server = await serverPid(folder);
  await sanwen(folder, ["town", "add", "--id", "shili", "--prefix", "SL", "--name-zh", "示例镇", "--name-en", "Shili"]);
  await killed.end("SIGKILL");
  assert.equal(server !== null && isAlive(server), true);
  const next = await aProgram(t, folder);
  assert.match(next.said(), new RegExp(`Took over the database that was still running \\(pid ${server}\\)`));
  assert.match((await sanwen(folder, ["town", "list"])).out, /^shili\tSL\t示例镇/m);
  assert.equal(await next.end("SIGINT"), 0);
});

test("the set-up link opens the set-up page until a town exists", async (t) => {
  const folder = await aDataFolder(t);
  const program = await aProgram(t, folder);
  const told = () => /(\/set-up\?token=\S+)\s/.exec(program.said())?.[1]; // a line or two after that it runs
  for (let tries = 0; tries < 200 && told() === undefined; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  const link = told() ?? "";
  assert.equal((await fetch(program.origin + link)).status, 200);
  assert.notEqual((await fetch(`${program.origin}/set-up?token=guessed`)).status, 200);
  await sanwen(folder, ["town", "add", "--id", "shili", "--prefix", "SL", "--name-zh", "示例镇", "--name-en", "Shili"]);
  assert.notEqual((await fetch(program.origin + link, { redirect: "manual" })).status, 200);
  await program.end("SIGTERM");
});

test("a lost key file is not replaced behind the operator's back", async (t) => {
  const folder = await aDataFolder(t);
  await sanwen(folder, ["migrate"]);
  await rm(join(folder, "key"));
  for (let again = 0; again < 2; again += 1) {
    const { code, err } = await sanwen(folder, ["start"], { PORT: "0" });
    assert.equal(code, 1);
    assert.match(err, /key file .* is missing\. Restore/);
  }
});

test("a wrong setting is a sentence and exit code 2", async (t) => {
  const { code, err } = await sanwen(await aDataFolder(t), ["start"], { PORT: "door" });
  assert.equal(code, 2);
  assert.match(err, /PORT is wrong: it must be a whole number/);
});
