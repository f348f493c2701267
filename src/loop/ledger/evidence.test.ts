import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { RESIDENT } from "#audit/append-event";
import { useFiles } from "#evidence/use-files";
import { filesOf } from "#evidence/uses";
import { addEvidence } from "#ledger/add-evidence";
import { declareRectified } from "#ledger/declare-rectified";
import { OpenProblem, openProblem } from "#ledger/open-problem";
import { recordProgress } from "#ledger/record-progress";
import { newId } from "#platform/ids";
import { act, aPhoto, aPhotoFor, aProblem, deskOf } from "#test/desk";
import { aTown, AT, type ATown } from "#test/town";

async function assigned(t: ATown): Promise<string> {
  const number = await aProblem(t);
  await act(t, await deskOf(t, number), "assign", t.cast.qianWen, AT);
  return number;
}

async function drawn(t: ATown, number: string) {
  const { problem } = (await deskOf(t, number)).standing;
  return { problem: problem.id, version: problem.version };
}

test("a hash is never a permission: a photo is evidence only where its sender sent it for this problem", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const [own, other] = [await assigned(t), await assigned(t)];
  const report = newId(AT);
  await sql`insert into intake.draft (town, id, sealed, started_at, until) values (${town.id}, ${report}, '', ${AT}, ${AT})`.execute(
    town.db,
  );
  const strange: { readonly [whose: string]: string } = {
    "nobody's": "f".repeat(64),
    "one that waits in a resident's draft": await aPhoto(t, { kind: "draft", id: report }),
    "one that a reporter added to a report": await aPhoto(t, { kind: "report", id: report }),
    "one sent for another problem": await aPhotoFor(t, other, cast.wuJie),
    "one that another officer sent for this problem": await aPhotoFor(t, own, cast.wangLu),
  };
  for (const [whose, sha256] of Object.entries(strange)) {
    const form = { ...(await drawn(t, own)), photos: [sha256] };
    const refused = { code: "file/unknown" };
    await assert.rejects(addEvidence(town, cast.wuJie, AT, { ...form, stage: "after", caption: "" }), refused, whose);
    await assert.rejects(recordProgress(town, cast.wuJie, AT, { ...form, note: "进展", measuresDone: [], stage: "after" }), refused, whose);
    await assert.rejects(
      declareRectified(town, cast.wuJie, AT, { ...form, done: "办好了", measuresDone: [0], undone: "" }),
      refused,
      whose,
    );
  }
  assert.deepEqual(await town.db.selectFrom("evidence.use").select("file").execute(), []);
  const mine = await aPhotoFor(t, own, cast.wuJie);
  await addEvidence(town, cast.wuJie, AT, { ...(await drawn(t, own)), photos: [mine], stage: "after", caption: "" });
  assert.deepEqual(await town.db.selectFrom("evidence.use").select(["file", "purpose"]).execute(), [{ file: mine, purpose: "after" }]);
});

test("a problem shows the photos of the reports it answers and of no others", async (context) => {
  const t = await aTown(context);
  const { town, cast, categories } = t;
  const [joined, other] = [newId(AT), newId(AT)];
  const sent = async (report: string) => {
    const sha256 = await aPhoto(t, { kind: "report", id: report });
    await useFiles(town, RESIDENT, AT, { files: [sha256], purpose: "report", subject: report });
    return sha256;
  };
  const [its, others] = [await sent(joined), await sent(other)];
  const open = (photos: readonly string[]) =>
    openProblem(
      town,
      cast.qianWen,
      AT,
      OpenProblem.parse({
        title: "路灯不亮",
        category: categories.complaint,
        photos,
        reports: [{ report: joined, channel: "web" }],
      }),
    );
  await assert.rejects(open([its, others]), { code: "file/unknown" });
  assert.deepEqual(await town.db.selectFrom("ledger.problem").select("id").execute(), []);
  const { problem } = await open([its]);
  assert.deepEqual(await filesOf(town, problem), [its]);
});
