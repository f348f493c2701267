import { accountOf } from "#people/account";
import { aSession } from "#test/session";
import type { TestContext } from "node:test";
import sharp from "sharp";
import { openLimits } from "#doors/limits";
import { TRIAGE_ACTS } from "#doors/web/office/inbox/triage-acts";
import type { WebRoute } from "#doors/web/routes";
import { addPhoto } from "#evidence/add-photo";
import { addWord } from "#intake/add-word";
import { composeDoors } from "#main/doors";
import { addDevice } from "#people/add-device";
import { addOfficer } from "#people/add-officer";
import { AddStandardAnswer, addStandardAnswer } from "#limits/add-standard-answer";
import { addProgram } from "#people/add-program";
import { addUnit } from "#people/add-unit";
import { askTemporaryPassword } from "#people/ask-temporary-password";
import { bindSubject } from "#people/bind-subject";
import { disableOfficer } from "#people/disable-officer";
import type { Officer } from "#people/officer";
import { proposeTotp } from "#people/propose-totp";
import { setTotp } from "#people/set-totp";
import { signIn } from "#people/sign-in";
import { lockSecret } from "#people/totp";
import type { IdentityProvider } from "#platform/identity-provider";
import { dayOf } from "#platform/instant";
import { transact } from "#platform/town";
import { hotp, stepOf } from "#standards/totp/totp";
import { on } from "./desk.ts";
import { aProgram } from "./door.ts";
import { somebodyOfEveryDuty } from "./every-duty.ts";
import { aCallBack } from "./call-back.ts";
import { aReport, aReportJoined, aReportThatIsAsked, EVERY_STATE, reportsAddedTo, reportsDecided } from "./every-state.ts";
import { livingLedger } from "./living-ledger.ts";
import { AT, aTown, PASSWORD, PASSWORD_HASH, type ATown } from "./town.ts";

const ORIGIN = "http://localhost:3000";

/** Somebody else who knows the officers, and lets nobody in. */
const aProvider: IdentityProvider = {
  issuer: "https://id.example",
  go: async () => ({ ended: "away", why: new Error("nobody there") }),
  come: async () => ({ ended: "refused", why: new Error("nobody there") }),
};

/** Long enough after the living ledger's morning that a look-back is due. */
const NOW = on("2026-08-05");

/** A living town with so many problems in every state, and everybody who finds a form in it: officers, reporters, strangers. */
export async function anOpenHouse(t: TestContext, ofEachState = 1) {
  const its = await aTown(t);
  await livingLedger(its);
  const officer = await somebodyOfEveryDuty(its);
  for (let i = 0; i < ofEachState; i += 1) for (const bring of EVERY_STATE) await bring(its, officer);
  const { program, clock, logged } = aProgram(its.town, {
    origin: new URL(ORIGIN),
    callGateway: { connect: async () => true },
    identityProvider: aProvider,
  });
  clock.at = NOW;
  const browser = browsersOf(composeDoors(program, openLimits()));
  const signedIn = async ({ id }: Pick<Officer, "id">, open = true) => browser([["session", await aSession(its.town, { id }, NOW, open)]]);
  const reporter = async (code: string) => {
    const ask = browser([]);
    await ask("/track", { method: "POST", body: new URLSearchParams({ code }) });
    return ask;
  };
  const received = await aReport(its);
  const people = {
    ask: await signedIn(officer),
    verifier: await signedIn(its.cast.fengZheng),
    auditor: await signedIn(its.cast.shenJi),
    reporter: await reporter(received.code),
    asked: await reporter((await aReportThatIsAsked(its)).code),
    leaving: await reporter((await aReport(its)).code),
    disputing: await reporter((await aReportJoined(its)).code),
    stranger: browser([]),
    writer: await writer(its, browser([])),
  };
  return {
    ...its,
    ...people,
    ...(await secondSteps(its, signedIn)),
    ...(await occasions(its, Math.max(1, ofEachState))),
    code: received.code,
    logged,
  };
}

export type OpenHouse = Awaited<ReturnType<typeof anOpenHouse>>;

/** Somebody's browser; each request from an address of its own: how often one may try is another test's question. */
function browsersOf(doors: ReturnType<typeof composeDoors>) {
  let sender = 0;
  return (kept: readonly (readonly [string, string])[]) => {
    const cookies = new Map(kept);
    return async (path: string, init: RequestInit = {}) => {
      sender += 1;
      const headers = new Headers(init.headers);
      headers.set("origin", ORIGIN);
      headers.set("cookie", [...cookies].map((pair) => pair.join("=")).join("; "));
      const remoteAddress = `198.51.${(sender >> 8) & 255}.${sender & 255}`;
      const request = new Request(new URL(path, ORIGIN), { ...init, headers, redirect: "manual" });
      const response = await doors.fetch(request, { incoming: { socket: { remoteAddress } } });
      for (const cookie of response.headers.getSetCookie()) {
        const [, key = "", kept = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (/max-age=0/i.test(cookie)) cookies.delete(key);
        else cookies.set(key, kept);
      }
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { status: response.status, headers: response.headers, bytes, text: new TextDecoder().decode(bytes) };
    };
  };
}

export type Ask = ReturnType<ReturnType<typeof browsersOf>>;
export type Answer = Awaited<ReturnType<Ask>>;

/** A resident whose report is written, like others on the ledger, and not yet sent. */
async function writer({ categories, villages }: ATown, ask: Ask): Promise<Ask> {
  const post = (path: string, answers: Record<string, string>) => ask(path, { method: "POST", body: new URLSearchParams(answers) });
  await post("/report/what", { title: "村务公开栏半年没更新，主路路灯也不亮", details: "", category: categories.complaint });
  await post("/report/where", { village: villages.dongtang, place: "", lon: "", lat: "" });
  await post("/report/contact", { name: "", phone: "", email: "", wechat: "", address: "" });
  return ask;
}

/** Officers on their way to the second step, at it, and away from it, and the codes that their apps show. */
async function secondSteps({ town, units }: ATown, signedIn: (officer: Officer, open?: boolean) => Promise<Ask>) {
  const officerWithSecret = async (login: string, isOn: boolean) => {
    const id = await anOfficer(town, units.office, login);
    const officer: Officer = { id, name: login, unit: units.office, duties: new Set() };
    await proposeTotp(town, accountOf(officer), AT, { issuer: "示例镇" });
    const secret = (await transact(town, (town) => lockSecret(town, id)))?.secret ?? Buffer.alloc(0);
    if (isOn) await setTotp(town, accountOf(officer), AT, { code: hotp(secret, stepOf(AT)) });
    return { officer, code: hotp(secret, stepOf(NOW)) };
  };
  const [without, before, away] = [
    await officerWithSecret("without", false),
    await officerWithSecret("before", true),
    await officerWithSecret("away", true),
  ];
  const codes: Partial<Record<WebRoute, string>> = {
    "POST /office/profile/second-step/on": without.code,
    "POST /office/second-step": before.code,
  };
  return {
    without: await signedIn(without.officer),
    before: await signedIn(before.officer, false),
    away: await signedIn(away.officer),
    codes,
  };
}

async function anOfficer(town: ATown["town"], unit: string, login: string): Promise<string> {
  const id = await addOfficer(town, null, AT, { login, name: login, titleZh: "", titleEn: "", unit, duties: [], hash: PASSWORD_HASH });
  await town.db.updateTable("people.credential").set({ set_by: id }).where("account", "=", id).execute();
  return id;
}

/** What some forms stand on only: reports for the inbox, photos in use, accounts closed or locked, a unit nobody works in. */
async function occasions(its: ATown, ofEachAct: number) {
  const { town, cast, units } = its;
  const reports: string[] = [];
  for (let i = 0; i < ofEachAct * TRIAGE_ACTS.length; i += 1) reports.push((await aReport(its)).report);
  const spoken = await reportsAddedTo(its, Math.max(3, ofEachAct));
  const decided = await reportsDecided(its, Math.max(3, ofEachAct));
  await aCallBack(its, { phone: "13800000000" }, Math.max(8, 2 * ofEachAct));
  // Another one, for the first may be sent back to work by an act at its desk.
  await aCallBack(its, { phone: "13800000001" }, 2);
  const { report } = await aReport(its);
  const photos: string[] = [];
  for (const bytes of [await aJpeg("#7a8a6a"), await aJpeg("#a52a2a")])
    photos.push((await addPhoto(town, { address: "192.0.2.1" }, AT, { bytes, sentFor: { kind: "report", id: report } })).sha256);
  await addWord(town, AT, { report, text: "", photos });
  const [closed, locked] = [await anOfficer(town, units.office, "closed"), await anOfficer(town, units.office, "locked")];
  await disableOfficer(town, cast.zhouXi, AT, { officer: closed, version: null });
  for (let tried = 0; tried < 5; tried += 1)
    await signIn(town, NOW, { login: "locked", password: `not ${PASSWORD}`, address: "192.0.2.2", userAgent: "", vouchers: [] });
  const waiting = [await anOfficer(town, units.office, "waits-for-one"), await anOfficer(town, units.office, "waits-for-another")];
  for (const id of waiting) await askTemporaryPassword(town, cast.zhouXi, NOW, { officer: id, version: null });
  for (const officer of waiting)
    await bindSubject(town, cast.zhouXi, NOW, { officer, version: null, issuer: aProvider.issuer, subject: officer });
  const key = { name: "转办系统", capabilities: [], expiresOn: dayOf(NOW) };
  await addProgram(town, cast.zhouXi, AT, { ...key, channel: "import" });
  await addDevice(town, cast.zhouXi, AT, { ...key, kind: "phone", unit: units.rural });
  const empty = await addUnit(town, cast.zhouXi, AT, { nameZh: "老年大学", nameEn: "", kind: "station", parent: null });
  const kept = AddStandardAnswer.parse({ nameZh: "值班电话", text: "{村}的事请打{电话}" });
  const answer = await addStandardAnswer(town, cast.zhouXi, AT, kept);
  return { reports, spoken, decided, photos, closed, locked, waiting, empty, answer };
}

export async function aJpeg(background: string): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .jpeg()
    .toBuffer();
}
