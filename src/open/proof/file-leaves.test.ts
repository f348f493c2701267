import assert from "node:assert/strict";
import { test } from "node:test";
import sharp from "sharp";
import { appendEvent, RESIDENT } from "#audit/append-event";
import { addPhoto } from "#evidence/add-photo";
import { checkFiles } from "#evidence/check-files";
import { subjectOf } from "#evidence/file";
import { redactFile } from "#evidence/redact-file";
import { useFiles } from "#evidence/use-files";
import { OpenProblem, openProblem } from "#ledger/open-problem";
import { newId } from "#platform/ids";
import { aNotary, asScribe } from "#test/notary";
import { AT, aTown } from "#test/town";
import { checkEvents } from "./check-events.ts";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { findLeaf } from "./opened-leaves.ts";

test("no leaf tells a photo's hash before the public sees the photo; then its own opens, and the original's never", async (t) => {
  const { town, cast, categories } = await aTown(t);
  const notary = aNotary();
  await nameLog(town, notary, new URL("https://ledger.example"));
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#357" } })
    .jpeg()
    .toBuffer();
  const report = newId(AT);
  const { sha256 } = await addPhoto(town, { address: "192.0.2.1" }, AT, { bytes, sentFor: { kind: "report", id: report } });
  await useFiles(town, RESIDENT, AT, { files: [sha256], purpose: "report", subject: report });
  await integrateEvents(town, asScribe(notary), AT);
  const before = await findLeaf(town, 0);
  assert.match(before?.entry ?? "", /"verb":"file.added"/);
  assert.doesNotMatch(before?.entry ?? "", new RegExp(`${sha256.slice(0, 8)}|${subjectOf(sha256)}`));
  assert.deepEqual(before?.opening, {});

  const reports = [{ report, channel: "web" }];
  const what = OpenProblem.parse({ title: "路灯不亮", category: categories.complaint, photos: [sha256], reports });
  await openProblem(town, cast.qianWen, AT, what);
  const opened = (await findLeaf(town, 0))?.opening["sha256"];
  assert.ok(opened !== undefined && "text" in opened && opened.text === sha256);
  assert.deepEqual(Object.keys((await findLeaf(town, 0))?.opening ?? {}), ["sha256"]);

  await redactFile(town, cast.qianWen, AT, { file: sha256, reason: "有人脸" });
  await integrateEvents(town, asScribe(notary), AT);
  assert.deepEqual((await findLeaf(town, 0))?.opening, {}, "withdrawn, it is nobody's to compare again");
  assert.equal(await checkEvents(town, () => undefined), null);
  assert.deepEqual((await checkFiles(town, () => undefined)).faults, []);
});

test("an event from before hashes were words is placed without them, and its file is still held to it", async (t) => {
  const { town } = await aTown(t);
  const notary = aNotary();
  await nameLog(town, notary, new URL("https://ledger.example"));
  const sha256 = "ab".repeat(32);
  await appendEvent(town, RESIDENT, AT, {
    verb: "file.added",
    subject: { kind: "file", id: subjectOf(sha256) },
    facts: { sha256, original: "cd".repeat(32) },
  });
  await integrateEvents(town, asScribe(notary), AT);
  assert.doesNotMatch((await findLeaf(town, 0))?.entry ?? "", /abab|cdcd/);
  assert.deepEqual((await checkFiles(town, () => undefined)).faults, [{ sha256, what: "row-missing" }]);
});
