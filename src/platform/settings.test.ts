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
    databaseAppUrl: null,
    keyFile: resolve("data/key"),
    algorithms: "international",
    trustedProxies: ["127.0.0.0/8", "::1"],
    callGateway: null,
    identityProvider: null,
  });
});

test("a second login for the application needs a database that it is a login of", () => {
  const app = "postgres://sanwen_app:secret@db/sanwen";
  assert.match(wrong({ DATABASE_APP_URL: app }).join(), /beside DATABASE_URL/);
  assert.deepEqual(wrong({ DATABASE_APP_URL: app, DATABASE_URL: "postgres://sanwen:secret@db/sanwen" }), []);
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

test("national algorithms and a call gateway are asked for by name; a gateway with a password in its address is refused", () => {
  const read = readSettings({
    SANWEN_ALGORITHMS: "national",
    SANWEN_CALL_GATEWAY: "https://call.example/connect",
    SANWEN_CALL_TOKEN: "t0ken",
  });
  assert.ok(!("wrong" in read));
  assert.equal(read.algorithms, "national");
  assert.deepEqual(read.callGateway, { url: new URL("https://call.example/connect"), token: "t0ken" });
  assert.match(wrong({ SANWEN_ALGORITHMS: "none" })[0] ?? "", /^SANWEN_ALGORITHMS is wrong/);
  assert.match(wrong({ SANWEN_CALL_GATEWAY: "https://me:secret@call.example/" })[0] ?? "", /^SANWEN_CALL_GATEWAY is wrong/);
});

test("proxies are addresses and blocks of addresses, and nothing else", () => {
  const read = readSettings({ SANWEN_TRUSTED_PROXIES: "127.0.0.1, 10.0.0.0/8,fd00::/8" });
  assert.deepEqual("wrong" in read ? null : read.trustedProxies, ["127.0.0.1", "10.0.0.0/8", "fd00::/8"]);
  for (const nonsense of ["proxy.example", "10.0.0.0/33", "::1/129", "10.0.0.0/8/9", "10.0.0.0/", "127.0.0.1,", "*"])
    assert.equal(wrong({ SANWEN_TRUSTED_PROXIES: nonsense }).length, 1, nonsense);
});
