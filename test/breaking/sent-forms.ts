import type { Form } from "#test/forms";

/** How a form's body is written. */
export type Way = "urlencoded" | "multipart" | "json";
type Pair = readonly [name: string, value: string];

/** A body as it goes over the wire. */
export type Sent = { readonly type: string | null; readonly body: Buffer };

/** Numbers that look random and are the same every time (mulberry32). */
export function chance(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  function one<T>(of: readonly T[]): T {
    const found = of[below(of.length)];
    if (found === undefined) throw new Error("couldn't choose from nothing");
    return found;
  }
  return { below, one, happens: (share: number) => next() < share };
}

export type Chance = ReturnType<typeof chance>;

const ODD_VALUES: readonly string[] = [
  "",
  " ",
  "\0",
  "零\0字",
  "\u200b\u200d\ufeff",
  "\u202eevil\u202c",
  "\ud800",
  "👩‍👩‍👧‍👦".repeat(50),
  "e\u0301".repeat(2000),
  "x".repeat(20_000),
  "长".repeat(5000),
  "-1",
  "0",
  "1e309",
  "NaN",
  "9007199254740993",
  "99999999999999999999",
  "2026-02-30",
  "0000-00-00",
  "9999-12-31",
  "2026-07-28",
  "１３８００００１２３４",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "0".repeat(64),
  "SL-2026-0001",
  "true",
  "on",
  "null",
  "[]",
  "{}",
  "<script>alert(1)</script>",
  "' or 1=1 --",
  "%00",
  "%",
  "\r\n\r\n--b\r\n",
  "/office",
  "//evil.example",
  "http://evil.example",
  "114.39",
  "1,2,3",
];
const ODD_NAMES = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "",
  "form_key",
  "photos",
  "kept",
  "version",
  "view",
  "go",
  "x[y]",
];

/** A valid form's body with something wrong about it, now and then written in another way. */
export function mutated({ fields }: Form, way: Way, picture: Buffer, by: Chance): Sent {
  const drawn = fields.map(({ name, value }): Pair => [name, value]);
  const pairs = mutatedPairs(drawn, by);
  const sent = encoded(pairs, by.happens(0.1) ? by.one(["urlencoded", "multipart", "json"]) : way, picture, by);
  const type = by.happens(0.05) ? by.one([null, "text/plain", "multipart/form-data", `${sent.type}; charset=gbk`]) : sent.type;
  return { type, body: by.happens(0.25) ? mutatedBytes(sent.body, by) : sent.body };
}

function mutatedPairs(fields: readonly Pair[], by: Chance): readonly Pair[] {
  const pairs = [...fields];
  for (let changes = by.below(4); changes > 0; changes -= 1) {
    const at = by.below(pairs.length + 1);
    const [name, value] = pairs[at] ?? [by.one(ODD_NAMES), by.one(ODD_VALUES)];
    const [otherName, otherValue] = pairs.length === 0 ? [name, value] : by.one(pairs);
    pairs.splice(
      at,
      by.below(2),
      ...by.one<readonly Pair[]>([
        [],
        [[name, by.one(ODD_VALUES)]],
        [[name, by.one(ODD_VALUES)]],
        [[name, by.one(ODD_VALUES)]],
        [[name, otherValue]],
        [[otherName, value]],
        [
          [name, value],
          [name, by.one(ODD_VALUES)],
        ],
        [[by.one(ODD_NAMES), value]],
      ]),
    );
  }
  return pairs;
}

function encoded(pairs: readonly Pair[], way: Way, picture: Buffer, by: Chance): { readonly type: string; readonly body: Buffer } {
  if (way === "urlencoded")
    return { type: "application/x-www-form-urlencoded", body: Buffer.from(new URLSearchParams(pairs.map(twoOf)).toString()) };
  if (way === "multipart") return { type: "multipart/form-data; boundary=b", body: multipart(pairs, picture, by) };
  const values = pairs.map(([name, value]) => [name, by.one([value, value, Number(value), null, [value], { value }])]);
  return { type: "application/json", body: Buffer.from(JSON.stringify(Object.fromEntries(values))) };
}

function twoOf([name, value]: Pair): [name: string, value: string] {
  return [name, value];
}

function multipart(pairs: readonly Pair[], picture: Buffer, by: Chance): Buffer {
  const parts = pairs.map(([name, value]) => Buffer.from(`--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
  if (by.happens(0.5)) {
    const disposition = `content-disposition: form-data; name="photos"; filename="${by.one(ODD_VALUES)}"`;
    const head = `--b\r\n${disposition}\r\ncontent-type: image/jpeg\r\n\r\n`;
    const bytes = by.happens(0.3) ? picture : by.one([Buffer.alloc(0), mutatedBytes(picture, by), Buffer.from("GIF89a")]);
    parts.push(Buffer.concat([Buffer.from(head), bytes, Buffer.from("\r\n")]));
  }
  return Buffer.concat([...parts, Buffer.from("--b--\r\n")]);
}

function mutatedBytes(bytes: Buffer, by: Chance): Buffer {
  const at = by.below(bytes.length + 1);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (by.below(5)) {
    case 0:
      return before;
    case 1:
      return after;
    case 2:
      return Buffer.concat([before, Buffer.of(by.below(256), by.below(256)), after]);
    case 3:
      return Buffer.concat([before, after.subarray(by.below(20))]);
    default:
      return Buffer.concat([before, Buffer.from(by.one(["%", "%zz", "&", "=", "\0", "\r\n", '"', "--b", "{", ","])), after.subarray(1)]);
  }
}
