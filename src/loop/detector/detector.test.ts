import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import sharp from "sharp";
import { addDays, startOf, type Day } from "#platform/instant";
import { transact, type Town } from "#platform/town";
import { mirrored, TOO_PLAIN } from "#evidence/look";
import { lookOf } from "#evidence/own-picture";
import { aClosing, aGround, aReportAbout, detect, type Closing, type Ground } from "#test/closings";
import { aPlace, dice, DISGUISES, photographed } from "#test/photographed";
import { aTown } from "#test/town";
import type { FlagKind } from "#verification/flag";
import { flagSkippedLookBacks } from "./flag-skipped-look-backs.ts";
import { listFlags, flagsOf } from "#verification/queries";

const FIRST_DAY = "2023-05-01";
const DAYS = 1050;

async function aGroundOf(t: TestContext, seed: number): Promise<Ground> {
  return aGround(await aTown(t), dice(seed));
}

function hour(day: Day, hours: number): Date {
  return new Date(startOf(day).getTime() + hours * 3_600_000);
}

/** What happened is looked at, and what time brings in its time, if only once a fortnight. */
async function watch(ground: Ground, days = DAYS + 120): Promise<void> {
  await detect(ground, startOf(FIRST_DAY));
  for (let day = 0; day <= days; day += 14) await flagSkippedLookBacks(ground.town, startOf(addDays(FIRST_DAY, day)));
}

async function flagged(town: Town): Promise<ReadonlyMap<string, ReadonlySet<FlagKind>>> {
  const rows = await town.db.selectFrom("verification.flag").select(["problem", "kind"]).execute();
  const kinds = new Map<string, Set<FlagKind>>();
  for (const { problem, kind } of rows) kinds.set(problem, (kinds.get(problem) ?? new Set()).add(kind));
  return kinds;
}

test("of a thousand honest closings at most ten are flagged", async (t) => {
  const ground = await aGroundOf(t, 2026);
  const { roll, town } = ground;
  await transact(town, async (town) => {
    for (let i = 0; i < 1000; i++) await aClosing({ ...ground, town }, addDays(FIRST_DAY, Math.floor((i * (DAYS - 40)) / 1000)));
  });
  for (let i = 0; i < 1300; i++) await aReportAbout(ground, hour(addDays(FIRST_DAY, Math.floor(roll() * DAYS)), 8 + roll() * 12));
  await watch(ground);
  const kinds = [...(await flagged(town)).values()].flatMap((of) => [...of]);
  const counts = Object.fromEntries([...new Set(kinds)].map((kind) => [kind, kinds.filter((one) => one === kind).length]));
  const { size } = await flagged(town);
  t.diagnostic(`${size} of 1000 honest closings flagged: ${JSON.stringify(counts)}`);
  assert.ok(size <= 10, `${size} are flagged: ${JSON.stringify(counts)}`);
});

/** Fakes of one kind, planted among honest closings; every one must be flagged for it. */
type Planting = (ground: Ground, day: Day, photo: () => Promise<Buffer>) => Promise<readonly Closing[]>;

const DONE = "环卫所十二日到菜市场后门清走积存垃圾三车，冲洗地面两遍，与摊主约定每天收摊时自己带走。";

const PLANTED: readonly (readonly [FlagKind, string, Planting])[] = [
  ...Object.entries(DISGUISES).map(([how, disguise]): readonly [FlagKind, string, Planting] => [
    "same-photo",
    `one photo after two problems, ${how}`,
    async (ground, day, photo) => {
      const after = await photo();
      const first = await aClosing(ground, day, { photos: { before: await photo(), after } });
      const second = await aClosing(ground, addDays(day, 9), { photos: { before: await photo(), after: await disguise(after) } });
      await detect(ground, startOf(addDays(day, 20)));
      assert.ok((await flagged(ground.town)).get(first.problem)?.has("same-photo") !== true, "the first of two is not to blame");
      return [second];
    },
  ]),
  ...["sent as it was", "compressed hard", "made half as large", "seen in a mirror"].map((how): readonly [FlagKind, string, Planting] => [
    "same-photo",
    `the photo before is the photo after, ${how}`,
    async (ground, day, photo) => {
      const before = await photo();
      const after = (await DISGUISES[how]?.(before)) ?? before;
      const other = how === "sent as it was" ? await DISGUISES["made brighter"]?.(before) : after;
      return [await aClosing(ground, day, { photos: { before, after: other ?? after } })];
    },
  ]),
  [
    "same-text",
    "the words of another closing",
    async (ground, day) => [await aClosing(ground, day, { done: DONE }), await aClosing(ground, addDays(day, 40), { done: DONE })].slice(1),
  ],
  [
    "same-text",
    "the words of another closing with another day and number",
    async (ground, day) => {
      await aClosing(ground, day, { done: DONE });
      return [await aClosing(ground, addDays(day, 90), { done: DONE.replace("十二日", "二十日").replace("三车", "两车") })];
    },
  ],
  [
    "same-text",
    "a closing statement copied word for word",
    async (ground, day) => {
      const statement = "经现场查看与走访五户群众，积水已排净，沟渠畅通，群众表示满意，复核人员签字确认，同意销号。";
      await aClosing(ground, day, { statement });
      return [await aClosing(ground, addDays(day, 25), { statement })];
    },
  ],
  [
    "last-moment",
    "closed twenty minutes before the office shuts on its due day",
    async (ground, day) => [
      await aClosing(ground, day, { declaredAt: hour(addDays(day, 8), 10), closedAt: hour(addDays(day, 21), 17 + 1 / 6), silent: true }),
    ],
  ],
  [
    "last-moment",
    "declared rectified on its last afternoon, and nothing written before",
    async (ground, day) => [await aClosing(ground, day, { declaredAt: hour(addDays(day, 21), 17.4), noProgress: true })],
  ],
  [
    "last-moment",
    "declared rectified an hour before midnight of its due day",
    async (ground, day) => [await aClosing(ground, day, { declaredAt: hour(addDays(day, 21), 23), noProgress: true })],
  ],
  [
    "one-sitting",
    "six numbers struck off within ten minutes",
    (ground, day) => Promise.all([0, 1, 2, 3, 4, 5].map((i) => aClosing(ground, day, { closedAt: hour(addDays(day, 30), 16 + i / 30) }))),
  ],
  [
    "one-sitting",
    "four checks on site within a quarter of an hour",
    (ground, day) =>
      Promise.all(
        [0, 1, 2, 3].map((i) =>
          aClosing(ground, day, { declaredAt: hour(addDays(day, 9), 10), checkedAt: hour(addDays(day, 10), 15 + i / 15) }),
        ),
      ),
  ],
  [
    "came-back",
    "the same matter reported again 120 metres away, in other words",
    async (ground, day) => {
      const closing = await located(ground, day);
      await aReportAbout(ground, new Date(closing.closedAt.getTime() + 12 * 86_400_000), {
        closing,
        title: inOtherWords(await titleOf(ground, closing)),
        metres: 120,
      });
      return [closing];
    },
  ],
  [
    "came-back",
    "the same matter reported again from the same village, without a position",
    async (ground, day) => {
      const closing = await aClosing(ground, day);
      await aReportAbout(ground, new Date(closing.closedAt.getTime() + 28 * 86_400_000), {
        closing,
        title: `还是${await titleOf(ground, closing)}，才好了几天`,
        metres: null,
      });
      return [closing];
    },
  ],
  [
    "one-hand",
    "three satisfied answers from one device",
    (ground, day) =>
      Promise.all([0, 1, 2].map((i) => answeredBy(ground, day, i, { device: "one device", address: `address of its own ${i}` }))),
  ],
  [
    "one-hand",
    "four satisfied answers from one address",
    (ground, day) =>
      Promise.all([0, 1, 2, 3].map((i) => answeredBy(ground, day, i, { device: `device of its own ${i}`, address: "one address" }))),
  ],
  ["look-back-skipped", "a look-back nobody did", async (ground, day) => [await aClosing(ground, day, { skipsLookBack: true })]],
];

function answeredBy(ground: Ground, day: Day, i: number, hand: { readonly device: string; readonly address: string }): Promise<Closing> {
  return aClosing(ground, day, {
    declaredAt: hour(addDays(day, 9), 10),
    checkedAt: hour(addDays(day, 10), 9),
    hand,
    answeredAt: hour(addDays(day, 11), 9 + i / 6),
  });
}

async function titleOf({ town }: Ground, { problem }: Closing): Promise<string> {
  return (await town.db.selectFrom("ledger.problem").select("title").where("id", "=", problem).executeTakeFirstOrThrow()).title;
}

/** Another person says it in their own words: of those of the problem only one or two come back. */
function inOtherWords(title: string): string {
  return `怎么又${title.slice(-3)}，都一个星期了也没有人来看看`;
}

async function located(ground: Ground, day: Day): Promise<Closing> {
  const closing = await aClosing(ground, day);
  await ground.town.db.updateTable("ledger.problem").set({ lon: 114.35, lat: 27.8 }).where("id", "=", closing.problem).execute();
  return closing;
}

test("every planted fake is flagged for what it is", async (t) => {
  const missed: string[] = [];
  let planted = 0;
  for (const [seed, [kind, how, plant]] of PLANTED.entries()) {
    const ground = await aGroundOf(t, 40 + seed);
    const photo = async () => photographed(ground.roll, aPlace(ground.roll), "after");
    for (let i = 0; i < 8; i++) await aClosing(ground, addDays(FIRST_DAY, i * 3));
    const fakes = await plant(ground, addDays(FIRST_DAY, 30), photo);
    await watch(ground, 240);
    const found = await flagged(ground.town);
    planted += fakes.length;
    for (const { problem, number } of fakes) if (found.get(problem)?.has(kind) !== true) missed.push(`${kind}: ${how} (${number})`);
  }
  t.diagnostic(`${planted} fakes of ${PLANTED.length} plantings, ${missed.length} missed`);
  assert.deepEqual(missed, []);
});

test("a flag is raised once, is an event, and opens onto its evidence", async (t) => {
  const ground = await aGroundOf(t, 7);
  const { town } = ground;
  const photo = await photographed(ground.roll, aPlace(ground.roll), "after");
  const other = async () => photographed(ground.roll, aPlace(ground.roll), "before");
  const first = await aClosing(ground, FIRST_DAY, { photos: { before: await other(), after: photo } });
  const second = await aClosing(ground, addDays(FIRST_DAY, 9), { photos: { before: await other(), after: photo } });
  for (const day of [30, 31]) await detect(ground, startOf(addDays(FIRST_DAY, day)));
  const [flag] = await flagsOf(town, second.problem);
  assert.ok(flag?.kind === "same-photo");
  assert.equal(flag.about.other, first.number);
  assert.equal(flag.about.differs, 0);
  assert.equal(flag.state, "open");
  const events = await town.db.selectFrom("audit.event").select(["verb", "subject"]).where("verb", "=", "flag.raised").execute();
  assert.deepEqual(events, [{ verb: "flag.raised", subject: second.problem }]);
  assert.equal((await listFlags(town, { kind: "same-text", state: null, before: null })).flags.length, 0);
  assert.equal((await listFlags(town, { kind: "same-photo", state: "open", before: null })).flags.length, 1);
});

test("a picture is known in a mirror, and one too plain to be told from another is compared with nothing", async () => {
  const roll = dice(3);
  const photo = await photographed(roll, aPlace(roll), "before");
  const look = await lookOf(photo);
  const flipped = (await DISGUISES["seen in a mirror"]?.(photo)) ?? photo;
  assert.equal(mirrored(mirrored(look)), look);
  const turned = mirrored(look);
  const near = Array.from(await lookOf(flipped), (sign, at) => sign === turned[at]).filter((same) => !same).length;
  assert.ok(near <= 8, `${near}`);
  const plain = await sharp({ create: { width: 90, height: 60, channels: 3, background: "#8899aa" } })
    .jpeg()
    .toBuffer();
  assert.equal(await lookOf(plain), TOO_PLAIN);
});
