import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { quantile } from "#test/burst";
import { aPicture, aTownIn, siteOf } from "#test/breaking/reporter";
import { aDataFolder, aProgram } from "#test/program-runs";

/** SANWEN_FLOOD_MS=600000 is a bad day. */
const FLOOD_MS = Number(process.env["SANWEN_FLOOD_MS"] ?? 5000);
const CALM_MS = 2000;
const IDLE = 2000;
const SLOW = 500;
const READERS = 4;
const PAGES = ["/", "/ledger", "/figures", "/report/what"] as const;
/** What may be held while it lasts: 2,500 connections, forms halfway, photos waiting for their turn. */
const GROWTH_MB = 512;

test(
  "while strangers hold thousands of connections, send slowly, guess passwords and pour in photos, the town's pages answer",
  { timeout: FLOOD_MS + 120_000 },
  async (t) => {
    const folder = await aDataFolder(t);
    const program = await aProgram(t, folder);
    await aTownIn(folder);
    const { origin, pid } = program;
    const calm = await readFor(origin, CALM_MS);
    const before = residentMb(pid);

    const over = new AbortController();
    const held = await strangers(origin);
    const guesses = guessPasswords(origin, over.signal);
    const pours = pourPhotos(origin, over.signal);
    const reads = await readFor(origin, FLOOD_MS);
    const grown = residentMb(pid) - before;
    over.abort();
    const poured = await pours;
    const answers = [...(await guesses), ...poured].map(({ status }) => status);
    for (const socket of held) socket.destroy();

    const share = reads.length / FLOOD_MS / (calm.length / CALM_MS);
    const p99 = waitOf(reads, 0.99);
    const pouring = waitOf(poured, 0.99);
    t.diagnostic(
      `${reads.length} pages, ${Math.round(100 * share)} % of a calm day's, p99 ${Math.round(p99)} ms; ` +
        `of photos ${Math.round(pouring)} ms; ${JSON.stringify(counted(answers))}; ${Math.round(grown)} MB more`,
    );
    assert.deepEqual(
      reads.filter(({ status }) => status !== 200),
      [],
    );
    assert.deepEqual(
      answers.filter((status) => status >= 500 && status !== 503),
      [],
    );
    assert.ok(p99 <= pouring, `who only read waited ${p99} ms, as long as who poured (${pouring} ms)`);
    assert.ok(share > 0.02, `${reads.length} pages were answered, ${calm.length} in ${CALM_MS} ms before`);
    assert.ok(grown < GROWTH_MB, `${grown} MB more are held`);
    const [after] = await readFor(origin, 0);
    assert.equal(after?.status, 200);
    assert.equal(await program.end("SIGTERM"), 0);
  },
);

type Answer = { readonly status: number; readonly tookMs: number };

/** Some people turn pages, each one page at least. */
async function readFor(origin: string, ms: number): Promise<readonly Answer[]> {
  const end = performance.now() + ms;
  const reader = async (_: unknown, n: number) => {
    const reads: Answer[] = [];
    for (let i = n; reads.length === 0 || performance.now() < end; i += 1) {
      const begun = performance.now();
      const answer = await fetch(`${origin}${PAGES[i % PAGES.length]}`, { headers: { "x-forwarded-for": `198.19.0.${n + 1}` } });
      await answer.arrayBuffer();
      reads.push({ status: answer.status, tookMs: performance.now() - begun });
    }
    return reads;
  };
  return (await Promise.all(Array.from({ length: READERS }, reader))).flat();
}

/** Connections that say nothing, and forms of which a byte comes now and then. */
async function strangers(origin: string): Promise<readonly Socket[]> {
  const { port } = new URL(origin);
  const sockets = Array.from({ length: IDLE + SLOW }, () => connect(Number(port), "127.0.0.1").on("error", () => undefined));
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  for (const [n, socket] of sockets.slice(0, SLOW).entries()) {
    const from = `x-forwarded-for: 198.18.${n >> 8}.${n & 255}`;
    const type = "content-type: application/x-www-form-urlencoded";
    socket.write(
      `POST /report/what HTTP/1.1\r\nhost: localhost\r\norigin: ${siteOf(origin)}\r\n${from}\r\n${type}\r\ncontent-length: 200000\r\n\r\n`,
    );
    const drip = setInterval(() => socket.write("x"), 1000);
    socket.once("close", () => clearInterval(drip));
  }
  return sockets;
}

function guessPasswords(origin: string, signal: AbortSignal): Promise<readonly Answer[]> {
  return flood(origin, signal, "/office/sign-in", (n) => new URLSearchParams({ login: `guess${n % 20}`, password: `Wrong-${n}-wrong` }));
}

async function pourPhotos(origin: string, signal: AbortSignal): Promise<readonly Answer[]> {
  const picture = await aPicture();
  return flood(origin, signal, "/report/photos", (n) => {
    const form = new FormData();
    form.append("photos", new File([picture, new Uint8Array([n & 255, n >> 8])], `${n}.jpg`, { type: "image/jpeg" }));
    return form;
  });
}

/** Sixteen at a time, each from another address, until the signal. */
async function flood(
  origin: string,
  signal: AbortSignal,
  path: string,
  bodyOf: (n: number) => URLSearchParams | FormData,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let sent = 0;
  const sender = async () => {
    while (!signal.aborted) {
      sent += 1;
      const headers = { origin: siteOf(origin), "x-forwarded-for": `203.0.${sent >> 8}.${sent & 255}` };
      const begun = performance.now();
      const answer = await fetch(`${origin}${path}`, { method: "POST", body: bodyOf(sent), headers, redirect: "manual" });
      await answer.arrayBuffer();
      answers.push({ status: answer.status, tookMs: performance.now() - begun });
    }
  };
  await Promise.all(Array.from({ length: 16 }, sender));
  return answers;
}

function waitOf(answers: readonly Answer[], share: number): number {
  return quantile(
    answers.map(({ tookMs }) => tookMs),
    share,
  );
}

function counted(statuses: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(statuses, (status) => status)].map(([status, all]) => [status, all.length]));
}

/** Bare Linux machines have no `ps`. */
function residentMb(pid: number): number {
  if (process.platform === "linux") return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}
