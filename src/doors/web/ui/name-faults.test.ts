import assert from "node:assert/strict";
import { test } from "node:test";
import { openProblem, OpenProblem } from "#ledger/open-problem";
import { aDoor } from "#test/door";
import { aTown } from "#test/town";
import { assertValid } from "#test/valid-page";

test("whatever form comes back, each line above it names the field it leads to", async (t) => {
  const { town, cast, at, categories } = await aTown(t);
  const door = aDoor({ town, at });
  const what = OpenProblem.parse({ title: "路灯不亮", category: categories.complaint });
  const { problem, number } = await openProblem(town, cast.qianWen, at, what);
  const office = await door.cookieOf(cast.qianWen);
  const system = await door.cookieOf(cast.zhouXi);
  const forms = [
    ["/report/where", { village: "x" }, "", ['#f-village">请选择村（社区）<']],
    [`/office/ledger/${number}/assign`, { problem, version: "1" }, office, ['#f-goal">请填写整改目标<', '#f-unit">请选择责任单位<']],
    ["/office/people/units", { nameZh: "", kind: "" }, office, ['#f-nameZh">请填写名称<', '#f-kind">请选择类型<']],
    ["/office/people", { name: "", login: "", unit: "" }, system, ['#f-name">请填写姓名<', '#f-login">登录名：只能用小写字母']],
    ["/office/people/town", { version: "1", nameZh: "", phone: "打我" }, system, ['#f-nameZh">请填写镇名<', '#f-phone">电话：请填写']],
  ] as const;
  for (const [to, typed, cookie, lines] of forms) {
    const back = await door.post(to, typed, cookie);
    const page = await back.text();
    assert.equal(back.status, 422, to);
    for (const line of lines)
      assert.ok(
        page.includes(`<a href="${line}`),
        `${to}: ${line}\n${/<ul>[\s\S]*?<\/ul>/.exec(page.slice(page.indexOf("fault-summary")))?.[0]}`,
      );
    assert.ok(!page.includes("请填写这一项"), to);
    await assertValid(page, to);
  }
});
