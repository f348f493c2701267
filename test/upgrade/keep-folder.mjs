import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

/**
 * Keeps a town as an earlier version left it, for the test beside this file: `node test/upgrade/keep-folder.mjs CHECKOUT FOLDER`,
 * with a checkout of that version that is built. It runs that version's code and no other: four seasons of the demo's stories, so that
 * a year of acts lies in one log, signed after each season; then what that code said about them. PostgreSQL's own folder is bound to a
 * platform and large, so its rows are kept as COPY writes them.
 */
const [checkout = "", folder = ""] = process.argv.slice(2);
if (checkout === "" || folder === "") throw new Error("keep-folder.mjs CHECKOUT FOLDER");

const root = resolve(checkout);
const require = createRequire(join(root, "package.json"));
const old = (path) => import(pathToFileURL(join(root, "src", `${path}.ts`)).href);

const AT = new Date("2026-07-28T09:00:00+08:00");
const SEASONS_DAYS_AGO = [273, 182, 91, 0];
const FOUNDED_DAYS_AGO = 400;
const TOWN = "shili";

const { addDays, dayOf } = await old("platform/instant");
const { openHouse } = await old("platform/house");
const { SYSTEM } = await old("audit/append-event");
const { redactText } = await old("audit/redact-text");
const { sayMeToo } = await old("intake/say-me-too");

const data = await mkdtemp(join(tmpdir(), "sanwen-old-"));
const keyFile = join(data, "master.key");
const settings = { dataFolder: data, keyFile, algorithms: "international", databaseUrl: null };
const house = await openHouse(settings, () => undefined);
try {
  const town = { id: TOWN, db: house.db, keys: house.keys, blobs: house.blobs };
  await playSeasons(house, (at) => sign(town, house.notary, at));
  await redactOne(town);
  await sign(town, house.notary, AT);
  // The program stopped before its log had taken this one in.
  await sayMeToo(town, AT, { problem: await oneInWork(town), device: "the last before the end" });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "said.json"), `${JSON.stringify(await whatItSays(town, house.notary), null, 2)}\n`);
  await writeFile(join(folder, "rows.sql.gz"), gzipSync(await rowsOf(house.connection), { level: 9 }));
  await cp(join(root, "db/grants.sql"), join(folder, "grants.sql"));
  await cp(keyFile, join(folder, "master.key"));
  await cp(join(data, "log"), join(folder, "log"), { recursive: true });
  await cp(join(data, "files"), join(folder, "files"), { recursive: true });
} finally {
  await house.close();
  await rm(data, { recursive: true, force: true });
}

async function playSeasons(place, sign) {
  const { furnishDemo } = await old("demo/furnish-demo");
  const { instantOf } = await old("demo/stage");
  const stories = await allStories();
  const Stage = await stageOfSmallPictures();
  const founded = instantOf({ day: -FOUNDED_DAYS_AGO, time: "09:00" }, AT);
  const furnished = await furnishDemo(place, founded, addDays(dayOf(AT), 60));
  for (const daysAgo of SEASONS_DAYS_AGO) {
    const end = instantOf({ day: -daysAgo, time: "09:00" }, AT);
    const acts = stories.flatMap((story) => {
      const stage = new Stage(furnished, dayOf(end));
      return story.map((step) => ({ stage, step, at: instantOf(step, end) }));
    });
    for (const { stage, step, at } of acts.sort((a, b) => a.at - b.at)) await step.act(stage, at);
    await byTheClock(furnished.town, end);
    await sign(end);
  }
  const { raiseFlags } = await old("detector/raise-flags");
  await raiseFlags(furnished.town, AT);
}

/** What the running program would have done meanwhile, as far as figures hang on it. */
async function byTheClock(town, at) {
  const { resumeDueProblems } = await old("ledger/resume-problem");
  const { foldTallies } = await old("publication/fold-tallies");
  await resumeDueProblems(town, at);
  await foldTallies(town, dayOf(at));
}

async function allStories() {
  const [closed, underWay, { LETTERS }] = [
    await old("demo/stories/closed"),
    await old("demo/stories/under-way"),
    await old("demo/stories/letters"),
  ];
  return [...Object.values(closed), ...Object.values(underWay), ...LETTERS];
}

/** The demo's pictures, of a size that a repository can keep. */
async function stageOfSmallPictures() {
  const { Stage } = await old("demo/stage");
  const { drawScene } = await old("demo/scenes");
  const { addPhoto } = await old("evidence/add-photo");
  const sharp = require("sharp");
  return class extends Stage {
    async photo(by, at, scene, moment) {
      const jpeg = await sharp(Buffer.from(drawScene(scene, moment)))
        .resize(320)
        .jpeg({ quality: 70 })
        .toBuffer();
      return (await addPhoto(this.town, by === null ? null : this.by(by).id, at, jpeg)).sha256;
    }
  };
}

async function sign(town, notary, at) {
  const { nameLog } = await old("proof/name-log");
  const { integrateEvents } = await old("proof/integrate-events");
  await nameLog(town, notary, new URL("http://localhost:3000"));
  while ((await integrateEvents(town, notary, at)) !== 0);
}

/** A reporter's words that were taken out of the history for privacy. */
async function redactOne(town) {
  const event = await town.db
    .selectFrom("audit.event")
    .select("id")
    .where("town", "=", TOWN)
    .where("verb", "=", "report.declined")
    .orderBy("id")
    .executeTakeFirstOrThrow();
  await redactText(town, SYSTEM, AT, { event: event.id, field: "reason", reason: "涉及他人隐私" });
}

async function oneInWork(town) {
  const problem = await town.db
    .selectFrom("ledger.problem")
    .select("id")
    .where("town", "=", TOWN)
    .where("status", "=", "assigned")
    .orderBy("ordinal", "desc")
    .executeTakeFirstOrThrow();
  return problem.id;
}

async function whatItSays(town, notary) {
  const { DEMO_PASSWORD } = await old("people/demo-password");
  const { homeFigures, readFigures } = await old("publication/figures");
  const { receiptCode } = await old("intake/receipt-code");
  const { lampOf, PROBLEM_COLUMNS } = await old("ledger/problem");
  const today = dayOf(AT);
  const { version, town: ofTown, byUnit, byCampaign } = await readFigures(town, AT, today);
  const problems = await town.db.selectFrom("ledger.problem as p").select(PROBLEM_COLUMNS).orderBy("p.ordinal").execute();
  const reports = await town.db.selectFrom("intake.report").select(["id", "status", "title"]).orderBy("id").execute();
  const photos = await town.db.selectFrom("ledger.problem_evidence").select("sha256").distinct().orderBy("sha256").execute();
  return {
    at: AT.toISOString(),
    town: TOWN,
    vkey: (await notary.logSigner(TOWN)).vkey,
    signIn: { login: "qianwen", password: DEMO_PASSWORD },
    figures: { version, town: ofTown, byUnit: Object.fromEntries(byUnit), byCampaign: Object.fromEntries(byCampaign) },
    home: await homeFigures(town, today),
    problems: problems.map((problem) => ({ number: problem.number, status: problem.status, lamp: lampOf(problem, today) })),
    receipts: reports.map(({ id, status, title }) => ({ code: receiptCode(town.keys, id), status, title })),
    photos: photos.map(({ sha256 }) => sha256),
  };
}

/** All rows of all tables and where each sequence stands, as pg_dump would write them. */
async function rowsOf(connection) {
  const { Client } = require("pg");
  const { to } = require("pg-copy-streams");
  const client = new Client(connection);
  await client.connect();
  try {
    const parts = [];
    const { rows: tables } = await client.query(`
      select format('%I.%I', n.nspname, c.relname) as name,
        (select string_agg(format('%I', a.attname), ', ' order by a.attnum) from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema|pgboss)' order by 1`);
    for (const { name, columns } of tables) {
      const chunks = await client.query(to(`copy ${name} (${columns}) to stdout`)).toArray();
      parts.push(Buffer.from(`COPY ${name} (${columns}) FROM stdin;\n`), ...chunks, Buffer.from("\\.\n"));
    }
    const { rows: sequences } = await client.query(`
      select format('%I.%I', schemaname, sequencename) as name, last_value as last from pg_sequences
      where last_value is not null and schemaname !~ '^pgboss'`);
    for (const { name, last } of sequences) parts.push(Buffer.from(`SELECT setval('${name}', ${last});\n`));
    return Buffer.concat(parts);
  } finally {
    await client.end();
  }
}
