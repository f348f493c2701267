import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "#refusals";
import { aTown } from "#test/town";
import { addUnit } from "./add-unit.ts";
import { addVillage } from "./add-village.ts";
import { changeOfficer } from "./change-officer.ts";
import { changeUnit } from "./change-unit.ts";
import { changeVillage } from "./change-village.ts";
import { disableOfficer } from "./disable-officer.ts";
import { enableOfficer } from "./enable-officer.ts";
import { grantDuty } from "./grant-duty.ts";
import { askTemporaryPassword } from "./ask-temporary-password.ts";
import { grantTemporaryPassword } from "./grant-temporary-password.ts";
import { resetPassword } from "./reset-password.ts";
import { findAsked } from "./temporary-password.ts";
import { retireUnit } from "./retire-unit.ts";
import { retireVillage } from "./retire-village.ts";
import { revokeDuty } from "./revoke-duty.ts";

/** Two acts from the same page at the same moment: how each ended, in words. */
async function atOnce(...acts: readonly (() => Promise<unknown>)[]): Promise<readonly string[]> {
  const ended = await Promise.allSettled(acts.map((act) => act()));
  return ended.map((end) => (end.status === "fulfilled" ? "done" : end.reason instanceof Refusal ? end.reason.code : "fault")).sort();
}

const ONE_WINS = ["done", "setting/changed"];

test("of two who change one unit or one village from the same page, one is told that it was changed", async (t) => {
  const { town, cast, at } = await aTown(t);
  const sluice = { nameZh: "水闸站", nameEn: "Sluice", kind: "station", parent: null } as const;
  const unit = await addUnit(town, cast.qianWen, at, sluice);
  const rename = (nameZh: string) => () => changeUnit(town, cast.qianWen, at, { ...sluice, unit, version: 1, nameZh });
  assert.deepEqual(await atOnce(rename("水闸所"), rename("闸站")), ONE_WINS);
  await assert.rejects(retireUnit(town, cast.qianWen, at, { unit, version: 1 }), { code: "setting/changed" });
  await retireUnit(town, cast.qianWen, at, { unit, version: 2 });

  const nanping = { nameZh: "南坪村", nameEn: "Nanping", code: null, lon: null, lat: null };
  const village = await addVillage(town, cast.qianWen, at, nanping);
  const move = (code: string) => () => changeVillage(town, cast.qianWen, at, { ...nanping, village, version: 1, code });
  assert.deepEqual(await atOnce(move("360302100201"), move("360302100202")), ONE_WINS);
  await assert.rejects(retireVillage(town, cast.qianWen, at, { village, version: 1 }), { code: "setting/changed" });
  await retireVillage(town, cast.qianWen, at, { village, version: 2 });
});

test("whatever is done to an account moves its version: nobody acts on what they have not seen", async (t) => {
  const { town, cast, units, at } = await aTown(t);
  const officer = cast.wuJie.id;
  const account = { officer, name: "吴洁", titleZh: "", titleEn: "", unit: units.sanitation };
  const acts = [
    (version: number) => changeOfficer(town, cast.zhouXi, at, { ...account, version }),
    (version: number) => grantDuty(town, cast.wuAn, at, { officer, version, duty: "clerk" }),
    (version: number) => revokeDuty(town, cast.wuAn, at, { officer, version, duty: "clerk" }),
    (version: number) => askTemporaryPassword(town, cast.zhouXi, at, { officer, version }),
    async (version: number) => {
      const asked = (await findAsked(town, officer, at))?.id ?? "";
      await grantTemporaryPassword(town, cast.wuAn, at, { officer, version, asked, hash: "none" });
    },
    (version: number) => disableOfficer(town, cast.zhouXi, at, { officer, version }),
    (version: number) => enableOfficer(town, cast.zhouXi, at, { officer, version }),
  ];
  for (const [position, act] of acts.entries()) {
    const version = position + 1;
    assert.deepEqual(await atOnce(...[1, 2].map(() => () => act(version))), ONE_WINS, String(act));
  }
});

test("an act from the command line, which drew no page, is never refused for its version", async (t) => {
  const { town, cast, at } = await aTown(t);
  for (const hash of ["one", "two"]) await resetPassword(town, null, at, { officer: cast.wuJie.id, version: null, hash });
});
