import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import sharp from "sharp";
import { receiveReport } from "#intake/receive-report";
import { showReceiptCode } from "#intake/receipt-code";
import { aTown, aTownBeside, type ATown } from "#test/town";
import { aProgram, aVisitor } from "#test/door";
import { wordsIn } from "#words/words";
import { drawCard, FONT } from "./draw-card.ts";
import { receiptCard } from "./receipt-card.ts";
import { receiptOf, receiptPath } from "./receipt-token.ts";
import { sealToken } from "./sealed-token.ts";

const HOUR_MS = 3_600_000;

async function aReport({ town, at, categories, villages }: Pick<ATown, "town" | "at" | "categories" | "villages">) {
  const what = {
    title: "路灯不亮",
    details: "",
    category: categories.help,
    village: villages.dongtang,
    place: "",
    lon: null,
    lat: null,
    photos: [],
    name: "某某",
    phone: "13800000000",
    email: "",
    wechat: "",
    address: "",
    device: "d",
    channel: "web" as const,
  };
  return receiveReport(town, null, at, what);
}

test("a receipt shows the code, the day of the first reply, and what happens next", async (t) => {
  const here = await aTown(t);
  const { report, code } = await aReport(here);
  const visitor = aVisitor(aProgram(here.town).app);
  const path = receiptPath(here.town, here.at, { report, folded: false });
  const page = await visitor.get(path);
  assert.equal(page.status, 200);
  assert.ok(page.text.includes(showReceiptCode(code)));
  assert.match(page.text, /<time datetime="2026-07-31">7月31日 周五<\/time>前/); // three working days after Tuesday 28 July
  assert.match(page.text, /解决了吗？/);
  assert.match(page.headers.get("cache-control") ?? "", /no-store/);
  assert.ok(!path.includes(code) && !path.includes(report));
});

test("the receipt can be saved as plain text, which says what it is about and nothing of who reported it", async (t) => {
  const here = await aTown(t);
  const { report, code } = await aReport(here);
  const visitor = aVisitor(aProgram(here.town).app);
  const file = await visitor.get(`${receiptPath(here.town, here.at, { report, folded: false })}/receipt.txt`);
  assert.match(file.headers.get("content-type") ?? "", /^text\/plain; charset=utf-8/);
  assert.match(file.headers.get("content-disposition") ?? "", /^attachment/);
  assert.ok(file.text.includes(showReceiptCode(code)));
  assert.match(file.text, /2026-07-31/);
  assert.match(file.text, /https:\/\/ledger\.example\/track/);
  assert.match(file.text, /怎么啦：路灯不亮/);
  assert.doesNotMatch(file.text, /13800000000|某某/);
  const name = /filename\*=UTF-8''(\S+)/.exec(file.headers.get("content-disposition") ?? "")?.[1] ?? "";
  assert.equal(decodeURIComponent(name), "回执 2026-07-28 路灯不亮.txt");
});

test("the receipt, on paper and as a file, says whom to call", async (t) => {
  const here = await aTown(t);
  await here.town.db.updateTable("people.town").set({ phone: "0000-1234567", hours: "周一至周五", directory_version: 900 }).execute();
  const { report } = await aReport(here);
  const visitor = aVisitor(aProgram(here.town).app);
  const path = receiptPath(here.town, here.at, { report, folded: false });
  assert.match((await visitor.get(path)).text, /也可以打电话 <a href="tel:00001234567">0000-1234567<\/a>/);
  assert.match((await visitor.get(`${path}/receipt.txt`)).text, /也可以打电话：0000-1234567 周一至周五/);
});

test("the receipt is a small picture, kept nowhere, named by its day and matter, under an address without the code", async (t) => {
  const here = await aTown(t);
  const { report, code } = await aReport(here);
  const { app } = aProgram(here.town);
  const path = receiptPath(here.town, here.at, { report, folded: false });
  const page = await aVisitor(app).get(path);
  const [, src = "", alt = ""] = /<img class="keep"\s+src="([^"]+)"[^>]*alt="([^"]+)"/.exec(page.text) ?? [];
  assert.ok(!src.includes(code) && !src.includes(showReceiptCode(code)) && !src.includes(report));
  for (const words of ["路灯不亮", showReceiptCode(code), "2026年7月31日 周五 前"]) assert.ok(alt.includes(words), words);
  const picture = await app.request(src);
  assert.equal(picture.headers.get("content-type"), "image/png");
  assert.match(picture.headers.get("cache-control") ?? "", /no-store/);
  assert.match(decodeURIComponent(picture.headers.get("content-disposition") ?? ""), /回执 2026-07-28 路灯不亮\.png/);
  const bytes = Buffer.from(await picture.arrayBuffer());
  assert.ok(bytes.length <= 60_000, `${bytes.length} B`);
  const { width, height } = await sharp(bytes).metadata();
  assert.ok(page.text.includes(`width="${width}" height="${height}"`));
});

test("the square of the picture opens the tracking page and does not carry the code; what was typed is drawn as it stands", () => {
  const stops = [{ name: "收到", state: "now" as const }];
  const track = new URL("https://ledger.example/track");
  const words = { heading: "示例镇 · 回执", received: "", codeHint: "", told: [], scan: "", last: "", stops, track };
  const card = (code: string, sentence: string) => receiptCard({ ...words, code, sentence }).svg;
  const square = (svg: string) => /<g transform[\s\S]*?<\/g>/.exec(svg)?.[0] ?? "";
  assert.notEqual(square(card("7Q4KM-2XD9H", "路灯不亮")), "");
  assert.equal(square(card("7Q4KM-2XD9H", "路灯不亮")), square(card("00000-00000", "路灯不亮")));
  assert.match(card("", "<a> & 路灯"), /&lt;a&gt; &amp; 路灯/);
  const long = receiptCard({ ...words, code: "", sentence: "西岭村卫生室周三下午没人".repeat(12) });
  assert.ok(long.height > receiptCard({ ...words, code: "", sentence: "路灯不亮" }).height);
});

test("the characters of the words on the picture travel with the product, so that a server without fonts draws them", async () => {
  const { receipt, slip } = wordsIn("zh").report;
  const slipWords = [slip.last, slip.answer, slip.number, slip.sentence.objection(""), slip.sentence["me-too"]("")];
  const fixed = [
    receipt.card.codeHint,
    receipt.card.firstReply,
    receipt.card.scan,
    receipt.card.last,
    ...slipWords,
    receipt.card.heading("示例镇"),
  ];
  const known = charactersOf(readFileSync(FONT));
  const signs = new Set(`${fixed.join("")}${Object.values(wordsIn("zh").way.stops).join("")}`);
  assert.deepEqual(
    Array.from(signs).filter((sign) => !known(sign)),
    [],
  );
  assert.ok(known("堃") && !known("\u{10FFFD}"));
  const svg = (sign: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><text y="50" font-size="50">${sign}</text></svg>`;
  assert.ok(!(await drawCard(svg("路"))).equals(await drawCard(svg("\u{10FFFD}"))));
});

/** What a font has a shape for: its `cmap`, format 4 (OpenType 1.9, "Segment mapping to delta values"). */
function charactersOf(font: Buffer): (sign: string) => boolean {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, i) => 12 + i * 16);
  const cmap = font.readUInt32BE((tables.find((at) => font.toString("latin1", at, at + 4) === "cmap") ?? 0) + 8);
  const subtables = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, i) => cmap + font.readUInt32BE(cmap + 4 + i * 8 + 4));
  const at = subtables.find((subtable) => font.readUInt16BE(subtable) === 4);
  assert.ok(at !== undefined);
  const bytes = font.readUInt16BE(at + 6);
  const segments = Array.from({ length: bytes / 2 }, (_, i) => at + 14 + i * 2);
  return (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return segments.some((end) => font.readUInt16BE(end + bytes + 2) <= code && code <= font.readUInt16BE(end));
  };
}

test("after an hour the page is gone and says how to go on", async (t) => {
  const here = await aTown(t);
  const { report, code } = await aReport(here);
  const { app, clock } = aProgram(here.town);
  const visitor = aVisitor(app);
  const path = receiptPath(here.town, here.at, { report, folded: false });
  clock.at = new Date(here.at.getTime() + HOUR_MS);
  const page = await visitor.get(path);
  assert.equal(page.status, 410);
  assert.match(page.text, /href="\/track"/);
  assert.ok(!page.text.includes(showReceiptCode(code)));
  for (const file of ["receipt.txt", "receipt.png"]) assert.equal((await visitor.get(`${path}/${file}`)).status, 410);
});

test("a token cannot be forged, changed, moved from another purpose, or brought from another town", async (t) => {
  const here = await aTown(t);
  const beside = await aTownBeside(here.town);
  const { report } = await aReport(here);
  const receipt = { report, folded: false, issue: 0 };
  const path = receiptPath(here.town, here.at, receipt);
  const token = path.slice("/receipt/".length);
  assert.deepEqual(receiptOf(here.town, here.at, token), receipt);
  for (let at = 0; at < token.length; at++) {
    const changed = token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
    const same = Buffer.from(changed, "base64url").equals(Buffer.from(token, "base64url")); // spare bits of the last character
    assert.ok(same || receiptOf(here.town, here.at, changed) === null, `position ${at}`);
  }
  assert.equal(receiptOf(beside.town, here.at, token), null);
  const story = sealToken(here.town, "story", new Date(here.at.getTime() + HOUR_MS), JSON.stringify(receipt));
  assert.equal(receiptOf(here.town, here.at, story), null);
  const visitor = aVisitor(aProgram(here.town).app);
  for (const forged of ["x", report, `${token}A`, "%00", "..%2f..%2fetc", Buffer.from(JSON.stringify(receipt)).toString("base64url")]) {
    assert.ok([404, 410].includes((await visitor.get(`/receipt/${forged}`)).status), forged);
  }
});
