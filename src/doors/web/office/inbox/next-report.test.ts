import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { findReport } from "#intake/queries";
import { aDoor, textOf } from "#test/door";
import { aReport, fieldsOf, key } from "#test/inbox";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

/** Five reports, the last due first; the second and the fourth ask for help. */
async function fiveWaiting(t: TestContext) {
  const its = await aTown(t);
  const reports: string[] = [];
  for (const i of [1, 2, 3, 4, 5]) {
    const category = i % 2 === 0 ? its.categories.help : its.categories.complaint;
    const { report } = await aReport(its, { title: `第${i}件`, details: `说了${i}遍`, category, place: `巷口${i}` });
    const due = new Date(its.at.getTime() + (10 - i) * 86_400_000);
    await its.town.db.updateTable("intake.report").set({ first_reply_due_at: due }).where("id", "=", report).execute();
    reports.push(report);
  }
  const door = aDoor(its);
  const cookie = await door.cookieOf(its.cast.qianWen);
  const addressOf = (i: number) => `/office/inbox/${reports[i - 1] ?? ""}`;
  const answer = async (i: number, filter = "") => {
    const sent = await door.post(`${addressOf(i)}/answer${filter}`, { form_key: key(i), text: `答复${i}` }, cookie);
    assert.equal(sent.status, 303);
    return sent.headers.get("location") ?? "";
  };
  return { ...its, reports, door, cookie, addressOf, answer };
}

test("a decision leads to the next that waits, most urgent first, at the end to those passed over, at last to the list", async (t) => {
  const { door, cookie, addressOf, answer } = await fiveWaiting(t);
  const first = await (await door.get("/office/inbox", cookie)).text();
  assert.ok(first.indexOf(addressOf(5)) < first.indexOf(addressOf(1)));
  assert.ok((await answer(4)).startsWith(`${addressOf(3)}?done=answer`), "the fifth was passed over");
  assert.ok((await answer(3)).startsWith(addressOf(2)));
  assert.ok((await answer(2)).startsWith(addressOf(1)));
  const back = await answer(1);
  assert.ok(back.startsWith(addressOf(5)));
  const page = await (await door.get(back, cookie)).text();
  await assertValid(page, "the next report, with the note");
  assert.match(textOf(page), /已答复。反映人凭回执号能看到。 第1件 · 东塘村， 巷口1 · 网上 撤销/);
  const list = await answer(5);
  assert.ok(list.startsWith("/office/inbox?done=answer"));
  const empty = await (await door.get(list, cookie)).text();
  await assertValid(empty, "the list, with the note");
  assert.match(textOf(empty), /第5件 · 东塘村， 巷口5 · 网上 撤销[\s\S]*没有符合条件的来件/);
});

test("the note on the next report's page takes back what was done to the one before", async (t) => {
  const { door, cookie, addressOf, answer, town, reports } = await fiveWaiting(t);
  const next = await (await door.get(await answer(5), cookie)).text();
  const undone = await door.post(`${addressOf(5)}/take-back`, fieldsOf(next, `${addressOf(5)}/take-back`), cookie);
  assert.equal(undone.headers.get("location"), `${addressOf(5)}?done=take-back`);
  assert.equal((await findReport(town, reports[4] ?? ""))?.status, "received");
  assert.equal((await findReport(town, reports[3] ?? ""))?.status, "received", "the one on the page is untouched");
  const stale = await (await door.get(`${addressOf(4)}?done=answer&of=${reports[4] ?? ""}`, cookie)).text();
  assert.doesNotMatch(stale, /data-undo/, "what was taken back is not taken back again");
});

test("a report carries the filter it was opened from, through its acts, to the next of that filter", async (t) => {
  const { door, cookie, addressOf, answer, categories, reports } = await fiveWaiting(t);
  const filter = `?category=${categories.help}`;
  const list = await (await door.get(`/office/inbox${filter}`, cookie)).text();
  assert.ok(list.includes(`href="${addressOf(4)}${filter}"`));
  const page = await (await door.get(`${addressOf(4)}${filter}`, cookie)).text();
  assert.ok(page.includes(`href="/office/inbox${filter}"`), "back to the list as it was filtered");
  assert.ok(page.includes(`href="${addressOf(4)}${filter}&amp;act=answer#acts"`));
  assert.ok((await answer(4, filter)).startsWith(`${addressOf(2)}${filter}&done=answer`), "the third is of another category");
  assert.ok((await answer(2, filter)).startsWith(`/office/inbox${filter}&done=answer&of=${reports[1] ?? ""}`));
  for (const id of ["nonsense", "00000000-0000-7000-8000-000000000000", ""])
    assert.equal((await door.get(`${addressOf(1)}?done=answer&of=${id}`, cookie)).status, 200, id);
});
