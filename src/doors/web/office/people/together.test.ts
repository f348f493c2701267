import assert from "node:assert/strict";
import { test } from "node:test";
import { addOfficer } from "#people/add-officer";
import { askTemporaryPassword } from "#people/ask-temporary-password";
import { findAccount } from "#people/queries";
import { aDoor, textOf } from "#test/door";
import { aTown, type ATown } from "#test/town";
import { assertValid } from "#test/valid-page";

/** Two officers who were just added, and the first halves of their passwords. */
async function twoNew({ town, cast, units, at }: ATown) {
  const add = async (login: string, name: string) => {
    const person = { login, name, titleZh: "", titleEn: "", unit: units.rural, duties: [], hash: null };
    const id = await addOfficer(town, cast.zhouXi, at, person);
    return { id, login, half: await askTemporaryPassword(town, cast.zhouXi, at, { officer: id, version: null }) };
  };
  return [await add("weiqin", "韦芹"), await add("fangyuan", "方元")] as const;
}

test("the security administrator gives several their duties and confirms their passwords in one form", async (t) => {
  const its = await aTown(t);
  const { town, cast, at } = its;
  const [weiQin, fangYuan] = await twoNew(its);
  const door = aDoor({ town, at });
  const cookie = await door.cookieOf(cast.wuAn);
  const drawn = await (await door.get("/office/people/together", cookie)).text();
  await assertValid(drawn, "/office/people/together");
  const version = (id: string) => new RegExp(`name="version_${id}" value="([0-9]+)"`).exec(drawn)?.[1] ?? "";
  assert.ok(!drawn.includes(`value="${cast.wuAn.id}:`), "nobody grants themselves anything");
  const ticks = [
    ["grant", `${weiQin.id}:handler`],
    ["grant", `${weiQin.id}:leader`],
    ["grant", `${fangYuan.id}:verifier`],
    ["confirm", weiQin.id],
    ["confirm", fangYuan.id],
    [`version_${weiQin.id}`, version(weiQin.id)],
    [`version_${fangYuan.id}`, version(fangYuan.id)],
  ] as const;
  const done = await door.post("/office/people/together", ticks, cookie);
  const page = await done.text();
  assert.equal(done.status, 200, textOf(page));
  assert.equal(page.match(/<li class="slip">/g)?.length, 2);
  assert.deepEqual([...((await findAccount(town, weiQin.id))?.duties ?? [])].toSorted(), ["handler", "leader"]);
  const second = /登录名 weiqin 后一半 (\S+)/.exec(textOf(page))?.[1] ?? "";
  const signed = await door.post("/office/sign-in", { sign_in_login: "weiqin", sign_in_password: `${weiQin.half}-${second}` });
  assert.equal(signed.headers.get("location"), "/office/password?to=%2Foffice", "both halves together open the account");
  assert.equal((await door.post("/office/people/together", ticks, cookie)).status, 409, "what was drawn before is no longer so");
});

test("of what does not go together nothing is done, and the page says whose it was", async (t) => {
  const its = await aTown(t);
  const { town, cast, at } = its;
  const [weiQin, fangYuan] = await twoNew(its);
  const door = aDoor({ town, at });
  const cookie = await door.cookieOf(cast.wuAn);
  const versions = [
    [`version_${weiQin.id}`, "2"],
    [`version_${fangYuan.id}`, "2"],
  ] as const;
  const ticks = [
    ["grant", `${weiQin.id}:handler`],
    ["grant", `${fangYuan.id}:secretary`],
    ["grant", `${fangYuan.id}:verifier`],
    ...versions,
  ] as const;
  const back = await door.post("/office/people/together", ticks, cookie);
  const page = await back.text();
  assert.equal(back.status, 409);
  assert.ok(page.includes(`href="#f-${fangYuan.id}"`) && textOf(page).includes("方元："));
  assert.match(page, new RegExp(`value="${weiQin.id}:handler" checked`), "the ticks stand as they were set");
  assert.equal((await findAccount(town, weiQin.id))?.duties.size, 0);
  assert.equal((await door.post("/office/people/together", versions, cookie)).status, 422);
  const stale = [
    ["grant", `${weiQin.id}:handler`],
    [`version_${weiQin.id}`, "1"],
  ] as const;
  assert.equal((await door.post("/office/people/together", stale, cookie)).status, 409);
  assert.equal((await door.get("/office/people/together", await door.cookieOf(cast.zhouXi))).status, 403);
});
