import assert from "node:assert/strict";
import { test } from "node:test";
import { accountOf } from "#people/account";
import { recordRestore } from "#people/record-restore";
import { tellSignIn } from "#people/tell-sign-in";
import { recordVerified } from "#proof/verified";
import { on } from "#test/desk";
import { aDoor, textOf } from "#test/door";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

test("each administrator sees what needs them, and nothing of what their duty may not know", async (t) => {
  const its = await aTown(t);
  const { town, cast } = its;
  const door = aDoor(its);
  const today = async (officer: typeof cast.zhouXi) => {
    const page = await (await door.get("/office", await door.cookieOf(officer))).text();
    await assertValid(page, officer.name);
    return page;
  };
  const system = await today(cast.zhouXi);
  assert.match(textOf(system), /备份上次恢复成功\s*还没有过/);
  assert.match(system, /href="\/office\/people\?state=locked"/);
  assert.doesNotMatch(system, /查看反映人身份|谁看过/);
  assert.doesNotMatch(system, /href="\/office\/sealed"/, "no way to a page that is not theirs");
  const security = await today(cast.wuAn);
  assert.match(textOf(security), /只有一个人或没有人担任的职责[\s\S]*复核/);
  assert.doesNotMatch(security, /备份上次|谁看过/);
  const auditor = await today(cast.shenJi);
  assert.match(auditor, /href="\/office\/log\?verb=identity.looked-at">谁看过反映人身份/);
  assert.doesNotMatch(auditor, /锁住的账号|备份上次/);
  await recordRestore(town, cast.zhouXi, on("2026-07-27"));
  assert.match(textOf(await today(cast.zhouXi)), /备份上次恢复成功\s*1 天前/);
});

test("the system administrator sees what is left on the disk and when the log was last verified, and so does the auditor", async (t) => {
  const its = await aTown(t);
  const { town, cast, at } = its;
  const door = aDoor(its);
  const today = async (officer: typeof cast.zhouXi) => (await door.get("/office", await door.cookieOf(officer))).text();
  assert.match(textOf(await today(cast.zhouXi)), /数据所在的磁盘还剩\s*\d+\.\d GB/);
  for (const officer of [cast.zhouXi, cast.shenJi]) assert.match(textOf(await today(officer)), /公开日志上次从头核对\s*还没有过/);
  await recordVerified(town, at, 12);
  for (const officer of [cast.zhouXi, cast.shenJi]) assert.match(textOf(await today(officer)), / · 12 条全部相符/);
  await recordVerified(town, new Date(at.getTime() + 1), null);
  for (const officer of [cast.zhouXi, cast.shenJi]) assert.match(await today(officer), /class="lamp red">[^]*核对没有通过/);
  assert.doesNotMatch(await today(cast.wuAn), /核对|磁盘/);
});

test("who signed in at night is named to the security admin and the auditor, who finds it in the log", async (t) => {
  const its = await aTown(t);
  const { town, cast, at } = its;
  const door = aDoor(its);
  const today = async (officer: typeof cast.zhouXi) => (await door.get("/office", await door.cookieOf(officer))).text();
  await tellSignIn(town, accountOf(cast.wuJie), new Date("2026-07-26T15:30:00Z"), {});
  await tellSignIn(town, accountOf(cast.qianWen), new Date("2026-07-26T03:30:00Z"), {});
  await tellSignIn(town, accountOf(cast.qianWen), new Date("2026-06-26T15:30:00Z"), {});
  assert.ok(at > new Date("2026-07-26T16:00:00Z"));
  for (const officer of [cast.wuAn, cast.shenJi]) {
    const page = await today(officer);
    assert.match(textOf(page), new RegExp(`${cast.wuJie.name}七天内夜里（22–6 点）登录\\s*1 次`));
    assert.doesNotMatch(page, new RegExp(`${cast.qianWen.name}七天内夜里`));
  }
  const [, found = ""] = /href="(\/office\/log\?verb=officer.signed-in[^"]*)"/.exec(await today(cast.shenJi)) ?? [];
  const log = await (await door.get(found.replaceAll("&amp;", "&"), await door.cookieOf(cast.shenJi))).text();
  assert.match(textOf(log), new RegExp(`${cast.wuJie.name}[^]*登录`));
  assert.match(log, /<optgroup label="登录和账号">/);
  await assertValid(log, "the log");
});
