import assert from "node:assert/strict";
import { test } from "node:test";
import { drawFirstPages } from "#evidence/draw-first-pages";
import { pageOf, streamOf } from "#evidence/samples/pdf";
import { act, aPhotoFor, aProblem, deskOf } from "#test/desk";
import { aDoor } from "#test/door";
import { aTown, AT } from "#test/town";
import { assertValid } from "#test/valid-page";

const key = (digit: number) => `00000000-0000-4000-8000-${String(digit).padStart(12, "0")}`;
const PDF = () => new File(["%PDF-1.7\n验收单\n%%EOF\n"], "验收单.pdf", { type: "application/pdf" });

test("whoever works on a problem lays a document beside it, its desk reads it, and nobody else", async (t) => {
  const its = await aTown(t);
  const { cast } = its;
  const [number, other] = [await aProblem(its), await aProblem(its)];
  await act(its, await deskOf(its, number), "assign", cast.qianWen, AT);
  const door = aDoor(its);
  const handler = await door.cookieOf(cast.wuJie);
  const papers = `/office/ledger/${number}/papers`;
  const send = (fields: Readonly<Record<string, string | File>>, digit: number) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ form_key: key(digit), ...fields })) body.append(name, value);
    return door.ask(papers, { method: "POST", body, headers: { origin: "http://localhost:3000" } }, handler);
  };
  await assertValid(await (await door.get(papers, handler)).text(), "papers");

  const none = await send({ caption: "验收单" }, 1);
  assert.equal(none.status, 422);
  assert.match(await none.text(), /id="e-file"/);
  const page = await send({ caption: "x", file: new File(["<html>"], "a.pdf") }, 2);
  assert.match(await page.text(), /这个文件收不了/);
  const photo = await aPhotoFor(its, other, cast.wuJie);
  assert.equal((await send({ caption: "x", photos: photo }, 3)).status, 422, "what was sent for another problem is no paper of this one");

  assert.equal((await send({ caption: "验收单", file: PDF() }, 4)).status, 303);
  const verifier = await door.cookieOf(cast.fengZheng);
  const listed = await (await door.get(papers, verifier)).text();
  await assertValid(listed, "papers listed");
  const [, sha256 = ""] = /papers\/([0-9a-f]{64})"[^>]*>验收单</.exec(listed) ?? [];
  assert.doesNotMatch(listed, /name="file"/, "only whoever works on it adds to them");
  const read = await door.get(`${papers}/${sha256}`, verifier);
  assert.equal(await read.text(), await PDF().text());
  assert.equal(read.headers.get("content-disposition"), `attachment; filename="${number}-1.pdf"`);
  assert.equal(read.headers.get("cache-control"), "private, no-store");
  assert.match(listed, /第一页正在画/);
  await drawFirstPages(its.town, AT);
  const first = `${papers}/${sha256}/page`;
  assert.equal((await door.get(first, verifier)).status, 404, "it is no whole PDF");
  assert.match(await (await door.get(papers, verifier)).text(), /没有第一页的图：这份文件打不开/);
  assert.equal((await door.get(`/office/ledger/${other}/papers/${sha256}`, verifier)).status, 404);
  assert.equal((await door.get(`/files/${sha256}`)).status, 404);
  assert.doesNotMatch(await (await door.get(`/ledger/${number}`)).text(), /验收单/);
});

test("the first page of a PDF stands in the list of papers, for whoever may open it", async (t) => {
  const its = await aTown(t);
  const { town, cast } = its;
  const [number, other] = [await aProblem(its), await aProblem(its)];
  await act(its, await deskOf(its, number), "assign", cast.qianWen, AT);
  const door = aDoor(its);
  const handler = await door.cookieOf(cast.wuJie);
  const papers = `/office/ledger/${number}/papers`;
  const form = new FormData();
  form.append("form_key", key(7));
  form.append("caption", "验收单");
  form.append("file", new File([new Uint8Array(pageOf({ content: streamOf("0 0 300 300 re f") }))], "1.pdf", { type: "application/pdf" }));
  const headers = { origin: door.program.origin.origin };
  assert.equal((await door.ask(papers, { method: "POST", body: form, headers }, handler)).status, 303);
  await drawFirstPages(town, AT);
  const listed = await (await door.get(papers, handler)).text();
  await assertValid(listed, "papers");
  const [, page = "", sha256] =
    /<img src="(\/office\/ledger\/[^"]+\/papers\/([0-9a-f]{64})\/page)" alt="第一页：验收单"/.exec(listed) ?? [];
  const picture = await door.get(page, handler);
  assert.deepEqual([picture.status, picture.headers.get("content-type")], [200, "image/jpeg"]);
  assert.equal(picture.headers.get("cache-control"), "private, no-store");
  assert.equal((await door.get(`/office/ledger/${other}/papers/${sha256}/page`, handler)).status, 404);
  assert.equal((await door.get(page)).status, 303);
});
