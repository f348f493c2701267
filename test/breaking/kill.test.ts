import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { aTownIn, sendReport, trackedStatus } from "#test/breaking/reporter";
import { aDataFolder, aProgram, serverPid } from "#test/program-runs";

test("whatever was acknowledged before a kill -9 is there after the next start", async (t) => {
  const folder = await aDataFolder(t);
  const killed = await aProgram(t, folder);
  await aTownIn(folder);
  const receipts: string[] = [];
  const over = new AbortController();
  const sender = async (name: number) => {
    for (let i = 0; !over.signal.aborted; i++) {
      const sent = await sendReport(killed.origin, `路灯不亮 ${name}-${i}`).catch(() => null);
      if (sent?.status === 201) receipts.push(sent.receipt);
    }
  };
  const senders = [1, 2, 3, 4].map(sender);
  while (receipts.length < 40) await sleep(5);
  const server = await serverPid(folder);
  await killed.end("SIGKILL");
  over.abort();
  await Promise.all(senders);

  const next = await aProgram(t, folder);
  assert.match(next.said(), new RegExp(`pid ${server}\\)`));
  for (const receipt of receipts.slice(-25)) assert.equal(await trackedStatus(next.origin, receipt), 303, receipt);
  assert.equal(await next.end("SIGTERM"), 0);
});

test("an upload under way when the program is asked to stop is still received", async (t) => {
  const folder = await aDataFolder(t);
  const program = await aProgram(t, folder);
  await aTownIn(folder);
  await sendReport(program.origin, "桥洞堵了"); // the town and its rules are remembered
  const body = JSON.stringify({ title: "水管漏水", category: "complaint" });
  const { port } = new URL(program.origin);
  const slow = connect(Number(port), "127.0.0.1");
  await once(slow, "connect");
  let answer = "";
  slow.setEncoding("utf8").on("data", (chunk: string) => (answer += chunk));
  slow.write(
    `POST /api/v1/reports HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`,
  );
  slow.write(body.slice(0, 10));
  await sleep(200);
  const ended = program.end("SIGTERM");
  await sleep(500);
  await assert.rejects(fetch(`${program.origin}/healthz`), "no new request is taken");
  slow.write(body.slice(10));
  await once(slow, "close");
  assert.match(answer, /^HTTP\/1\.1 201/);
  assert.equal(await ended, 0);
});

test("a program whose database was killed ends, so that whoever watches it starts it again", async (t) => {
  const folder = await aDataFolder(t);
  const program = await aProgram(t, folder);
  const server = await serverPid(folder);
  assert.ok(server);
  process.kill(server, "SIGKILL");
  const late = sleep(20_000, "late", { ref: false });
  assert.equal(await Promise.race([program.ended, late]), 1);
});
