import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lightOf, LIGHTS, STATUSES, type Status } from "#ledger/problem";
import { newId } from "#platform/ids";
import { addDays } from "#platform/instant";
import { searchText, searchVector } from "#platform/search-words";
import { aTown, aTownBeside, AT, type ATown } from "#test/town";
import { readDirectory } from "./directory.ts";
import { countListed } from "./count-listed.ts";
import { filterQuery, ProblemFilter, WHOLE_LEDGER } from "./problem-filter.ts";
import { listInHand, listProblems } from "./problem-list.ts";
import { rememberedTotals } from "./remembered-totals.ts";

const TODAY = "2026-07-28";

type Row = {
  readonly sequence: number;
  readonly title?: string;
  readonly status?: Status;
  readonly dueOn?: string | null;
  readonly amberOn?: string | null;
  readonly rectifiedOn?: string | null;
  readonly theme?: string;
};

async function put(
  { town, cast, units, categories, campaign }: Pick<ATown, "town" | "cast" | "units" | "categories" | "campaign">,
  rows: readonly Row[],
): Promise<void> {
  const prefix = town.id === "shili" ? "SL" : "LZ";
  await town.db
    .insertInto("ledger.problem")
    .values(
      rows.map(
        ({ sequence, title = "一件事", status = "assigned", dueOn = "2026-08-10", amberOn = null, rectifiedOn = null, theme = null }) => {
          const number = `${prefix}-2026-${String(sequence).padStart(4, "0")}`;
          return {
            town: town.id,
            id: newId(AT),
            number,
            ordinal: 20_260_000_000 + sequence,
            status,
            title,
            category: categories.help,
            campaign,
            theme,
            leaders: [cast.liHe.id],
            unit: units.ecology,
            measures: ["办"],
            goal: "办好",
            due_on: dueOn,
            original_due_on: dueOn,
            amber_on: amberOn,
            resume_on: status === "suspended" ? "2026-09-01" : null,
            rectified_on: rectifiedOn,
            closed_on: status === "closed" ? "2026-07-20" : null,
            opened_at: AT,
            opened_on: TODAY,
            search: searchVector(town.id, number, title),
            search_text: searchText(number, title),
          };
        },
      ),
    )
    .execute();
}

const asked = ({ town }: Pick<ATown, "town">) => ({
  town,
  at: AT,
  remembered: () => readDirectory(town),
  names: () => readDirectory(town),
});

const found = async (t: Pick<ATown, "town">, filter: Partial<ProblemFilter>) =>
  (await listProblems(asked(t), { ...WHOLE_LEDGER, ...filter })).problems.map(({ ordinal }) => ordinal - 20_260_000_000);

test("the light a list is filtered by is the light the page shows", async (context) => {
  const t = await aTown(context);
  const near = fc.integer({ min: -3, max: 3 }).map((days) => addDays(TODAY, days));
  const rows = fc.sample(
    fc.record({ status: fc.constantFrom(...STATUSES), dueOn: fc.option(near), amberOn: fc.option(near), rectifiedOn: near }).map((row) => {
      const free = row.status === "opened" || row.status === "dismissed";
      const done = row.status === "rectified" || row.status === "verified" || row.status === "closed";
      return { ...row, dueOn: free ? row.dueOn : (row.dueOn ?? TODAY), rectifiedOn: done ? row.rectifiedOn : null };
    }),
    400,
  );
  await put(
    t,
    rows.map((row, i) => ({ ...row, sequence: i + 1 })),
  );
  const seen = new Set<number>();
  for (const light of LIGHTS) {
    let before: string | null = null;
    do {
      const page = await listProblems(asked(t), { ...WHOLE_LEDGER, light, before, limit: 100 });
      for (const problem of page.problems) {
        assert.equal(lightOf(problem, TODAY), light, JSON.stringify(problem));
        seen.add(problem.ordinal);
      }
      before = page.next;
    } while (before !== null);
  }
  assert.equal(seen.size, rows.length);
});

test("pages turn by number, without gap or repeat", async (context) => {
  const t = await aTown(context);
  await put(
    t,
    Array.from({ length: 45 }, (_, i) => ({ sequence: i + 1 })),
  );
  const turned: number[] = [];
  let before: string | null = null;
  do {
    const page = await listProblems(asked(t), { ...WHOLE_LEDGER, before });
    turned.push(...page.problems.map(({ ordinal }) => ordinal - 20_260_000_000));
    before = page.next;
  } while (before !== null);
  assert.deepEqual(
    turned,
    Array.from({ length: 45 }, (_, i) => 45 - i),
  );
});

test("a word is found by what stands in the text, common or rare, beyond the newest entries too", async (context) => {
  const t = await aTown(context);
  await put(t, [
    { sequence: 1, title: "东塘村水渠堵塞 100%_" },
    ...Array.from({ length: 700 }, (_, i) => ({ sequence: i + 2, title: "路灯不亮 street lamp" })),
  ]);
  assert.deepEqual(await found(t, { q: "水渠" }), [1]);
  assert.deepEqual(await found(t, { q: "渠堵" }), [1]);
  assert.deepEqual(await found(t, { q: "渠" }), [1]);
  assert.deepEqual(await found(t, { q: "路灯", limit: 3 }), [701, 700, 699]);
  assert.deepEqual(await found(t, { q: "灯不 LAMP", limit: 1 }), [701]);
  assert.deepEqual(await found(t, { q: "100%_" }), [1]);
  assert.deepEqual(await found(t, { q: "%" }), []);
  assert.deepEqual(await found(t, { q: "没有这句话" }), []);
  assert.equal((await found(t, { q: "路灯", before: "SL-2026-0100", limit: 100 })).length, 98);
});

test("a number is found whole or in part, wherever it stands in the ledger", async (context) => {
  const t = await aTown(context);
  await put(
    t,
    Array.from({ length: 650 }, (_, i) => ({ sequence: i + 1 })),
  );
  for (const typed of ["SL-2026-0007", "sl-2026-0007", "2026-0007", "0007"]) assert.deepEqual(await found(t, { q: typed }), [7], typed);
  assert.ok((await found(t, { q: "7", limit: 100 })).includes(7));
});

test("a filter has one address, and empty fields of a form mean nothing", () => {
  const filter = ProblemFilter.parse({ status: "", theme: "", light: "red", q: "  路灯  ", before: "", village: "" });
  assert.equal(filterQuery(filter), `light=red&q=${encodeURIComponent("路灯")}`);
  assert.deepEqual(ProblemFilter.parse(Object.fromEntries(new URLSearchParams(filterQuery(filter)))), filter);
  assert.equal(filterQuery(WHOLE_LEDGER), "");
});

test("a town lists only its own problems, and an empty list still knows the version of its names", async (context) => {
  const t = await aTown(context);
  const beside = await aTownBeside(t.town);
  await put(t, [{ sequence: 1, title: "路灯不亮" }]);
  const page = await listProblems(asked(beside), { ...WHOLE_LEDGER, q: "路灯" });
  assert.deepEqual(page.problems, []);
  assert.ok(page.version > 0);
});

test("what is in hand comes with the most urgent first", async (context) => {
  const t = await aTown(context);
  await put(t, [
    { sequence: 1, dueOn: "2026-09-01" },
    { sequence: 2, dueOn: "2026-07-01" },
    { sequence: 3, status: "closed", rectifiedOn: "2026-07-01" },
    { sequence: 4, dueOn: "2026-08-01" },
  ]);
  assert.deepEqual(
    (await listInHand(t.town, 2)).problems.map(({ ordinal }) => ordinal - 20_260_000_000),
    [2, 4],
  );
});

test("in every order the pages hold every entry of the filter once: what presses in front, the others newest first", async (context) => {
  const t = await aTown(context);
  const near = fc.integer({ min: -3, max: 3 }).map((days) => addDays(TODAY, days));
  const some = fc.sample(fc.record({ status: fc.constantFrom(...STATUSES), dueOn: near, isDue: fc.boolean() }), 90);
  const rows = some.map(({ status, dueOn, isDue }, i) => {
    const done = status === "rectified" || status === "verified" || status === "closed";
    const title = i % 3 === 0 ? "路灯不亮" : "水渠堵塞";
    return { sequence: i + 1, status, title, dueOn: status === "opened" && !isDue ? null : dueOn, rectifiedOn: done ? TODAY : null };
  });
  await put(t, rows);
  const presses = {
    urgent: ({ status, dueOn, sequence }: (typeof rows)[number]) =>
      status === "opened" || status === "assigned" ? `${dueOn ?? "9999"} ${String(sequence).padStart(4, "0")}` : null,
    waiting: ({ status, sequence }: (typeof rows)[number]) =>
      ["opened", "assigned", "rectified", "verified"].includes(status) ? String(sequence).padStart(4, "0") : null,
    newest: () => null,
  };
  const byTurn = (one: string | null, other: string | null) => ((one ?? "") < (other ?? "") ? -1 : 1);
  for (const order of ["newest", "urgent", "waiting"] as const) {
    for (const q of ["", "路灯"]) {
      const those = rows.filter(({ title }) => q === "" || title.includes(q));
      const pressing = presses[q === "" ? order : "newest"];
      const front = those.filter((row) => pressing(row) !== null).toSorted((a, b) => byTurn(pressing(a), pressing(b)));
      const others = those.filter((row) => pressing(row) === null).toReversed();
      const turned: number[] = [];
      let filter = ProblemFilter.parse({ order, q, limit: 7 });
      for (let more = true; more;) {
        const page = await listProblems(asked(t), filter);
        turned.push(...page.problems.map(({ ordinal }) => ordinal - 20_260_000_000));
        more = page.next !== null;
        filter = ProblemFilter.parse(Object.fromEntries(new URLSearchParams(filterQuery({ ...filter, before: page.next }))));
      }
      assert.deepEqual(
        turned,
        [...front, ...others].map(({ sequence }) => sequence),
        `${order} ${q}`,
      );
    }
  }
});

test("a list says how many entries it has; beyond a thousand it says at least so many", async (context) => {
  const t = await aTown(context);
  const counted = async (filter: Partial<ProblemFilter>) => {
    const whole = { ...WHOLE_LEDGER, ...filter };
    return countListed({ ...asked(t), totals: rememberedTotals() }, whole, await listProblems(asked(t), whole));
  };
  assert.deepEqual(await counted({}), { count: 0, isExact: true });
  const status = (sequence: number) => (sequence % 4 === 0 ? "closed" : "assigned");
  await put(
    t,
    Array.from({ length: 60 }, (_, i) => ({ sequence: i + 1, status: status(i + 1), rectifiedOn: i % 4 === 3 ? TODAY : null })),
  );
  await t.town.db.insertInto("ledger.number_given").values({ town: t.town.id, year: 2026, last: 60 }).execute();
  assert.deepEqual(await counted({}), { count: 60, isExact: true });
  assert.deepEqual(await counted({ before: "SL-2026-0030", order: "urgent" }), { count: 60, isExact: true });
  assert.deepEqual(await counted({ status: "closed" }), { count: 15, isExact: true });
  assert.deepEqual(await counted({ unit: t.units.ecology, status: "assigned", light: "green" }), { count: 45, isExact: true });
  assert.deepEqual(await counted({ q: "一件事", limit: 100 }), { count: 60, isExact: true });
  assert.equal(await counted({ q: "一件事" }), null);
  await put(
    t,
    Array.from({ length: 1000 }, (_, i) => ({ sequence: i + 61 })),
  );
  assert.deepEqual(await counted({ unit: t.units.ecology, status: "closed", limit: 10 }), { count: 11, isExact: false });
  assert.deepEqual(await counted({ campaign: t.campaign }), { count: 1000, isExact: false });
});
