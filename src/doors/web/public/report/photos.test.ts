import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import sharp from "sharp";
import { aTown } from "#test/town";
import { allButOneTry, aProgram, aVisitor, type Page } from "#test/door";

async function aDoorstep(t: TestContext) {
  const here = await aTown(t);
  const door = aProgram(here.town);
  return { ...here, ...door, visitor: aVisitor(door.app) };
}

/** A photo of its own colour; with a place when it was "taken" somewhere. */
async function aPhoto(shade: number, taken?: "in Dongtang"): Promise<File> {
  const picture = sharp({ create: { width: 320, height: 240, channels: 3, background: { r: shade * 20, g: 90, b: 90 } } }).jpeg();
  const gps = { GPSLatitudeRef: "N", GPSLatitude: "27/1 48/1 3672/100", GPSLongitudeRef: "E", GPSLongitude: "114/1 23/1 2436/100" };
  const bytes = await (taken === undefined ? picture : picture.withExif({ IFD3: gps })).toBuffer();
  return new File([new Uint8Array(bytes)], `照片${shade}.jpg`, { type: "image/jpeg" });
}

function kept(page: Page): readonly string[] {
  return [...page.text.matchAll(/src="\/report\/photos\/([0-9a-f]{64})"/g)].map(([, sha256]) => sha256 ?? "");
}

test("photos are kept as they arrive, shown small, and taken away one by one", async (t) => {
  const { visitor } = await aDoorstep(t);
  assert.equal(
    (await visitor.post("/report/photos", { go: "add", photos: [await aPhoto(1), await aPhoto(2)] })).location,
    "/report/photos",
  );
  const page = await visitor.get("/report/photos");
  assert.match(page.text, /已保存 2 张/);
  const [first = "", second = ""] = kept(page);
  const small = await visitor.get(`/report/photos/${first}`);
  assert.equal(small.headers.get("content-type"), "image/jpeg");
  assert.match(small.headers.get("cache-control") ?? "", /no-store/);
  await visitor.post("/report/photos", { remove: first });
  assert.deepEqual(kept(await visitor.get("/report/photos")), [second]);
  assert.equal((await visitor.get(`/report/photos/${first}`)).status, 404);
});

test("the same photo chosen twice is kept once", async (t) => {
  const { visitor } = await aDoorstep(t);
  await visitor.post("/report/photos", { go: "add", photos: [await aPhoto(1), await aPhoto(1)] });
  await visitor.post("/report/photos", { go: "next", photos: await aPhoto(1) });
  assert.equal(kept(await visitor.get("/report/photos")).length, 1);
});

test("no seventh photo is kept, and the page says so while it keeps the six", async (t) => {
  const { visitor } = await aDoorstep(t);
  const seven = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((shade) => aPhoto(shade)));
  const page = await visitor.post("/report/photos", { go: "next", photos: seven });
  assert.equal(page.status, 413);
  assert.match(page.text, /照片7\.jpg：最多 6 张照片/);
  assert.equal(kept(await visitor.get("/report/photos")).length, 6);
  assert.doesNotMatch((await visitor.get("/report/photos")).text, /type="file"/);
});

test("a file that only calls itself a photo is refused by name; the real one beside it is kept", async (t) => {
  const { visitor } = await aDoorstep(t);
  const fake = new File(["<script>alert(1)</script>"], "<b>假.jpg", { type: "image/jpeg" });
  const page = await visitor.post("/report/photos", { go: "next", photos: [fake, await aPhoto(1)] });
  assert.equal(page.status, 415);
  assert.match(page.text, /&lt;b&gt;假\.jpg：/);
  assert.equal(kept(page).length, 1);
});

test("a photo larger than 15 MB is refused", async (t) => {
  const { visitor } = await aDoorstep(t);
  const page = await visitor.post("/report/photos", {
    go: "next",
    photos: new File([new Uint8Array(15 * 1024 * 1024 + 1)], "大.jpg", { type: "image/jpeg" }),
  });
  assert.equal(page.status, 413);
  assert.match(page.text, /大\.jpg：/);
});

test("more than the whole form may carry is refused before it is read", async (t) => {
  const { visitor } = await aDoorstep(t);
  const page = await visitor.postRaw("/report/photos", new Uint8Array(92 * 1024 * 1024), "multipart/form-data; boundary=x");
  assert.equal(page.status, 413);
});

test("where a photo was taken is offered, in nobody's way: next means next, and whoever does not decide declines", async (t) => {
  const { visitor, categories, villages } = await aDoorstep(t);
  await visitor.post("/report/what", { title: "路灯不亮", details: "", category: categories.help });
  await visitor.post("/report/where", { village: villages.dongtang, place: "", lon: "", lat: "" });
  const next = await visitor.post("/report/photos", { go: "next", photos: await aPhoto(1, "in Dongtang") });
  assert.equal(next.location, "/report/contact");
  const photos = await visitor.get("/report/photos");
  assert.match(photos.text, /照片里有拍摄位置/);
  assert.match(photos.text, /东塘村附近，约 0 米/);
  const check = await visitor.get("/report/check");
  assert.match(check.text, /照片里有拍摄位置/, "offered once more");
  assert.match(check.text, /<dd>东塘村<\/dd>/, "and not used");
  const used = await visitor.post("/report/photos", { offered: "use", to: "check", go: "next" });
  assert.equal(used.location, "/report/check");
  assert.match((await visitor.get("/report/check")).text, /东塘村 · 东塘村附近，约 0 米/);
});

test("an offered position that is not wanted is forgotten", async (t) => {
  const { visitor, categories, villages } = await aDoorstep(t);
  await visitor.post("/report/what", { title: "路灯不亮", details: "", category: categories.help });
  await visitor.post("/report/where", { village: villages.dongtang, place: "", lon: "", lat: "" });
  await visitor.post("/report/photos", { go: "add", photos: await aPhoto(1, "in Dongtang") });
  await visitor.post("/report/photos", { offered: "refuse" });
  for (const path of ["/report/photos", "/report/check"]) assert.doesNotMatch((await visitor.get(path)).text, /拍摄位置/, path);
  assert.doesNotMatch((await visitor.get("/report/check")).text, /附近/);
});

test("whoever was located and named no village is in the nearest one, and is told so in words", async (t) => {
  const { visitor, categories } = await aDoorstep(t);
  await visitor.post("/report/what", { title: "路灯不亮", details: "", category: categories.help });
  await visitor.post("/report/where", { village: "", place: "", lon: "114.3905", lat: "27.8102" });
  assert.match((await visitor.get("/report/where")).text, /已记下位置：东塘村附近，约 40 米/);
  assert.match((await visitor.get("/report/check")).text, /东塘村 · 东塘村附近，约 40 米/);
  await visitor.post("/report/where", { village: "", place: "塘边", lon: "114.9", lat: "28.4" });
  assert.match((await visitor.get("/report/check")).text, /北纬 28\.4000，东经 114\.9000/, "no village is near");
});

test("one address cannot fill the disk with photos", async (t) => {
  const { visitor, app, limits } = await aDoorstep(t);
  await allButOneTry(limits, "draft-photos", "192.0.2.7");
  assert.equal((await visitor.post("/report/photos", { go: "next" })).status, 303);
  assert.equal((await visitor.post("/report/photos", { go: "add", photos: await aPhoto(1) })).status, 429);
  assert.equal((await aVisitor(app, { address: "192.0.2.8" }).post("/report/photos", { go: "next" })).status, 303);
});
