import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { beginSession } from "#people/session";
import type { Officer } from "#people/officer";
import { grantDuty } from "#people/grant-duty";
import { aTown, type ATown } from "#test/town";
import { aHouse, aPage, assertAccessible, assertFits, closeBrowser, PHONE } from "./house.ts";

after(closeBrowser);

async function enterAs(page: Page, origin: string, { town, at }: ATown, officer: Officer): Promise<void> {
  await page.context().addCookies([{ name: "session", value: await beginSession(town, officer.id, at, true), url: origin }]);
}

function pagesOf({ cast, units, villages, categories, campaign }: ATown): readonly (readonly [Officer, readonly string[]])[] {
  return [
    [
      cast.zhouXi,
      [
        "/office/people",
        "/office/people/new",
        `/office/people/${cast.wuJie.id}`,
        "/office/people/units",
        `/office/people/units/${units.office}`,
        "/office/people/villages",
        `/office/people/villages/${villages.xiling}`,
        "/office/profile",
        "/office/password",
      ],
    ],
    [
      cast.qianWen,
      [
        "/office/rules/categories",
        `/office/rules/categories/${categories.help}`,
        "/office/rules/calendar",
        "/office/campaigns",
        `/office/campaigns/${campaign}`,
      ],
    ],
    [cast.wuAn, ["/office/rules/policy", `/office/people/${cast.wuJie.id}`]],
    [cast.shenJi, ["/office/log"]],
  ];
}

for (const [language, screen] of [
  ["zh", {}],
  ["en", PHONE],
] as const) {
  test(`people, rules and the log: accessible and within the screen (${language}${screen === PHONE ? ", on a phone" : ""})`, async (t) => {
    const a = await aTown(t);
    const { origin } = await aHouse(t, a.town, a.at);
    await grantDuty(a.town, a.cast.wuAn, a.at, { officer: a.cast.wuJie.id, version: null, duty: "clerk" });
    const page = await aPage(t, screen);
    await page.context().addCookies([{ name: "lang", value: language, url: origin }]);
    const look = async (path: string) => {
      await page.goto(`${origin}${path}`);
      await assertAccessible(page);
      await assertFits(page);
    };
    await look("/office/sign-in");
    for (const [officer, paths] of pagesOf(a)) {
      await enterAs(page, origin, a, officer);
      for (const path of paths) await look(path);
    }
  });
}
