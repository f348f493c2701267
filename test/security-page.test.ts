import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BODY_PACE, boundsOf, CONNECTIONS, KINDS, type Allowance, type Both, type Kind } from "#doors/bounds";
import { MOST_ME_TOO_FROM_HERE } from "#intake/say-me-too";
import { MOST_OBJECTIONS_FROM_HERE } from "#verification/raise-objection";

const PAGE = readFileSync(join(import.meta.dirname, "../SECURITY.md"), "utf8");

const KB = 1024;
const none = "–";
const count = (number: number) => number.toLocaleString("en-US");
const size = (bytes: number) => (bytes === 0 ? none : bytes < KB * KB ? `${bytes / KB} KB` : `${bytes / KB / KB} MB`);
const often = (allowance: Allowance | null, what = "") =>
  allowance === null ? none : `${count(allowance.tries)}${what} in ${allowance.everyMs / 60_000} min`;
const both = (most: Both | null, shown: (number: number) => string) =>
  most === null ? none : `${shown(most.perAddress)}, ${shown(most.inAll)}`;

function rowOf(kind: Kind): string {
  const { bytes, fields, files, perAddress, perTown, wrong, atOnce, heldBytes } = boundsOf(kind);
  const counts = [fields, files].map((number) => (number === 0 ? none : count(number)));
  const from = wrong === null ? often(perAddress) : often(wrong, " wrong");
  return `| ${[kind, size(bytes), ...counts, from, often(perTown), both(atOnce, count), both(heldBytes, size)].join(" | ")} |`;
}

test("the page on security tells the bounds of requests as the program keeps them", () => {
  const rows = KINDS.map(rowOf);
  const told = PAGE.split("\n").filter((line) => KINDS.some((kind) => line.startsWith(`| ${kind} |`)));
  assert.deepEqual(told, rows);
});

test("the page on security tells the bounds of connections, slow bodies and me-too as the program keeps them", () => {
  const { open, ahead, headerBytes, headersMs, requestMs, idleMs, silentMs } = CONNECTIONS;
  const { freeMs, bytesPerMs } = BODY_PACE;
  for (const sentence of [
    `${count(open.perAddress)} from one address, ${count(open.inAll)} in all`,
    `${ahead} requests ahead of its answers at most`,
    `its headers (${size(headerBytes)} at most) within ${headersMs / 1000} s`,
    `a whole request within ${requestMs / 60_000} minutes`,
    `closed after ${idleMs / 1000} s without a request, ${silentMs / 60_000} minutes without a byte`,
    `after ${freeMs / 1000} s, slower than ${bytesPerMs * 8} kbit a second on the average`,
    `${MOST_ME_TOO_FROM_HERE} a day and problem from one network`,
    `${MOST_OBJECTIONS_FROM_HERE} a day and notice from one network`,
  ])
    assert.ok(PAGE.includes(sentence), sentence);
});
