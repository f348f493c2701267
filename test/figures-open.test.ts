import assert from "node:assert/strict";
import { test } from "node:test";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { tellOverdue } from "#intake/tell-overdue";
import { actOn, aProblem, aVerifiedProblem, on } from "#test/desk";
import { countedUp } from "./counted-up.ts";
import { aDoor, textOf } from "./door.ts";
import { livingLedger } from "./living-ledger.ts";
import { aTown, type ATown } from "./town.ts";

type Open = (path: string) => Promise<string>;

/** The links of a page with what stands in them. */
function linksOn(page: string): readonly { readonly href: string; readonly says: string }[] {
  return [...page.matchAll(/<a\s[^>]*?href="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)].map(([, href = "", inside = ""]) => ({
    href: href.replaceAll("&amp;", "&"),
    says: textOf(inside).trim(),
  }));
}

/** Everything behind a number, all its pages: how many lines, and what they add to a share. */
async function entriesAt(open: Open, href: string) {
  let [lines, counted, of] = [0, 0, 0];
  for (let next: string | undefined = href; next !== undefined;) {
    const page = await open(next);
    const [lists = ""] = page.split('<section class="sheet"'); // the secretary's town stands under what waits for them
    const bodies = [...lists.matchAll(/<tbody>[\s\S]*?<\/tbody>/g)].map(([body]) => body).join("");
    const rows = [...bodies.matchAll(/<tr>[\s\S]*?<\/tr>/g)].map(([row]) => row);
    lines += rows.length;
    for (const row of rows) {
      const [, adds = "0", all = "0"] = /(\d+) \/ (\d+)/.exec(textOf(row)) ?? [];
      [counted, of] = [counted + Number(adds), of + Number(all)];
    }
    next = /<a[^>]*rel="next"[^>]*href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
  }
  return { lines, counted, of };
}

/** The number that an opened page shows itself, and the sum under its entries. */
async function shownAt(open: Open, href: string): Promise<string> {
  const page = await open(href);
  const value = /<p class="serif h1">([^<]*)<\/p>/.exec(page)?.[1] ?? "";
  const sum = textOf(/<tfoot>[\s\S]*?<\/tfoot>/.exec(page)?.[0] ?? "合计 0");
  return `${value} ${sum}`;
}

/** How the opened page shows what its link says: the same number, and the same sum. */
function shownFor(says: string): RegExp {
  const [, counted, of] = /^(\d+) \/ (\d+)$/.exec(says) ?? [];
  if (counted !== undefined) return new RegExp(`(^|= )${counted} ÷ ${of} .*${counted} / ${of} *$`);
  const [rate] = /^\d+\.\d%/.exec(says) ?? [];
  if (rate !== undefined) return new RegExp(`^${rate.replace(".", "\\.")} = `);
  const [count = ""] = /\d+/.exec(says) ?? [];
  return new RegExp(`^${count} .* ${count} *$`);
}

/** Whether a number is what its link opens onto; false when the link says no number. */
async function assertOpens(open: Open, href: string, says: string): Promise<boolean> {
  const share = /^(\d+) \/ (\d+)$/.exec(says);
  const rate = /^(\d+\.\d)%/.exec(says);
  const count = /\d+/.exec(says);
  if (share === null && rate === null && count === null) return false;
  const { lines, counted, of } = await entriesAt(open, href);
  if (href.startsWith("/figures/")) assert.match(await shownAt(open, href), shownFor(says), `${says} ${href}`);
  if (share !== null) assert.deepEqual([counted, of], [Number(share[1]), Number(share[2])], `${says} ${href}`);
  else if (rate !== null) assert.equal(((100 * counted) / of).toFixed(1), rate[1], `${says} ${href}`);
  else if (count !== null) assert.equal(lines, Number(count[0]), `${says} ${href}`);
  return true;
}

/** The figures as of the log: late replies told, and every event counted. */
async function countedAsOf({ town }: ATown, at: Date): Promise<void> {
  await tellOverdue(town, at);
  await countedUp(town);
}

/** A town with something behind every number: overdue, moved, silent, relapsed, late replies, dismissed. */
async function aBusyTown(t: ATown): Promise<void> {
  const { town, cast, categories } = t;
  await livingLedger(t);
  const relapsed = await aVerifiedProblem(t, 2);
  await actOn(t, relapsed, "post-notice", cast.zhengShang, on("2026-08-04"));
  await actOn(t, relapsed, "close", cast.zhengShang, on("2026-08-12"));
  await actOn(t, relapsed, "look-back", cast.fengZheng, on("2026-09-12"), { yes: false });
  const dismissed = await aProblem(t);
  await actOn(t, dismissed, "propose-dismissal", cast.zhengShang, on("2026-08-03"));
  await actOn(t, dismissed, "decide-dismissal", cast.qianWen, on("2026-08-03"));
  for (const day of ["2026-08-03", "2026-09-11", "2026-09-12"])
    await receiveReport(town, null, on(day), {
      ...ReceiveReport.parse({ title: `路灯不亮 ${day}`, category: categories.help }),
      channel: "web",
    });
}

test("every number about the town, a unit, a campaign opens onto exactly what it counts", async (context) => {
  const t = await aTown(context);
  await aBusyTown(t);
  await t.town.db.updateTable("people.policy").set({ few_entries: 1, password_days: 0 }).execute();
  const door = aDoor(t);
  door.clock.at = on("2026-09-14");
  await countedAsOf(t, door.clock.at);
  const open: Open = async (path) => {
    const response = await door.get(path);
    assert.equal(response.status, 200, path);
    return response.text();
  };
  const opened = new Set<string>();
  const openAll = async (path: string) => {
    for (const { href, says } of linksOn(await open(path)).filter((link) => link.href.startsWith("/figures/")))
      if (await assertOpens(open, href, says)) opened.add(href.replace(/=[^&]+/g, ""));
  };
  await openAll("/figures");
  await openAll("/"); // of the campaign under way
  await t.town.db.updateTable("ledger.campaign").set({ ends_on: "2026-08-31" }).execute();
  await openAll("/"); // of the whole ledger, once it is over
  for (const number of ["problems", "closed", "overdue", "extended", "resolution", "claim", "satisfaction", "on-time"])
    for (const circle of ["", "?unit", "?campaign"])
      assert.ok(opened.has(`/figures/${number}${circle}`), `${number}${circle} opens nothing`);
  for (const number of ["response", "relapse", "silent"]) assert.ok(opened.has(`/figures/${number}`), `${number} opens nothing`);
});

test("no number stands in the figures' tables without a way to what it counts", async (context) => {
  const t = await aTown(context);
  await aBusyTown(t);
  await countedAsOf(t, on("2026-09-14"));
  const page = await (await aDoor(t).get("/figures")).text();
  const cells = [...page.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, inside = ""]) => inside);
  const closed = cells.filter((cell) => /^\s*\d+/.test(cell));
  assert.deepEqual(closed, []);
  assert.ok(cells.length > 20);
});

test("every number of an officer's day opens onto exactly what waits", async (context) => {
  const t = await aTown(context);
  await aBusyTown(t);
  await t.town.db.updateTable("people.policy").set({ password_days: 0 }).execute();
  const door = aDoor(t);
  const seen = new Set<string>();
  for (const day of ["2026-07-28", "2026-08-06", "2026-09-14"]) {
    door.clock.at = on(day);
    for (const officer of Object.values(t.cast)) {
      const cookie = await door.cookieOf(officer);
      const open: Open = async (path) => (await door.get(path, cookie)).text();
      const page = await open("/office");
      for (const { href, says } of linksOn(page).filter((link) => link.href.startsWith("/office?only=")))
        if ((await assertOpens(open, href, says)) && !says.startsWith("0")) seen.add(href);
      for (const { href, says } of linksOn(/<aside[\s\S]*?<\/aside>/.exec(page)?.[0] ?? "")) {
        const count = /(\d+) /.exec(says);
        if (count !== null) assert.equal((await entriesAt(open, href)).lines, Number(count[1]), `${officer.name} ${says} ${href}`);
      }
    }
  }
  assert.ok(seen.size > 6, [...seen].join(" "));
});
