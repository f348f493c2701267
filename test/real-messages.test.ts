import assert from "node:assert/strict";
import { test } from "node:test";
import { countWaiting, InboxFilter, listInbox } from "#intake/inbox";
import { findReport } from "#intake/queries";
import { readRealMessages, REAL_MESSAGES, receiveRealMessages } from "./real-messages.ts";
import { aTown } from "./town.ts";

/** No village is meant by what is searched for. */
const nobody = () => [];

/** What is compared: no width, no case, and nothing that stands between words. */
function lettersOf(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

test("4,326 real messages become reports; the inbox lists, turns its pages and finds them", async (t) => {
  const messages = await readRealMessages();
  if (messages === null) return t.skip(`the real messages are not on this machine (${REAL_MESSAGES})`);
  assert.equal(messages.length, 4326);
  assert.ok(messages.every(({ at }) => at.getUTCFullYear() >= 2010 && at.getUTCFullYear() <= 2021));
  const { town, at, categories } = await aTown(t);
  const received = await receiveRealMessages(town, categories.complaint, messages);
  assert.equal(new Set(received.map(({ code }) => code)).size, 4326);
  assert.deepEqual(await countWaiting(town, at), { waiting: 1000, late: 0, withoutDay: 1000 });

  const seen = new Set<string>();
  let before: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listInbox>> = await listInbox(town, InboxFilter.parse({ before, limit: 100 }), nobody);
    for (const { id } of page.reports) seen.add(id);
    before = page.next;
  } while (before !== null);
  assert.equal(seen.size, 4326);

  for (const q of ["路灯", "噪音扰民", "A市", "公积金", "魅力之城", "垃圾 气味"]) {
    const pieces = q.toLowerCase().split(" ");
    const expected: number = messages.filter(({ title, details }) => {
      const [inTitle, inDetails] = [lettersOf(title), lettersOf(details)];
      return pieces.every((piece) => inTitle.includes(piece) || inDetails.includes(piece));
    }).length;
    const found = await allOf(q);
    assert.equal(found, expected, q);
  }
  assert.equal(await allOf("不可能出现的词语组合"), 0);

  async function allOf(q: string): Promise<number> {
    let count = 0;
    let from: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listInbox>> = await listInbox(town, InboxFilter.parse({ q, before: from, limit: 100 }), nobody);
      count += page.reports.length;
      from = page.next;
    } while (from !== null);
    return count;
  }

  const longest = messages.reduce((a, b) => (a.details.length >= b.details.length ? a : b));
  const one = (await listInbox(town, InboxFilter.parse({ q: longest.title.slice(0, 30) }), nobody)).reports[0];
  assert.ok(one);
  assert.ok((await findReport(town, one.id))?.details);
});
