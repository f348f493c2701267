import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "#refusals";
import { hotp, stepOf } from "#standards/totp/totp";
import { transact } from "#platform/town";
import { aSession } from "#test/session";
import { aTown, PASSWORD, type ATown } from "#test/town";
import { accountOf } from "./account.ts";
import { addOfficer } from "./add-officer.ts";
import { askTemporaryPassword } from "./ask-temporary-password.ts";
import { grantTemporaryPassword } from "./grant-temporary-password.ts";
import { proposeTotp } from "./propose-totp.ts";
import { refuseTemporaryPassword } from "./refuse-temporary-password.ts";
import { findSession } from "./session.ts";
import { setTotp } from "./set-totp.ts";
import { signIn } from "./sign-in.ts";
import { findAsked, findHandedOut, makeSecondHalf } from "./temporary-password.ts";
import { lockSecret } from "./totp.ts";

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const after = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);

async function grant({ town, cast }: ATown, officer: string, at: Date): Promise<string> {
  const asked = await findAsked(town, officer, at);
  assert.ok(asked !== null);
  const { half, hash } = await makeSecondHalf(town, asked, { passwordLength: 10, who: cast.wuAn.id });
  await grantTemporaryPassword(town, cast.wuAn, at, { officer, version: null, asked: asked.id, hash });
  return half;
}

const tries =
  ({ town }: ATown, at: Date) =>
  async (login: string, password: string) =>
    (await signIn(town, at, { login, password, address: "192.0.2.1", userAgent: "", vouchers: [] })).ended;

test("what one administrator asks for changes nothing, and neither half alone opens the account", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  const officer = cast.qianWen.id;
  await proposeTotp(town, accountOf(cast.qianWen), at, { issuer: "示例镇" });
  const secret = (await transact(town, (town) => lockSecret(town, officer)))?.secret ?? Buffer.alloc(0);
  await setTotp(town, accountOf(cast.qianWen), at, { code: hotp(secret, stepOf(at)) });
  const session = await aSession(town, { id: officer }, at);
  const open = tries(a, at);
  const first = await askTemporaryPassword(town, cast.zhouXi, at, { officer, version: null });
  assert.deepEqual([await open("qianwen", PASSWORD), await open("qianwen", first)], ["begun", "wrong"]);
  assert.ok((await findSession(town, session, at)) !== null);
  const second = await grant(a, officer, at);
  assert.equal(await findSession(town, session, at), null);
  for (const wrong of [PASSWORD, first, second, `${second}-${first}`]) assert.equal(await open("qianwen", wrong), "wrong");
  const signed = await signIn(town, at, {
    login: "qianwen",
    password: `${first}-${second}`,
    address: "192.0.2.9",
    userAgent: "",
    vouchers: [],
  });
  assert.ok(signed.ended === "begun" && signed.next === "open", "the second step went with the password");
  assert.equal((await findSession(town, signed.token, at))?.next, "password");
  assert.deepEqual(await findHandedOut(town, officer), { askedBy: cast.zhouXi.id, grantedBy: cast.wuAn.id, grantedAt: at });
});

test("nobody asks or grants alone, for themselves, or twice with one half", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  const what = { officer: cast.wuJie.id, version: null };
  const granting = { ...what, asked: cast.wuJie.id, hash: "none" };
  await assert.rejects(askTemporaryPassword(town, cast.wuAn, at, what), refusal("officer/not-allowed"));
  await assert.rejects(askTemporaryPassword(town, cast.zhouXi, at, { ...what, officer: cast.zhouXi.id }), refusal("officer/self"));
  await assert.rejects(grantTemporaryPassword(town, cast.wuAn, at, granting), refusal("temporary-password/none-asked"));
  await askTemporaryPassword(town, cast.zhouXi, at, what);
  const earlier = await findAsked(town, cast.wuJie.id, at);
  await assert.rejects(grantTemporaryPassword(town, cast.zhouXi, at, granting), refusal("officer/not-allowed"));
  await askTemporaryPassword(town, cast.zhouXi, at, { ...what, officer: cast.wuAn.id });
  await assert.rejects(refuseTemporaryPassword(town, cast.wuAn, at, { ...what, officer: cast.wuAn.id }), refusal("officer/self"));
  await askTemporaryPassword(town, cast.zhouXi, at, what);
  await assert.rejects(
    grantTemporaryPassword(town, cast.wuAn, at, { ...granting, asked: earlier?.id ?? "" }),
    refusal("temporary-password/none-asked"),
  );
  await grant(a, cast.wuJie.id, at);
  assert.equal(await findAsked(town, cast.wuJie.id, at), null);
});

test("a temporary password that is refused, or waits for more than three days, changes nothing and keeps no half", async (t) => {
  const a = await aTown(t);
  const { town, cast, at } = a;
  const what = { officer: cast.wuJie.id, version: null };
  await askTemporaryPassword(town, cast.zhouXi, at, what);
  await refuseTemporaryPassword(town, cast.wuAn, at, what);
  assert.deepEqual(await town.db.selectFrom("people.temporary_password").select(["half", "outcome"]).execute(), [
    { half: null, outcome: "refused" },
  ]);
  await askTemporaryPassword(town, cast.zhouXi, at, what);
  const late = after(at, 3 * 24 * 60 + 1);
  assert.equal(await findAsked(town, cast.wuJie.id, late), null);
  await assert.rejects(refuseTemporaryPassword(town, cast.wuAn, late, what), refusal("temporary-password/none-asked"));
  assert.equal(await tries(a, late)("wujie", PASSWORD), "begun");
});

test("a new officer has no password until two have handed one out", async (t) => {
  const a = await aTown(t);
  const { town, cast, units, at } = a;
  const what = { login: "sunli", name: "孙立", titleZh: "", titleEn: "", unit: units.office, duties: [], hash: null };
  const officer = await addOfficer(town, cast.zhouXi, at, what);
  const first = await askTemporaryPassword(town, cast.zhouXi, at, { officer, version: null });
  assert.equal(await tries(a, at)("sunli", first), "wrong");
  assert.equal(await tries(a, at)("sunli", `${first}-${await grant(a, officer, at)}`), "begun");
});
