import assert from "node:assert/strict";
import { test } from "node:test";
import { appendEvent, SYSTEM } from "#audit/append-event";
import { DETECTOR } from "#detector/detector";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { newId } from "#platform/ids";
import { aDoor, textOf } from "#test/door";
import { followToTheEnd } from "#test/following";
import { aNotary, asScribe } from "#test/notary";
import { aRoof } from "#test/roof";
import { aSuperuser } from "#test/superuser";
import { AT, aTown } from "#test/town";
import { understand } from "./cli.ts";

test("an event that could not be taken is shown to whoever looks after the town, until it is taken again", async (t) => {
  const its = await aTown(t);
  const { town, cast, folder } = its;
  const notary = aNotary();
  await nameLog(town, notary, new URL("https://ledger.example"));
  const report = { kind: "report", id: newId(AT) } as const;
  await appendEvent(town, SYSTEM, AT, { verb: "report.received", subject: report });
  const root = await aSuperuser(t, its.database);
  await root.query("alter table intake.report rename column details to hidden"); // as if a migration was forgotten
  await integrateEvents(town, asScribe(notary), AT);
  await followToTheEnd(town, DETECTOR);

  const door = aDoor(its);
  const cookie = await door.cookieOf(cast.shenJi);
  const page = async () => textOf(await (await door.get("/office/log", cookie)).text());
  assert.match(await page(), /放在一边的记录 .*0 .*疑点检测 .*column r\.details does not exist/);
  const ready = async () => {
    const answer = await door.get("/readyz");
    return `${answer.status} ${await answer.text()}`;
  };
  assert.equal(await ready(), `200 ok\nset aside: ${town.id} detector 1\n`);
  const { roof, said } = aRoof(town, notary, folder);
  assert.equal(await understand(["doctor"])(roof), 1);
  assert.match(said.join("\n"), /✗ .*set aside while following the log: shili detector 1；/);

  assert.equal(await understand(["log", "retake"])(roof), 1);
  assert.match(said.at(-1) ?? "", /0 taken, 1 still set aside/);
  await root.query("alter table intake.report rename column hidden to details");
  assert.equal(await understand(["log", "retake"])(roof), 0);
  assert.match(said.at(-1) ?? "", /1 taken, 0 still set aside/);
  assert.equal(await ready(), "200 ok\n");
  assert.doesNotMatch(await page(), /放在一边/);
});
