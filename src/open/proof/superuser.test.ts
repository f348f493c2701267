import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test, type TestContext } from "node:test";
import { CannotStart } from "#platform/cannot-start";
import { checkLog } from "#standards/tlog/check-log";
import { leafHash } from "#standards/tlog/hash";
import { parseTilePath } from "#standards/tlog/tile-path";
import { actOn, aProblem } from "#test/desk";
import { aNotary, asScribe } from "#test/notary";
import { aSuperuser } from "#test/superuser";
import { AT, aTown } from "#test/town";
import { isOlderThanSigned, strangersIn } from "./check-database.ts";
import { checkEvents } from "./check-events.ts";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { readTile } from "#log/queries";
import { newestCheckpoint } from "./queries.ts";

/** A town with a problem in work, its log signed, and somebody who may change every row of its database. */
async function aTownWithARoot(context: TestContext) {
  const t = await aTown(context);
  const notary = aNotary();
  const { town } = t;
  await nameLog(town, notary, new URL("https://ledger.example"));
  const number = await aProblem(t);
  await actOn(t, number, "assign", t.cast.zhengShang, AT);
  await integrateEvents(town, asScribe(notary), AT);
  const vkey = (await notary.logSigner(town.id))?.vkey ?? "";
  const root = await aSuperuser(context, t.database);
  const read = async (path: string) => {
    if (path === "checkpoint") return Buffer.from((await newestCheckpoint(town))?.note ?? "");
    const tile = parseTilePath(path);
    return tile === null ? null : readTile(town, tile);
  };
  /** What a verifier of the log, and of the database behind it, says. */
  const verdict = async () => {
    const log = await checkLog(read, { vkeys: [vkey], witnesses: [] }, () => undefined);
    if (!log.holds) return `${log.why}${log.leaf === null ? "" : ` ${log.leaf}`}`;
    const mismatch = await checkEvents(town, () => undefined);
    return mismatch === null ? "holds" : mismatch.kind === "event-without-leaf" ? mismatch.kind : `${mismatch.kind} ${mismatch.leaf}`;
  };
  return { ...t, notary, root, verdict, integrate: () => integrateEvents(town, asScribe(notary), AT) };
}

test("nobody touched anything: the log holds", async (context) => {
  assert.equal(await (await aTownWithARoot(context)).verdict(), "holds");
});

const EDITS: readonly (readonly [string, string, string])[] = [
  ["an event's time is moved", "update audit.event set at = at - interval '1 day' where verb = 'problem.opened'", "event-changed 0"],
  [
    "an event is laid at another officer's door",
    "update audit.event set actor = (select id from people.account where login = 'wujie') where verb = 'problem.opened'",
    "event-changed 0",
  ],
  [
    "an event's facts are changed",
    "update audit.event set body = replace(body, 'dueOn', 'dueIn') where verb = 'problem.assigned'",
    "event-changed 1",
  ],
  ["an event is deleted", "delete from audit.event where verb = 'problem.assigned'", "event-missing 1"],
  [
    "a text is taken out without a word",
    "update audit.private_text set text = null, salt = null, redacted_at = now() where field = 'goal'",
    "words-gone 1",
  ],
  ["a text is deleted", "delete from audit.private_text where field = 'goal'", "words-gone 1"],
  ["a text is rewritten", "update audit.private_text set text = '别的目标' where field = 'goal'", "words-changed 1"],
  [
    "an event is slipped in",
    "insert into audit.event select town, gen_random_uuid(), verb, actor_kind, actor, at, subject_kind, subject, body " +
      "from audit.event where verb = 'problem.opened'",
    "event-without-leaf",
  ],
  [
    "a leaf is rewritten",
    "update log.leaf set entry = replace(entry, 'problem.opened', 'problem.themed') where number = 0",
    "leaf-differs 0",
  ],
  ["a leaf is dropped", "delete from log.leaf where number = 0", "missing 0"],
  [
    "two leaves change places",
    "update log.leaf a set entry = b.entry, event = gen_random_uuid() from log.leaf b where a.number + b.number = 1",
    "leaf-differs 0",
  ],
  ["a hash is changed", "update log.tile set hashes = overlay(hashes placing '\\x00'::bytea from 40) where level = 0", "leaf-differs 1"],
  ["a checkpoint is rewritten", "update log.checkpoint set note = replace(note, E'\\n2\\n', E'\\n1\\n')", "not-signed"],
];

for (const [what, edit, found] of EDITS) {
  test(`a root administrator is caught: ${what}`, async (context) => {
    const { root, verdict } = await aTownWithARoot(context);
    await root.query(edit);
    assert.equal(await verdict(), found);
  });
}

test("an old copy of the database under a newer notary file is told from a whole one", async (context) => {
  const { root, town, notary } = await aTownWithARoot(context);
  assert.equal(await isOlderThanSigned(town, notary), false);
  await root.query("delete from log.leaf where number = 1");
  assert.equal(await isOlderThanSigned(town, notary), true);
});

test("a trigger or rule that swallows what happens is named, and one of ours that sleeps", async (context) => {
  const { root, town } = await aTownWithARoot(context);
  assert.deepEqual(await strangersIn(town.db), []);
  await root.query("create rule swallow as on insert to audit.private_text do instead nothing");
  await root.query("create function public.nothing() returns trigger language plpgsql as 'begin return null; end'");
  await root.query("create trigger hush before insert on audit.event for each row execute function public.nothing()");
  await root.query("alter table ledger.problem disable trigger arrows");
  assert.deepEqual(await strangersIn(town.db), [
    "rule swallow on audit.private_text",
    "trigger arrows on ledger.problem",
    "trigger hush on audit.event",
  ]);
});

test("a history rewritten from leaf to root, every hash made right again, is not signed", async (context) => {
  const { root, integrate, town, cast, ...t } = await aTownWithARoot(context);
  await root.query("update log.leaf set entry = replace(entry, 'problem.opened', 'problem.themed') where number = 0");
  const { rows } = await root.query<{ entry: string }>("select entry from log.leaf order by number");
  const hashes = Buffer.concat(rows.map(({ entry }) => leafHash(Buffer.from(entry))));
  await root.query("update log.tile set hashes = $1 where level = 0", [hashes]);
  await actOn({ ...t, town, cast }, await aProblem({ ...t, town, cast }), "assign", cast.zhengShang, AT);
  await assert.rejects(
    integrate(),
    (error) => error instanceof CannotStart && /do not agree with the checkpoint signed over them/.test(error.en),
  );
  await root.query("delete from log.checkpoint");
  await assert.rejects(integrate(), (error) => error instanceof CannotStart, "the notary remembers outside the database");
});

test("a checkpoint signed by somebody else's key stops the log", async (context) => {
  const { root, integrate, town, ...t } = await aTownWithARoot(context);
  const stranger = aNotary();
  await stranger.makeKey(town.id, "log", "ledger.example/log");
  const signer = await stranger.logSigner(town.id);
  const { rows } = await root.query<{ note: string }>("select note from log.checkpoint order by size desc limit 1");
  const text = (rows[0]?.note ?? "").split("\n\n")[0] ?? "";
  await root.query("update log.checkpoint set note = $1", [`${text}\n\n${signer?.sign(`${text}\n`) ?? ""}\n`]);
  await aProblem({ ...t, town });
  await assert.rejects(integrate(), (error) => error instanceof CannotStart && /not signed with this town's key/.test(error.en));
});

test("an event of the time before the public log holds with the commitment it was given then", async (context) => {
  const { root, integrate, verdict, town } = await aTownWithARoot(context);
  const text = "旧的话";
  const salt = Buffer.alloc(16, 4);
  const kept = `sha256:${createHash("sha256").update(salt).update(text).digest("hex")}`;
  const event = "0198c2c4-0000-7000-8000-0000000000aa";
  await root.query(
    "insert into audit.event values ($1, $2, 'objection.raised', 'resident', null, '2026-01-05T01:00:00Z', 'problem', $2, $3)",
    [town.id, event, JSON.stringify({ facts: {}, words: { reason: kept } })],
  );
  await root.query("insert into audit.private_text values ($1, $2, 'reason', $3, $4)", [town.id, event, salt, text]);
  await root.query("insert into audit.waiting values ($1, $2)", [town.id, event]);
  await integrate();
  assert.equal(await verdict(), "holds");
  await root.query("update audit.private_text set text = '新的话' where field = 'reason'");
  assert.equal(await verdict(), "words-changed 2");
});
