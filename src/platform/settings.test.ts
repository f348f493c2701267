import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { readSettings } from "./settings.ts";

function wrong(env: Record<string, string>): readonly string[] {
  const read = readSettings(env);
  return "wrong" in read ? read.wrong.map(({ en }) => en) : [];
}

test("without settings the program uses ./data, port 3000, this machine only, its own database", () => {
  assert.deepEqual(readSettings({}), {
    port: 3000,
    host: "127.0.0.1",
    dataFolder: resolve("data"),
    origin: null,
    databaseUrl: null,
    keyFile: resolve("data/key"),
  });
});

test("an empty variable counts as unset", () => {
  assert.deepEqual(readSettings({ PORT: "", DATABASE_URL: "" }), readSettings({}));
});

test("every wrong setting is named, all at once", () => {
  const complaints = wrong({ PORT: "80000", SANWEN_ORIGIN: "https://example.cn/path", DATABASE_URL: "mysql://root:secret@host/db" });
  assert.deepEqual(
    complaints.map((sentence) => sentence.split(" ")[0]),
    ["PORT", "SANWEN_ORIGIN", "DATABASE_URL"],
  );
});

test("a wrong DATABASE_URL is named without its password", () => {
  assert.doesNotMatch(wrong({ DATABASE_URL: "postgres:/root:secret@host" }).join(), /secret/);
});

for (const port of ["abc", "-1", "65536", "3000.5", "0x10", "99999999999"]) {
  test(`PORT=${port} is refused`, () => assert.equal(wrong({ PORT: port }).length, 1));
}

test("a name that only looks like a setting is refused, so that a slip of the pen is seen", () => {
  assert.match(wrong({ SANWEN_ORIGN: "https://example.cn" }).join(), /There is no setting SANWEN_ORIGN/);
});

test("an origin may end in a slash and be written in capitals", () => {
  const read = readSettings({ SANWEN_ORIGIN: "https://Sanwen.Example.cn/" });
  assert.equal("wrong" in read ? null : read.origin?.origin, "https://sanwen.example.cn");
});
