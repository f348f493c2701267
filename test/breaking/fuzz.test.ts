import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { API_ROUTES } from "#doors/api/routes";
import { boundsOf, type Kind } from "#doors/bounds";
import { LOG_ROUTES } from "#doors/log/routes";
import { ROUTES } from "#doors/web/routes";
import { aPicture } from "#test/breaking/reporter";
import { chance, mutated, type Way } from "#test/breaking/sent-forms";
import { formsAt, pagesOf } from "#test/every-form";
import type { Form } from "#test/forms";
import { anOpenHouse, type OpenHouse } from "#test/open-house";

/** SANWEN_FUZZ=100000 is a long night; SANWEN_FUZZ_SEED another one. */
const BODIES = Number(process.env["SANWEN_FUZZ"] ?? 300);
const SEED = Number(process.env["SANWEN_FUZZ_SEED"] ?? 1);
/** After so many bodies nothing in a town is as it was: then another town is asked. */
const A_TOWN = 1000;
const LANES = 4;
const GROWTH_BYTES = 24 * 1024 * 1024;

/** Every route that takes a body, and its kind; those that only end a session would leave nobody to ask the others. */
const POSTS: readonly (readonly [name: string, kind: Kind])[] = [
  ...ROUTES.map(({ name, kind }) => [name, kind] as const),
  ...Object.entries(API_ROUTES),
  ...Object.entries(LOG_ROUTES),
].filter(([name]) => name.startsWith("POST ") && !/\/(sign-out|leave|disable|reset-password)$/.test(name));

type Target = { readonly name: string; readonly way: Way; readonly forms: readonly Form[] };

/** The forms of every route as a living town's pages show them; of routes that no page shows, some words. */
async function targetsIn(house: OpenHouse): Promise<readonly Target[]> {
  const shown = new Map<string, Form>();
  for (const page of await pagesOf(house))
    for (const [, form] of await formsAt(page, () => true)) if (form.method === "post") shown.set(form.action, form);
  const words = Object.entries({
    title: "路灯不亮",
    reason: "查过了",
    text: "已经修好",
    category: house.categories.help,
    code: "7Q4KM-2XD9H",
  });
  return POSTS.map(([name, kind]) => {
    const path = name.slice("POST ".length);
    const fits = new RegExp(`^${path.replaceAll(/:[a-z0-9A-Z]+/g, "[^/]+")}$`);
    const forms = [...shown.values()].filter(({ action }) => fits.test(action));
    const fields = words.map(([name, value]) => ({ name, value, isTyped: true, isSecret: false }));
    const unshown = {
      action: path
        .replace(":report", house.reports[0] ?? "")
        .replace(":number", "SL-2026-0001")
        .replaceAll(/:[a-z0-9A-Z]+/g, "0"),
      method: "post",
      fields,
      files: [],
    };
    const way = path.startsWith("/api/") ? "json" : boundsOf(kind).files > 0 ? "multipart" : "urlencoded";
    return { name, way, forms: forms.length === 0 ? [unshown] : forms };
  });
}

type Fuzz = { readonly house: OpenHouse; readonly targets: readonly Target[]; readonly picture: Buffer };

/** Sends the mutated forms of these turns; what went wrong, in words. */
async function fuzz(t: TestContext, { house, targets, picture }: Fuzz, from: number, to: number): Promise<readonly string[]> {
  const wrong: string[] = [];
  const statuses: number[] = [];
  const turns = Array.from({ length: to - from }, (_, i) => from + i).values();
  const lane = async () => {
    for (const turn of turns) {
      const by = chance(SEED * 1_000_003 + turn);
      const { name, way, forms } = by.one(targets);
      const form = by.one(forms);
      const { type, body } = mutated(form, way, picture, by);
      const headers = new Headers(type === null ? {} : { "content-type": type });
      const { status } = await house.ask(form.action, { method: "POST", headers, body: new Uint8Array(body) });
      statuses.push(status);
      if (status >= 500 && status !== 503) wrong.push(`${turn} ${name} answers ${status}: ${house.logged.at(-1) ?? ""}`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  t.diagnostic(JSON.stringify(counted(statuses)));
  return wrong;
}

function counted(statuses: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(statuses, (status) => status)].map(([status, all]) => [status, all.length]));
}

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

function heapBytes(): number {
  assert.ok(typeof collectGarbage === "function");
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test("whatever is wrong with a form, it is answered in words, and nothing of it stays in memory", { timeout: 36_000_000 }, async (t) => {
  const picture = Buffer.from(await aPicture());
  const heaps: number[] = [];
  const towns = Math.ceil(BODIES / A_TOWN);
  const begins = (half: number) => Math.floor((half * BODIES) / (2 * towns));
  for (let town = 0; town < towns; town += 1) {
    await t.test(`town ${town + 1} of ${towns}`, async (t) => {
      const house = await anOpenHouse(t);
      const targets = await targetsIn(house);
      const wrong: string[] = [];
      for (const half of [2 * town, 2 * town + 1]) {
        wrong.push(...(await fuzz(t, { house, targets, picture }, begins(half), begins(half + 1))));
        heaps.push(heapBytes());
      }
      assert.deepEqual(wrong, []);
    });
  }
  const grown = (heaps.at(-1) ?? 0) - (heaps[towns - 1] ?? 0);
  t.diagnostic(`${BODIES} bodies, seed ${SEED}: ${heaps.map((bytes) => Math.round(bytes / 1024 / 1024)).join(" ")} MB`);
  assert.ok(grown < GROWTH_BYTES, `the heap grew by ${grown} bytes in the second half`);
});
