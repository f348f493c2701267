import assert from "node:assert/strict";
import { test } from "node:test";
import { blackOut } from "#evidence/black-out";
import { subjectOf } from "#evidence/file";
import { findPublicFile } from "#evidence/public-file";
import { integrateEvents } from "#log/integrate-events";
import { nameLog } from "#log/name-log";
import { aNotary, asScribe } from "#test/notary";
import { anOpenHouse } from "#test/open-house";
import { AT } from "#test/town";

test("whoever holds a photo cannot tell from the log that it was sent in, unless the public sees it", async (t) => {
  const house = await anOpenHouse(t);
  const { town, cast, photos } = house;
  const [covered = ""] = photos;
  await blackOut(town, cast.qianWen, AT, { file: covered, rectangles: [{ left: 0, top: 0, width: 10, height: 10 }], reason: "车牌" });
  const notary = aNotary();
  await nameLog(town, notary, new URL("https://ledger.example"));
  await integrateEvents(town, asScribe(notary), AT);
  const leaves = await town.db.selectFrom("log.leaf").select("entry").execute();
  const told = leaves.map(({ entry }) => entry).join("\n");
  const files = await town.db
    .selectFrom("evidence.file as f")
    .leftJoin("evidence.original as o", (join) => join.onRef("o.town", "=", "f.town").onRef("o.sha256", "=", "f.sha256"))
    .select(["f.sha256", "f.thumbnail_sha256 as thumbnail", "o.original_sha256 as original", "o.sealed_sha256 as sealed"])
    .execute();
  let unseen = 0;
  for (const { sha256, thumbnail, original, sealed } of files) {
    const isShown = (await findPublicFile(town, sha256)) !== null;
    if (!isShown) unseen += 1;
    for (const hash of [original, sealed, ...(isShown ? [] : [sha256, thumbnail])]) {
      if (hash === null) continue;
      const bytes = Buffer.from(hash, "hex");
      for (const telling of [hash, subjectOf(hash), bytes.toString("base64"), bytes.toString("base64url")])
        assert.ok(!told.includes(telling), `the log tells of a file that nobody sees: ${telling}`);
    }
  }
  assert.ok(unseen >= photos.length, "some photos are private");
  assert.ok(leaves.length > 100);
});
