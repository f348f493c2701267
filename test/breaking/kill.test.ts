import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { lostAndDoubled } from "#test/breaking/kept";
import { anOfficerIn } from "#test/breaking/officer";
import { aTownIn, complaints, sendReport } from "#test/breaking/reporter";
import { everybody, type Kept, type Place } from "#test/breaking/stubborn";
import { aDataFolder, aProgram, sanwen, serverPid } from "#test/program-runs";

/** SANWEN_KILLS=200 for the long run. */
const KILLS = Number(process.env["SANWEN_KILLS"] ?? "3");
const WAYS = ["the program", "its database", "both"] as const;

test(
  "killed again and again, the program, its database or both, the town loses and doubles nothing it acknowledged",
  { timeout: 60_000 + KILLS * 60_000 },
  async (t) => {
    const folder = await aDataFolder(t);
    let program = await aProgram(t, folder);
    await aTownIn(folder);
    const session = await anOfficerIn(folder, program.origin, "qianwen");
    const place: Place = { origin: program.origin };
    const kept: Kept = new Map();
    const people = everybody(t, place, kept, { category: await complaints(program.origin), session });
    for (let kill = 0; kill < KILLS; kill += 1) {
      place.origin = program.origin;
      await people.acknowledged(8);
      await killed(program, folder, WAYS[kill % WAYS.length] ?? "both");
      place.origin = null;
      program = await aProgram(t, folder);
    }
    place.origin = program.origin;
    await people.acknowledged(8);
    await people.stop();
    const { lost, doubled } = await lostAndDoubled({ host: join(folder, "postgres/socket"), user: "sanwen", database: "sanwen" }, kept);
    t.diagnostic(`${KILLS} kills: ${kept.size} acknowledged, ${lost.length} lost, ${doubled.length} doubled`);
    assert.deepEqual({ lost, doubled }, { lost: [], doubled: [] });
    const verified = await sanwen(folder, ["doctor", "--deep"]);
    assert.equal(verified.code, 0, verified.out + verified.err);
    assert.equal(await program.end("SIGTERM"), 0);
  },
);

/** A program whose database was killed ends by itself, so that whoever watches it starts it again. */
async function killed(program: Awaited<ReturnType<typeof aProgram>>, folder: string, way: (typeof WAYS)[number]): Promise<void> {
  const server = await serverPid(folder);
  assert.ok(server);
  if (way !== "the program") process.kill(server, "SIGKILL");
  if (way !== "its database") await program.end("SIGKILL");
  const late = sleep(20_000, "it still runs", { ref: false });
  assert.equal(await Promise.race([program.ended, late]), way === "its database" ? 1 : null);
}

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
    "POST /api/v1/reports HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\n" +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n`,
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
