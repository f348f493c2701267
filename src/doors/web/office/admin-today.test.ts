import assert from "node:assert/strict";
import { test } from "node:test";
import { recordRestore } from "#people/record-restore";
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
  const security = await today(cast.wuAn);
  assert.match(textOf(security), /只有一个人或没有人担任的职责[\s\S]*复核/);
  assert.doesNotMatch(security, /备份上次|谁看过/);
  const auditor = await today(cast.shenJi);
  assert.match(auditor, /href="\/office\/log\?verb=identity.looked-at">谁看过反映人身份/);
  assert.doesNotMatch(auditor, /锁住的账号|备份上次/);
  await recordRestore(town, cast.zhouXi, on("2026-07-27"));
  assert.match(textOf(await today(cast.zhouXi)), /备份上次恢复成功\s*1 天前/);
});
