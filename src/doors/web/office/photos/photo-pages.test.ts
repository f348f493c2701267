import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import sharp from "sharp";
import { RESIDENT } from "#audit/append-event";
import { addPhoto } from "#evidence/add-photo";
import { useFiles } from "#evidence/use-files";
import { OpenProblem, openProblem } from "#ledger/open-problem";
import { AssignProblem, assignProblem } from "#ledger/assign-problem";
import { newId } from "#platform/ids";
import { aDoor, textOf } from "#test/door";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

const key = (digit: number) => `00000000-0000-4000-8000-${String(digit).padStart(12, "0")}`;
const GPS = { GPSLatitudeRef: "N", GPSLatitude: "27/1 48/1 3672/100", GPSLongitudeRef: "E", GPSLongitude: "114/1 23/1 2436/100" };

/** A problem at the bridge, its photo taken there at ten in the morning, assigned to the sanitation station. */
async function aPhotoInPublic(t: TestContext) {
  const its = await aTown(t);
  const { town, at, cast, units, categories } = its;
  const picture = sharp({ create: { width: 800, height: 600, channels: 3, background: "#ccddee" } });
  const bytes = await picture
    .jpeg()
    .withExif({ IFD2: { DateTimeOriginal: "2026:07:28 08:30:00" }, IFD3: GPS })
    .toBuffer();
  const report = newId(at);
  const { sha256 } = await addPhoto(town, { address: "192.0.2.1" }, at, { bytes, sentFor: { kind: "report", id: report } });
  await useFiles(town, RESIDENT, at, { files: [sha256], purpose: "report", subject: report });
  const reports = [{ report, channel: "web" }];
  const opening = { title: "桥头有人倒垃圾", category: categories.complaint, lon: 114.3901, lat: 27.8202, photos: [sha256], reports };
  const { problem, number } = await openProblem(town, cast.qianWen, at, OpenProblem.parse(opening));
  await assignProblem(
    town,
    cast.zhengShang,
    at,
    AssignProblem.parse({
      problem,
      version: 1,
      leaders: [cast.wangLu.id],
      unit: units.sanitation,
      measures: "清走",
      goal: "干净",
      dueOn: "2026-08-10",
    }),
  );
  const door = aDoor(its);
  const from = `/office/ledger/${number}`;
  return { ...its, door, sha256, number, from, address: `/office/photos/${sha256}`, cookie: await door.cookieOf(cast.qianWen) };
}

test("a face is blacked out, and every page shows the copy from then on", async (t) => {
  const { door, cookie, sha256, number, from, address } = await aPhotoInPublic(t);
  const page = await (await door.get(`${address}?from=${from}`, cookie)).text();
  await assertValid(page, "black out");
  assert.match(page, new RegExp(`<a class="btn" href="${from}">`));
  const wrong = await door.post(`${address}/black-out`, { form_key: key(1), from, rectangles: "90 90 20 20", reason: "" }, cookie);
  assert.equal(wrong.status, 422);
  const back = await wrong.text();
  assert.match(back, /90 90 20 20/);
  assert.match(back, /id="e-rectangles"/);
  assert.match(back, /id="e-reason"/);
  const done = await door.post(`${address}/black-out`, { form_key: key(1), from, rectangles: "10 10 20 20", reason: "路人面部" }, cookie);
  assert.equal(done.status, 303);
  const [, copy = ""] = /^\/office\/photos\/([0-9a-f]{64})\?done=black-out/.exec(done.headers.get("location") ?? "") ?? [];
  for (const where of [`/ledger/${number}`, from]) {
    const shown = await (await door.get(where, cookie)).text();
    assert.ok(shown.includes(`/files/${copy}`), where);
    assert.ok(!shown.includes(`/files/${sha256}`), where);
  }
  assert.match(textOf(await (await door.get(`/ledger/${number}`)).text()), /7月28日，党政办涂黑了一张“整改前”照片的一部分：路人面部/);
  assert.equal((await door.get(`/files/${copy}`)).status, 200);
  assert.equal((await door.get(`/files/${sha256}`)).headers.get("location"), `/files/${copy}`);
  assert.equal((await door.get(`/office/photos/${copy}/picture`, cookie)).headers.get("content-type"), "image/jpeg");
});

test("a photo that should not be public at all is withdrawn by the office, with a reason", async (t) => {
  const { door, cookie, cast, sha256, number, from, address } = await aPhotoInPublic(t);
  assert.equal((await door.post(`${address}/withdraw`, { form_key: key(1), from, "withdraw-reason": " " }, cookie)).status, 422);
  assert.equal((await door.post(`${address}/withdraw`, { "withdraw-reason": "想撤" }, await door.cookieOf(cast.wuJie))).status, 403);
  const done = await door.post(`${address}/withdraw`, { form_key: key(2), from, "withdraw-reason": "拍到了别人家里" }, cookie);
  assert.equal(done.headers.get("location"), from);
  assert.equal((await door.get(`/files/${sha256}`)).status, 404);
  assert.equal((await door.get(address, cookie)).status, 404);
  const story = await (await door.get(`/ledger/${number}`)).text();
  assert.doesNotMatch(story, /\/files\//);
  assert.match(textOf(story), /7月28日，党政办撤下了一张“整改前”照片：拍到了别人家里/);
});

test("a page to come back to is one of the office's, never a stranger's", async (t) => {
  const { door, cookie, address } = await aPhotoInPublic(t);
  for (const from of ["https://evil.example/", "//evil.example", "/office/../", "javascript:alert(1)"])
    assert.doesNotMatch(await (await door.get(`${address}?from=${encodeURIComponent(from)}`, cookie)).text(), /evil|javascript:|\.\.\//);
});

test("when and how far away a photo was taken is told to whoever verifies, and to nobody who works on it, verifier or not", async (t) => {
  const { door, cast, town, at, from } = await aPhotoInPublic(t);
  await town.db // 吴洁's unit answers for the problem
    .insertInto("people.duty")
    .values({ town: town.id, id: newId(at), officer: cast.wuJie.id, duty: "verifier", granted_at: at })
    .execute();
  const verifier = textOf(await (await door.get(from, await door.cookieOf(cast.fengZheng))).text());
  assert.match(verifier, /拍摄于 7月28日 08:30/);
  assert.match(verifier, /距问题地点约 1\.1 公里/);
  for (const officer of [cast.wuJie, cast.wangLu, cast.qianWen])
    assert.doesNotMatch(textOf(await (await door.get(from, await door.cookieOf(officer))).text()), /拍摄于|距问题地点/, officer.name);
});
