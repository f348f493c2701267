import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { newId } from "#platform/ids";
import { readDirectory } from "#publication/directory";
import { aProblem, deskOf } from "#test/desk";
import { AT, aTown } from "#test/town";
import { AddCampaign, addCampaign } from "./add-campaign.ts";
import { addTheme } from "./add-theme.ts";
import { changeCampaign } from "./change-campaign.ts";
import { changeTheme } from "./change-theme.ts";

test("a campaign has one head at work, days in order and themes; the office and the secretary keep it", async (context) => {
  const { town, cast } = await aTown(context);
  const plan = AddCampaign.parse({
    nameZh: "清洁家园",
    nameEn: "Clean Homes",
    head: cast.zhaoShu.id,
    startsOn: "2026-08-01",
    endsOn: "2026-09-30",
  });
  await assert.rejects(addCampaign(town, cast.wangLu, AT, plan), { code: "officer/not-allowed" });
  await assert.rejects(addCampaign(town, cast.qianWen, AT, { ...plan, endsOn: "2026-07-01" }), { code: "campaign/days-reversed" });
  await assert.rejects(addCampaign(town, cast.qianWen, AT, { ...plan, head: newId(AT) }), { code: "officer/unknown" });
  const campaign = await addCampaign(town, cast.qianWen, AT, plan);
  const theme = await addTheme(town, cast.zhaoShu, AT, { campaign, nameZh: "河道", nameEn: "Rivers", position: 1 });
  await assert.rejects(addTheme(town, cast.zhaoShu, AT, { campaign: newId(AT), nameZh: "河道", nameEn: "Rivers", position: 1 }), {
    code: "campaign/unknown",
  });
  await changeCampaign(town, cast.zhaoShu, AT, { ...plan, campaign, version: 1, endsOn: "2026-10-31" });
  await changeTheme(town, cast.zhaoShu, AT, { theme, version: 1, nameZh: "河塘", nameEn: "Rivers and ponds", position: 2 });
  await assert.rejects(
    changeTheme(town, cast.zhaoShu, AT, { theme: newId(AT), version: 1, nameZh: "河塘", nameEn: "Ponds", position: 2 }),
    {
      code: "theme/unknown",
    },
  );
  const names = await readDirectory(town);
  assert.deepEqual([names.campaigns.get(campaign)?.endsOn, names.themes.get(theme)?.zh], ["2026-10-31", "河塘"]);
});

test("of two who change one campaign or one theme from the same page, one is told that it was changed", async (context) => {
  const { town, cast, campaign, themes } = await aTown(context);
  const plan = {
    nameZh: "清洁家园",
    nameEn: "Clean Homes",
    head: cast.zhaoShu.id,
    planZh: "",
    planEn: "",
    startsOn: "2026-08-01",
    finishDays: null,
  };
  const until = (endsOn: string) => changeCampaign(town, cast.qianWen, AT, { ...plan, campaign, version: 1, endsOn });
  const called = (nameZh: string) =>
    changeTheme(town, cast.zhaoShu, AT, { theme: themes.nature, version: 1, nameZh, nameEn: "Rivers", position: 7 });
  for (const pair of [
    [() => until("2026-09-30"), () => until("2026-10-31")],
    [() => called("河道"), () => called("河塘")],
  ]) {
    const refused = (await Promise.allSettled(pair.map((change) => change()))).filter((end) => end.status === "rejected");
    assert.deepEqual(
      refused.map(({ reason }) => reason.code),
      ["setting/changed"],
    );
  }
});

test("behind the commands the database itself refuses a false arrow, a new number, no leader and three", async (context) => {
  const t = await aTown(context);
  const { problem } = (await deskOf(t, await aProblem(t))).standing;
  const set = (change: ReturnType<typeof sql>) =>
    sql`update ledger.problem set ${change} where town = ${t.town.id} and id = ${problem.id}`.execute(t.town.db);
  await assert.rejects(set(sql`status = 'verified'`), /no arrow leads from opened to verified/);
  await assert.rejects(set(sql`number = 'SL-2026-9999'`), /a number once given never changes/);
  await assert.rejects(set(sql`status = 'assigned'`), { code: "23514" });
  await assert.rejects(set(sql`leaders = array[gen_random_uuid(), gen_random_uuid(), gen_random_uuid()]`), { code: "23514" });
});
