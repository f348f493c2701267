import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { CannotStart } from "./cannot-start.ts";
import { lockDataFolder } from "./data-folder.ts";

async function aFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sanwen-lock-"));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

/** Another program that asks for the folder's lock, says "held" or the refusal, and stays. */
async function anotherProgram(t: TestContext, folder: string) {
  const script = `
    import { lockDataFolder } from ${JSON.stringify(import.meta.resolve("./data-folder.ts"))};
    await lockDataFolder(process.argv[1]).then(() => console.log("held"), (error) => console.log(error.en));
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script, folder], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  const [said] = await once(child.stdout, "data");
  return { pid: child.pid, said: String(said).trim(), end: async () => void (child.kill("SIGKILL"), await once(child, "exit")) };
}

test("a folder that is held is refused with the holder's pid, and free again once released", async (t) => {
  const folder = await aFolder(t);
  const lock = await lockDataFolder(folder);
  await assert.rejects(lockDataFolder(folder), (error) => error instanceof CannotStart && error.en.includes(`pid ${process.pid}`));
  assert.match((await anotherProgram(t, folder)).said, new RegExp(`pid ${process.pid}`));
  await lock.release();
  assert.equal((await anotherProgram(t, folder)).said, "held");
});

test("a program that was killed holds nothing", async (t) => {
  const folder = await aFolder(t);
  const killed = await anotherProgram(t, folder);
  assert.equal(killed.said, "held");
  await killed.end();
  await (await lockDataFolder(folder)).release();
});

test("a number left behind that now belongs to another process holds nothing", async (t) => {
  const folder = await aFolder(t);
  await writeFile(join(folder, "program.pid"), String(process.ppid));
  await (await lockDataFolder(folder)).release();
});

test("of many programs that start at once on the folder of a killed one, exactly one gets it", async (t) => {
  const folder = await aFolder(t);
  await (await anotherProgram(t, folder)).end();
  const starters = await Promise.all(Array.from({ length: 6 }, () => anotherProgram(t, folder)));
  const holders = starters.filter(({ said }) => said === "held");
  assert.equal(holders.length, 1);
  for (const { said } of starters.filter((starter) => starter !== holders[0])) assert.match(said, new RegExp(`pid ${holders[0]?.pid}`));
});
