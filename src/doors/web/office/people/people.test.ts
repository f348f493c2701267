import assert from "node:assert/strict";
import { test } from "node:test";
import { grantDuty } from "#people/grant-duty";
import { findAccount, findOfficerByLogin } from "#people/queries";
import { actOn, aProblem } from "#test/desk";
import { aDoor, cookiesOf, textOf } from "#test/door";
import { enter } from "#test/sign-in";
import { aTown, aTownBeside, PASSWORD } from "#test/town";
import { assertValid } from "#test/valid-page";

test("the system admin adds an account, is shown half of its password once, and a second sending makes no second account", async (t) => {
  const { town, cast, units, ...a } = await aTown(t);
  const door = aDoor({ town, ...a });
  const cookie = await door.cookieOf(cast.zhouXi);
  const form = {
    form_key: "0198c2c4-0000-7000-8000-000000000003",
    name: "孙立",
    login: "sunli",
    unit: units.office,
    titleZh: "干事",
    titleEn: "",
  };
  const shown = await door.post("/office/people", form, cookie);
  const text = textOf(await shown.text());
  assert.equal(shown.status, 200);
  assert.match(text, /登录名 sunli \w{4}-\w{4}/);
  const again = await door.post("/office/people", form, cookie);
  const id = (await findOfficerByLogin(town, "sunli"))?.id;
  assert.equal(again.headers.get("location"), `/office/people/${id}`);
  assert.ok(!/\w{4}-\w{4}</.test(await (await door.get(`/office/people/${id}`, cookie)).text()));
});

test("a wrong account comes back with everything typed and the reason beside the field or above", async (t) => {
  const { cast, units, ...a } = await aTown(t);
  const door = aDoor(a);
  const cookie = await door.cookieOf(cast.zhouXi);
  const form = { name: "孙立", login: "sunli", unit: units.office, titleZh: "干事" };
  const cases = [
    [{ login: "孙" }, 422, "只能用小写字母"],
    [{ name: "" }, 422, "请填写姓名"],
    [{ unit: "" }, 422, "请选择单位"],
    [{ unit: "0198c2c4-0000-7000-8000-000000000009" }, 404, ""],
    [{ login: "qianwen" }, 409, ""],
  ] as const;
  for (const [typed, status, words] of cases) {
    const back = await door.post("/office/people", { ...form, ...typed }, cookie);
    const page = await back.text();
    assert.equal(back.status, status, JSON.stringify(typed));
    assert.ok(page.includes(words) && page.includes('value="干事"') && page.includes("fault-summary"), JSON.stringify(typed));
  }
});

test("accounts are the system admin's, duties the security admin's, and what separation forbids is grey with its reason", async (t) => {
  const { town, cast, ...a } = await aTown(t);
  const door = aDoor({ town, ...a });
  const [system, security] = [await door.cookieOf(cast.zhouXi), await door.cookieOf(cast.wuAn)];
  const here = `/office/people/${cast.wuJie.id}`;
  const bySystem = await (await door.get(here, system)).text();
  assert.ok(
    bySystem.includes(`${here}/disable`) && !bySystem.includes(`${here}/duties/grant`) && bySystem.includes("职责由安全管理员授予和收回"),
  );
  const ofAuditor = await (await door.get(`/office/people/${cast.shenJi.id}`, security)).text();
  assert.ok(ofAuditor.includes('aria-disabled="true" aria-describedby="why-system_admin"') && ofAuditor.includes('id="why-system_admin"'));
  const bySecurity = await (await door.get(here, security)).text();
  assert.ok(
    !bySecurity.includes(`${here}/disable`) && bySecurity.includes(`${here}/duties/grant`) && bySecurity.includes(`${here}/duties/revoke`),
  );
  assert.equal((await door.post(`${here}/duties/grant`, { duty: "clerk" }, system)).status, 403);
  assert.equal((await door.post(`${here}/disable`, {}, security)).status, 403);
  assert.equal(
    (await door.post(`${here}/duties/grant`, { version: "1", duty: "clerk" }, security)).headers.get("location"),
    `${here}?done=granted`,
  );
  assert.equal(
    (await door.post(`${here}/duties/revoke`, { version: "2", duty: "handler" }, security)).headers.get("location"),
    `${here}?done=revoked`,
  );
  assert.deepEqual([...((await findAccount(town, cast.wuJie.id))?.duties ?? [])], ["clerk"]);
});

test("a duty that may not be granted is refused in words, even when its button is pressed by hand", async (t) => {
  const { cast, ...a } = await aTown(t);
  const door = aDoor(a);
  const cookie = await door.cookieOf(cast.wuAn);
  for (const [officer, duty] of [
    [cast.shenJi, "system_admin"],
    [cast.zhaoShu, "verifier"],
    [cast.wuAn, "clerk"],
    [cast.wuJie, "handler"],
  ] as const) {
    const back = await door.post(`/office/people/${officer.id}/duties/grant`, { version: "1", duty }, cookie);
    assert.equal(back.status, 409, duty);
    assert.ok((await back.text()).includes("fault-summary"));
  }
  assert.equal((await door.post(`/office/people/${cast.wuJie.id}/duties/grant`, { version: "1", duty: "mayor" }, cookie)).status, 422);
});

test("a duty granted or taken back counts from the next page on", async (t) => {
  const { town, cast, ...a } = await aTown(t);
  const door = aDoor({ town, ...a });
  const cookie = await door.cookieOf(cast.wuJie);
  assert.equal((await door.get("/office/inbox", cookie)).status, 403);
  await grantDuty(town, cast.wuAn, a.at, { officer: cast.wuJie.id, version: null, duty: "clerk" });
  assert.equal((await door.get("/office/inbox", cookie)).status, 200);
});

test("disabling signs the officer out, and enabling gives the account back", async (t) => {
  const { cast, ...a } = await aTown(t);
  const door = aDoor(a);
  const [system, theirs] = [await door.cookieOf(cast.zhouXi), await door.cookieOf(cast.wuJie)];
  const here = `/office/people/${cast.wuJie.id}`;
  assert.equal((await door.post(`${here}/disable`, { version: "1" }, system)).headers.get("location"), `${here}?done=disabled`);
  assert.equal((await door.get("/office/profile", theirs)).status, 303);
  assert.ok((await (await door.get(here, system)).text()).includes(`${here}/enable`));
  assert.equal((await door.post(`${here}/enable`, { version: "2" }, system)).headers.get("location"), `${here}?done=enabled`);
});

test("an officer who alone answers for a problem is not disabled: the page names the problem", async (t) => {
  const a = await aTown(t);
  const door = aDoor(a);
  const system = await door.cookieOf(a.cast.zhouXi);
  const number = await aProblem(a);
  await actOn(a, number, "assign", a.cast.zhengShang, a.at);
  const { leaders } = await a.town.db.selectFrom("ledger.problem").select("leaders").where("number", "=", number).executeTakeFirstOrThrow();
  assert.equal(leaders.length, 1);
  const here = `/office/people/${leaders[0]}`;
  const page = await (await door.get(here, system)).text();
  assert.ok(page.includes(`href="/ledger/${number}"`) && textOf(page).includes("请先移交再停用"));
  assert.equal((await door.post(`${here}/disable`, { version: "1" }, system)).status, 409);
});

test("a temporary password is handed out in two halves by two, and the officer reads who they were", async (t) => {
  const { town, cast, ...a } = await aTown(t);
  const door = aDoor({ town, ...a });
  const [system, security] = [await door.cookieOf(cast.zhouXi), await door.cookieOf(cast.wuAn)];
  const here = `/office/people/${cast.wuJie.id}`;
  const ask = { version: "1", form_key: "0198c2c4-0000-7000-8000-000000000004" };
  const halfOf = async (response: Response) => {
    const page = await response.text();
    await assertValid(page, "half a password");
    return /<b>(\w{4}-\w{4})<\/b>/.exec(page)?.[1] ?? "";
  };
  const first = await halfOf(await door.post(`${here}/temporary-password`, ask, system));
  assert.equal((await door.post(`${here}/temporary-password`, ask, system)).status, 409, "shown once");
  assert.equal((await enter(door, "", PASSWORD, "wujie")).status, 303, "nothing has changed yet");
  assert.equal((await door.post(`${here}/temporary-password/grant`, { version: "2" }, system)).status, 403);
  assert.ok((await (await door.get("/office", security)).text()).includes(here), "the security administrator's first page leads there");
  const page = await (await door.get(here, security)).text();
  await assertValid(page, "a temporary password that waits");
  assert.ok(textOf(page).includes("申请人：周系"));
  const second = await halfOf(await door.post(`${here}/temporary-password/grant`, { version: "2" }, security));
  for (const wrong of [first, second, `${second}-${first}`]) assert.equal((await enter(door, "", wrong, "wujie")).status, 401, wrong);
  const signed = await enter(door, "", `${first}-${second}`, "wujie");
  assert.equal(signed.headers.get("location"), "/office/password?to=%2Foffice");
  const told = textOf(await (await door.get("/office/password", cookiesOf(signed))).text());
  assert.ok(told.includes("周系 申请、武安 确认"), told);
  const mine = cookiesOf(signed);
  const own = { sign_in_present: `${first}-${second}`, sign_in_chosen: "Xin-De-Mima-9", sign_in_again: "Xin-De-Mima-9" };
  assert.equal((await door.post("/office/password", own, mine)).status, 303);
  const profileOf = async (cookie: string) => textOf(await (await door.get("/office/profile", cookie)).text());
  for (const act of ["周系 申请临时密码", "武安 给临时密码"]) assert.ok((await profileOf(mine)).includes(act), act);
  assert.ok(!(await profileOf(await door.cookieOf(cast.fengZheng))).includes("临时密码"), "what happened to others is not shown");
});

test("another town's officers, units and villages are not found here", async (t) => {
  const { town, cast, ...a } = await aTown(t);
  const other = await aTownBeside(town);
  const door = aDoor({ town, ...a });
  const cookie = await door.cookieOf(cast.zhouXi);
  const paths = [
    `/office/people/${other.cast.wuJie.id}`,
    `/office/people/units/${other.units.office}`,
    `/office/people/villages/${other.villages.dongtang}`,
    `/office/rules/categories/${other.categories.help}`,
    "/office/people/not-an-id",
    "/office/people/units/x",
  ];
  for (const path of paths) assert.equal((await door.get(path, cookie)).status, 404, path);
  assert.equal(
    (
      await door.post(
        `/office/people/units/${other.units.office}`,
        { version: "1", nameZh: "x", nameEn: "x", kind: "station", parent: "" },
        cookie,
      )
    ).status,
    404,
  );
  assert.equal(
    (await door.post("/office/people/units", { nameZh: "x", nameEn: "x", kind: "station", parent: other.units.office }, cookie)).status,
    404,
  );
});

test("every page of people, rules and the log reads in English, is valid, and has one heading of the first rank", async (t) => {
  const { cast, campaign, ...a } = await aTown(t);
  const door = aDoor(a);
  const of = [
    [
      cast.zhouXi,
      [
        "/office/people",
        "/office/people/new",
        "/office/people/programs",
        "/office/people/devices",
        `/office/people/${cast.wuJie.id}`,
        "/office/people/units",
        `/office/people/units/${a.units.office}`,
        "/office/people/villages",
        "/office/rules/categories",
        "/office/rules/calendar",
        "/office/profile",
        "/office/password",
      ],
    ],
    [cast.wuAn, ["/office/rules/policy", `/office/people/${cast.wuJie.id}`]],
    [cast.shenJi, ["/office/log"]],
    [
      cast.qianWen,
      [
        "/office/campaigns",
        `/office/campaigns/${campaign}`,
        `/office/campaigns/${campaign}/themes/new`,
        `/office/campaigns/${campaign}/themes/${a.themes.nature}`,
      ],
    ],
  ] as const;
  for (const [officer, paths] of of) {
    const cookie = `${await door.cookieOf(officer)}; lang=en`;
    for (const path of paths) {
      const answer = await door.get(path, cookie);
      const page = await answer.text();
      assert.equal(answer.status, 200, path);
      assert.equal(page.match(/<h1/g)?.length, 1, path);
      assert.ok(!page.includes("undefined") && page.includes('lang="en"'), path);
      await assertValid(page, path);
    }
  }
});
