import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { boundaryOf, parseMultipart, type Part } from "./multipart.ts";

const BODY = [
  "--b",
  'content-disposition: form-data; name="title"',
  "",
  "路灯\r\n不亮 --b",
  "--b",
  'Content-Disposition: form-data; name="photos"; filename="a%22b.jpg"',
  "Content-Type: image/jpeg",
  "",
  "",
  "--b--",
  "",
].join("\r\n");

test("a form's fields and files are found, with their bytes as they came", () => {
  const parts = parseMultipart(Buffer.from(BODY), "b", 10);
  assert.ok(Array.isArray(parts));
  assert.deepEqual(parts.map(told), [
    { name: "title", filename: null, type: "", text: "路灯\r\n不亮 --b" },
    { name: "photos", filename: 'a"b.jpg', type: "image/jpeg", text: "" },
  ]);
});

test("what a browser's own encoder writes is read as it was meant", async () => {
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
  const fields = fc.array(fc.tuple(name, fc.oneof(fc.string({ unit: "grapheme" }), fc.uint8Array({ maxLength: 200 }))), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fields, async (fields) => {
      const form = new FormData();
      for (const [name, value] of fields)
        form.append(name, typeof value === "string" ? value : new File([new Uint8Array(value)], `${name}.jpg`, { type: "image/jpeg" }));
      const request = new Response(form);
      const boundary = boundaryOf(request.headers.get("content-type") ?? "") ?? "";
      const parts = parseMultipart(Buffer.from(await request.arrayBuffer()), boundary, 8);
      assert.ok(Array.isArray(parts));
      const lines = (text: string) => text.replaceAll(/\r\n|\r|\n/g, "\r\n").toWellFormed();
      assert.deepEqual(
        parts.map(told),
        fields.map(([name, value]) => ({
          name: lines(name),
          filename: typeof value === "string" ? null : `${name.toWellFormed()}.jpg`,
          type: typeof value === "string" ? "" : "image/jpeg",
          text: typeof value === "string" ? lines(value) : Buffer.from(value).toString("utf8"),
        })),
      );
    }),
  );
});

test("more parts than asked for are not looked at", () => {
  const body = `${'--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nx\r\n'.repeat(4)}--b--`;
  assert.equal(parseMultipart(Buffer.from(body), "b", 3), "too-many");
  assert.equal(parseMultipart(Buffer.from(body), "b", 4).length, 4);
});

test("whatever the bytes are, they are parts or malformed, and nothing is thrown", () => {
  const pieces = fc.constantFrom("--b", "\r\n", "--", "x", 'content-disposition: form-data; name="a"', "; filename=", '"', "\0");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (some) => {
      const parts = parseMultipart(Buffer.from(some.join("")), "b", 3);
      assert.ok(parts === "malformed" || parts === "too-many" || parts.length <= 3);
    }),
  );
  for (const cut of [0, 3, 10, 60, BODY.length - 6]) assert.equal(parseMultipart(Buffer.from(BODY.slice(0, cut)), "b", 9), "malformed");
});

test("a boundary is the one the content type names, of at most 70 characters", () => {
  assert.equal(boundaryOf("multipart/form-data; boundary=----x1"), "----x1");
  assert.equal(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b"'), "a b");
  assert.equal(boundaryOf("multipart/form-data"), null);
  assert.equal(boundaryOf(`multipart/form-data; boundary=${"x".repeat(71)}`), null);
});

function told({ bytes, ...part }: Part) {
  return { ...part, text: bytes.toString("utf8") };
}
