import assert from "node:assert/strict";
import { test } from "node:test";
import { aDataFolder, sanwen } from "#test/program-runs";
import { understand } from "./cli.ts";
import type { Roof } from "./roof.ts";
import { USAGE } from "./usage.ts";

/** A roof that only listens; a command line that makes no sense may open nothing. */
function listening() {
  const complaints: string[] = [];
  const unexpected = () => Promise.reject(new Error("nothing should be opened"));
  const roof: Roof = {
    settings: {
      port: 0,
      host: "127.0.0.1",
      dataFolder: "/nonexistent",
      origin: null,
      databaseUrl: null,
      databaseAppUrl: null,
      keyFile: "/nonexistent/key",
      algorithms: "international",
      callGateway: null,
      identityProvider: null,
      trustedProxies: ["127.0.0.0/8", "::1"],
    },
    print: (line) => complaints.push(`printed: ${line}`),
    complain: (line) => complaints.push(line),
    progress: () => undefined,
    now: () => new Date(0),
    start: unexpected,
    demo: unexpected,
    migrate: unexpected,
    visit: unexpected,
    untilStopped: unexpected,
  };
  return { roof, complaints };
}

const MAKES_NO_SENSE = [
  ["", "A command is missing"],
  ["frob", "There is no command frob"],
  ["start --fast", "'--fast'"],
  ["psql now", "'now'"],
  ["town", "After town comes add or list"],
  ["town remove", "After town comes add or list"],
  ["town add --id Shili --prefix SL --name-zh 镇 --name-en T", "The value of --id is wrong"],
  ["town add --id shili --prefix 1 --name-zh 镇 --name-en T", "The value of --prefix is wrong"],
  ["officer add --login a.b", "--name is missing"],
  ["officer add --login a.b --name 甲 --duty king", "The value of --duty is wrong"],
  ["officer reset", "--login is missing"],
] as const;

for (const [line, why] of MAKES_NO_SENSE) {
  test(`sanwen ${line} is refused: ${why}`, async () => {
    const { roof, complaints } = listening();
    assert.equal(await understand(line === "" ? [] : line.split(" "))(roof), 2);
    assert.ok(complaints[0]?.includes(why) === true && complaints[0].includes(USAGE), complaints.join("\n"));
  });
}

test("an unknown flag ends the process with 2 and writes only to standard error", async (t) => {
  const { code, out, err } = await sanwen(await aDataFolder(t), ["start", "--fast"]);
  assert.deepEqual([code, out], [2, ""]);
  assert.match(err, /npx sanwen start/);
});

test("sanwen help prints the usage", async (t) => {
  const { code, out } = await sanwen(await aDataFolder(t), ["help"]);
  assert.equal(code, 0);
  assert.match(out, /npx sanwen officer add/);
});

test("a town and its officers are kept from the command line, with the database started for each command", async (t) => {
  const folder = await aDataFolder(t);
  const run = async (...args: string[]) => sanwen(folder, args);
  assert.match((await run("town", "list")).out, /还没有镇 \/ There is no town yet/);
  assert.match(
    (await run("town", "add", "--id", "shili", "--prefix", "SL", "--name-zh", "示例镇", "--name-en", "Shili")).out,
    /已添加 示例镇（shili）/,
  );
  const again = await run("town", "add", "--id", "shili", "--prefix", "SL", "--name-zh", "示例镇", "--name-en", "Shili");
  assert.equal(again.code, 1);
  assert.match(again.err, /This town id or host name is taken/);
  assert.match((await run("log", "vkey")).out, /^localhost:\d+\/log\+[0-9a-f]{8}\+\S+$/m, "its log has a key from the beginning");
  const added = await run("officer", "add", "--login", "zhang.san", "--name", "张三", "--duty", "clerk,handler");
  assert.match(added.out, /已添加 张三（示例镇）[\s\S]*login {7}zhang\.san[\s\S]*password {2}\S{10,}/);
  const reset = await run("officer", "reset", "--login", "ZHANG.SAN");
  assert.equal(reset.code, 0);
  assert.notEqual(passwordIn(reset.out), passwordIn(added.out));
  assert.match(
    (await run("officer", "add", "--login", "li.si", "--name", "李四", "--unit", "没有")).err,
    /There is no such unit. There are: Shili/,
  );
  assert.match((await run("officer", "disable", "--login", "zhang.san")).out, /Closed the account zhang\.san/);
  assert.match((await run("officer", "disable", "--login", "wang.wu")).err, /There is no such login/);
});

test("the doctor looks at disk, database, clock and calendar", async (t) => {
  const { code, out } = await sanwen(await aDataFolder(t), ["doctor"]);
  assert.match(out, /disk free: [\d.]+ GB/);
  assert.match(out, /✓ 数据库 \/ database: PostgreSQL 18/);
  assert.match(out, /✓ 时钟与数据库相差/);
  assert.equal(code, 0);
});

test("the doctor, asked to look deep, hashes every file and compares every event with the log", async (t) => {
  const folder = await aDataFolder(t);
  assert.equal(
    (await sanwen(folder, ["town", "add", "--id", "shili", "--prefix", "SL", "--name-zh", "示例镇", "--name-en", "Shili"])).code,
    0,
  );
  const { code, out } = await sanwen(folder, ["doctor", "--deep"]);
  assert.match(out, /✓ 文件与日志相符 \/ files agree with the log, shili: 0, 0\.0 MB/);
  assert.equal(code, 0, out);
  assert.equal((await sanwen(folder, ["doctor", "--shallow"])).code, 2);
});

function passwordIn(text: string): string | undefined {
  return /password {2}(\S+)/.exec(text)?.[1];
}
