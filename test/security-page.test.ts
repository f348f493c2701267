import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BODY_PACE, boundsOf, CONNECTIONS, KINDS, type Allowance, type Both, type Kind } from "#doors/bounds";
import { MOST_ME_TOO_FROM_HERE } from "#intake/say-me-too";
import { MOST_WAITING, MOST_WAITING_OF_ONE } from "#people/hash-turns";
import { KNOWN_DAYS } from "#people/known-device";
import { ADDRESS, LOCKS_AFTER } from "#people/patience";
import { readSignInFigures } from "#people/sign-in-figures";
import { readPolicy } from "#people/policy";
import { MOST_OBJECTIONS_FROM_HERE } from "#verification/raise-objection";
import { aTown } from "./town.ts";

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

test("the page on security tells what failed sign-ins cost as the program keeps it", async (t) => {
  const { town } = await aTown(t);
  const { failures, lockMinutes } = await readSignInFigures(town);
  const rows = [
    ["one login from one address", `${LOCKS_AFTER.here} × failures`],
    ["one login from anywhere", `${LOCKS_AFTER.login} × failures`],
    [
      `one login in a browser where that officer signed in before (${KNOWN_DAYS} days, until the password changes)`,
      `${LOCKS_AFTER.device} × failures`,
    ],
    ["an officer's codes (second step)", `${LOCKS_AFTER.code} × failures`],
    ["an officer's present password, where a page asks for it", `${LOCKS_AFTER.password} × failures`],
    ["one address, whatever the logins", String(ADDRESS.free)],
    ["hashes waiting for a core", `${MOST_WAITING} (${MOST_WAITING_OF_ONE} of one place)`],
  ];
  for (const [what, after] of rows) assert.ok(PAGE.includes(`| ${what} | ${after} |`), what);
  assert.equal(Object.keys(LOCKS_AFTER).length + 2, rows.length, "a count that the page does not tell");
  for (const sentence of [
    `(${failures} and ${lockMinutes} unless the security administrator says otherwise)`,
    `a wait of ${ADDRESS.firstWaitMs / 1000} s that doubles up to ${ADDRESS.longestWaitMs / 1000} s; never a lock`,
  ])
    assert.ok(PAGE.includes(sentence), sentence);
});

test("the page on security tells how long sessions last and how long passwords are in a new town", async (t) => {
  const { town } = await aTown(t);
  const { sessionIdleMinutes, sessionAbsoluteHours, passwordLength } = await readPolicy(town);
  assert.equal(passwordLength, 10);
  for (const sentence of [
    `sessions end after ${sessionIdleMinutes} idle minutes and ${sessionAbsoluteHours} hours`,
    "passwords have at least ten characters of three kinds",
  ])
    assert.ok(PAGE.includes(sentence), sentence);
});
