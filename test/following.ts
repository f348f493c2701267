import type { TestContext } from "node:test";
import { sql } from "kysely";
import { appendEvent, RESIDENT } from "#audit/append-event";
import { FOLLOWERS } from "#doors/followers";
import { follow } from "#log/follow";
import type { Follower } from "#log/follower";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import type { Town } from "#platform/town";
import { aNotary, asScribe } from "./notary.ts";
import { aSuperuser } from "./superuser.ts";
import { AT, aTown, aTownBeside } from "./town.ts";

/** Two towns whose events have places, and a table in which followers write down what they took. */
export async function twoLogs(t: TestContext) {
  const its = await aTown(t);
  const beside = await aTownBeside(its.town);
  const root = await aSuperuser(t, its.database);
  await root.query("create table taken (town text, follower text, leaf bigint, subject uuid, turn bigint generated always as identity)");
  await root.query("grant select, insert on taken to sanwen_app");
  const notary = aNotary();
  for (const { town } of [its, beside]) await nameLog(town, notary, new URL("https://ledger.example"));
  return {
    root,
    notary,
    database: its.database,
    town: its.town,
    beside: beside.town,
    /** So many things happen and get their places; where they are numbered from says the first. */
    happen: (count: number, town: Town = its.town) => happen(town, count),
    integrate: (town: Town = its.town) => integrateEvents(town, asScribe(notary), AT),
  };
}

let subjects = 0;

async function happen(town: Town, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    subjects += 1;
    const id = `0198c2c4-0000-7000-8000-${String(subjects).padStart(12, "0")}`;
    await appendEvent(town, RESIDENT, AT, { verb: "objection.raised", subject: { kind: "problem", id }, words: { reason: "不对" } });
  }
}

/** A follower that writes down what it takes, and what else it does before that. */
export function aScribbler(name: string, before: Follower["take"] = async () => undefined, most = 1000): Follower {
  return {
    name,
    verbs: null,
    most,
    async take(town, at, events) {
      for (const { leaf, subject } of events)
        await sql`insert into taken values (${town.id}, ${name}, ${leaf}, ${subject})`.execute(town.db);
      await before(town, at, events);
    },
  };
}

/** The leaves a follower took, as it took them. */
export async function takenBy({ name }: Follower, town: Town): Promise<readonly number[]> {
  const { rows } = await sql<{ leaf: number }>`
    select leaf from taken where town = ${town.id} and follower = ${name} order by turn`.execute(town.db);
  return rows.map(({ leaf }) => leaf);
}

/** Everything that waits gets its place, and all that follows a log has followed it. */
export async function catchUp(town: Town): Promise<void> {
  const notary = aNotary();
  await nameLog(town, notary, new URL("https://ledger.example"));
  for (let placed: number | null = null; placed !== 0;) placed = await integrateEvents(town, asScribe(notary), AT);
  for (const follower of FOLLOWERS) await followToTheEnd(town, follower);
}

export async function followToTheEnd(town: Town, follower: Follower): Promise<void> {
  for (let passed: number | null = null; passed !== 0;) passed = await follow(town, AT, follower);
}
