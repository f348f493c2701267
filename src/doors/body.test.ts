import assert from "node:assert/strict";
import { test } from "node:test";
import { formFields, parseJson, readBody, refuseUnread } from "./body.ts";
import { BODY_PACE, boundsOf, JSON_DEPTH } from "./bounds.ts";
import type { Excess } from "./too-much.ts";

const FORM = "application/x-www-form-urlencoded";
const bounds = { ...boundsOf("act-photos"), fields: 5, files: 2 };

const excess = (wanted: Excess) => (error: unknown) => error instanceof Error && "excess" in error && error.excess === wanted;

function aRequest(body: string | ReadableStream, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" });
}

test("a body as long as its bound is read, one byte more is refused, told or not", async () => {
  assert.equal((await readBody(aRequest("0123456789"), 10, () => true)).toString(), "0123456789");
  await assert.rejects(
    readBody(aRequest("0123456789x"), 10, () => true),
    excess("bytes"),
  );
  await assert.rejects(
    readBody(aRequest("0123456789x", { "content-length": "3" }), 10, () => true),
    excess("bytes"),
  );
});

test("a body that says itself to be too much is refused unread", () => {
  const saying = (headers: Record<string, string>) => () => refuseUnread(aRequest("x", headers), { ...bounds, bytes: 10, files: 0 });
  saying({ "content-length": "10", "content-type": FORM })();
  assert.throws(saying({ "content-length": "11", "content-type": FORM }), excess("bytes"));
  assert.throws(saying({ "content-length": "1", "content-type": "multipart/form-data; boundary=b" }), excess("no-files"));
});

test("of an endless body no more is taken than its bound, and its sender is told to stop", async () => {
  let taken = 0;
  let stopped = false;
  const endless = new ReadableStream({
    pull(controller) {
      taken += 1000;
      controller.enqueue(new Uint8Array(1000));
    },
    cancel() {
      stopped = true;
    },
  });
  await assert.rejects(
    readBody(aRequest(endless), 10_000, () => true),
    excess("bytes"),
  );
  assert.ok(stopped);
  assert.ok(taken < 20_000);
});

test("a body that has no room in memory is refused as it grows", async () => {
  let room = 2;
  const chunks = new ReadableStream({
    start(controller) {
      for (const chunk of ["a", "b", "c"]) controller.enqueue(Buffer.from(chunk));
      controller.close();
    },
  });
  await assert.rejects(
    readBody(aRequest(chunks), 10, (bytes) => (room -= bytes) >= 0),
    excess("memory"),
  );
});

test("a body slower than anybody's connection is given up, small or large; a slow one that keeps its pace is read", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const ticks = async (ms: number) => {
    for (let waited = 0; waited < ms; waited += BODY_PACE.lookMs) {
      t.mock.timers.tick(BODY_PACE.lookMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const trickle = (bytesPerLook: number) => {
    let looks = 0;
    let beat: NodeJS.Timeout | undefined;
    return new ReadableStream({
      start(controller) {
        beat = setInterval(() => {
          controller.enqueue(new Uint8Array(bytesPerLook));
          looks += 1;
          if (looks < LOOKS) return;
          clearInterval(beat);
          controller.close();
        }, BODY_PACE.lookMs);
      },
      cancel: () => clearInterval(beat),
    });
  };
  const LOOKS = 100;
  const pace = BODY_PACE.bytesPerMs * BODY_PACE.lookMs;
  const silent = readBody(aRequest(new ReadableStream(), { "content-length": "10" }), 10, () => true);
  const slow = readBody(aRequest(trickle(pace / 4)), LOOKS * pace, () => true);
  const steady = readBody(aRequest(trickle(pace)), LOOKS * pace, () => true);
  const refused = Promise.all([assert.rejects(silent, excess("slow")), assert.rejects(slow, excess("slow"))]);
  await ticks(LOOKS * BODY_PACE.lookMs);
  await refused;
  assert.equal((await steady).length, LOOKS * pace);
});

test("a body that breaks off is malformed, and no fault of ours", async () => {
  const broken = () =>
    new ReadableStream({
      start(controller) {
        controller.error(new Error("aborted"));
      },
    });
  for (const headers of [{}, { "content-length": "10" }])
    await assert.rejects(
      readBody(aRequest(broken(), headers), 10, () => true),
      excess("malformed"),
    );
});

test("fields are counted before they are parsed, in either encoding", () => {
  const multipart = (parts: readonly string[]) =>
    Buffer.from(parts.map((part) => `--b\r\ncontent-disposition: form-data; ${part}\r\n\r\nx\r\n`).join("") + "--b--");
  const field = 'name="a"';
  const file = 'name="f"; filename="f.jpg"';
  const read = (parts: readonly string[]) => formFields("multipart/form-data; boundary=b", multipart(parts), bounds).length;
  assert.equal(formFields(FORM, Buffer.from("a&a&a&a&a"), bounds).length, 5);
  assert.throws(() => formFields(FORM, Buffer.from("a&a&a&a&a&a"), bounds), excess("fields"));
  assert.throws(() => formFields(FORM, Buffer.from("&".repeat(5)), bounds), excess("fields"));
  assert.equal(read(Array(5).fill(field)), 5);
  assert.throws(() => read(Array(6).fill(field)), excess("fields"));
  assert.equal(read([file, file]), 2);
  assert.throws(() => read([file, file, file]), excess("files"));
  assert.throws(() => formFields("multipart/form-data", multipart([field]), bounds), excess("malformed"));
  assert.throws(() => formFields("application/json", Buffer.from("{}"), bounds), excess("media-type"));
});

test("to refuse half a megabyte of fields takes no longer than to read a form", () => {
  const timeOf = (work: () => void) => {
    const began = performance.now();
    work();
    return performance.now() - began;
  };
  const form = Buffer.from("a=b&".repeat(1999));
  const flood = Buffer.from("a&".repeat(250_000));
  const reading = timeOf(() => formFields(FORM, form, { ...bounds, fields: 2000 }));
  const refusing = timeOf(() => assert.throws(() => formFields(FORM, flood, { ...bounds, fields: 2000 }), excess("fields")));
  assert.ok(refusing < 10 * Math.max(1, reading));
});

test("a JSON text is refused by its members and its depth before it is parsed", () => {
  const list = (length: number) => Buffer.from(JSON.stringify(Array(length).fill(1)));
  const deep = (depth: number) => Buffer.from("[".repeat(depth) + "]".repeat(depth));
  assert.deepEqual(parseJson(list(5), bounds), [1, 1, 1, 1, 1]);
  assert.throws(() => parseJson(list(6), bounds), excess("fields"));
  parseJson(deep(JSON_DEPTH), bounds);
  assert.throws(() => parseJson(deep(JSON_DEPTH + 1), bounds), excess("fields"));
  assert.deepEqual(parseJson(Buffer.from('{"a":"\\\\\\",,,,,,[[[[[[[[[["}'), bounds), { a: '\\",,,,,,[[[[[[[[[[' });
  for (const text of ["", "{", "nothing"]) assert.throws(() => parseJson(Buffer.from(text), bounds), excess("malformed"));
  assert.throws(() => parseJson(Buffer.from([0x22, 0xff, 0x22]), bounds), excess("malformed"));
});
