import type { TestContext } from "node:test";
import { openLimits } from "#doors/limits";
import { ACCESS } from "#doors/web/access";
import { TRIAGE_ACTS } from "#doors/web/office/inbox/triage-acts";
import { receiveReport, ReceiveReport } from "#intake/receive-report";
import { composeDoors } from "#main/doors";
import type { Officer } from "#people/officer";
import { actOn, aProblem, aVerifiedProblem, on, type Choice } from "./desk.ts";
import { aProgram, cookieOf } from "./door.ts";
import { somebodyOfEveryDuty } from "./every-duty.ts";
import { formsOf, type Field, type Form } from "./forms.ts";
import { livingLedger } from "./living-ledger.ts";
import { AT, aTown, type ATown } from "./town.ts";

const ORIGIN = "http://localhost:3000";

/** Long enough after the living ledger's morning that a look-back is due. */
const NOW = on("2026-08-05");

/** A living town, and somebody with a browser who is every officer and a reporter at once. */
export async function anOpenHouse(t: TestContext) {
  const its = await aTown(t);
  const { town, categories, villages } = its;
  await livingLedger(its);
  const said = { title: "水压不够", details: "二楼没有水", category: categories.help, village: villages.dongtang, phone: "13800000000" };
  const received = () => receiveReport(town, null, NOW, { ...ReceiveReport.parse(said), channel: "web" });
  const { code } = await received();
  const reports: string[] = [];
  for (const _ of TRIAGE_ACTS) reports.push((await received()).report);
  const officer = await somebodyOfEveryDuty(its);
  await everyStanding(its, officer);
  const { program, clock, logged } = aProgram(town, { origin: new URL(ORIGIN) });
  clock.at = NOW;
  const doors = composeDoors(program, openLimits());
  const [name = "", value = ""] = (await cookieOf(town, officer, NOW)).split("=");
  const cookies = new Map([[name, value]]);
  let sender = 0;
  /** From an address of its own: how often one may try is another test's question. */
  const ask = async (path: string, init: RequestInit = {}) => {
    sender += 1;
    const headers = new Headers(init.headers);
    headers.set("origin", ORIGIN);
    headers.set("cookie", [...cookies].map((pair) => pair.join("=")).join("; "));
    const remoteAddress = `198.51.${(sender >> 8) & 255}.${sender & 255}`;
    const response = await doors.fetch(new Request(new URL(path, ORIGIN), { ...init, headers, redirect: "manual" }), {
      incoming: { socket: { remoteAddress } },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, key = "", kept = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/max-age=0/i.test(cookie)) cookies.delete(key);
      else cookies.set(key, kept);
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes, text: new TextDecoder().decode(bytes) };
  };
  await ask("/track", { method: "POST", body: new URLSearchParams({ code }) });
  return { ...its, reports, ask, logged };
}

/** Problems that stand so that every act of the desk is somewhere this officer's to do. */
async function everyStanding(its: ATown, officer: Officer): Promise<void> {
  const { cast, units } = its;
  const assigned = async (choice: Choice = { yes: true }) => {
    const number = await aProblem(its, 0);
    await actOn(its, number, "assign", cast.zhengShang, AT, choice);
    return number;
  };
  await assigned({ yes: true, leaders: [officer.id], unit: units.office });
  await actOn(its, await assigned(), "ask-extension", cast.wangLu, AT);
  await actOn(its, await assigned(), "ask-suspension", cast.wangLu, AT);
  await actOn(its, await assigned(), "declare-rectified", cast.wuJie, AT);
  await aVerifiedProblem(its);
  await actOn(its, await aVerifiedProblem(its, 0), "post-notice", cast.qianWen, on("2026-08-04"));
  await actOn(its, await assigned(), "propose-dismissal", cast.qianWen, AT);
  const dismissed = await assigned();
  await actOn(its, dismissed, "propose-dismissal", cast.qianWen, AT);
  await actOn(its, dismissed, "decide-dismissal", cast.zhengShang, AT);
}

export type OpenHouse = Awaited<ReturnType<typeof anOpenHouse>>;
export type Answer = Awaited<ReturnType<OpenHouse["ask"]>>;

/** Pages without a form in which somebody types, and those that are no pages. */
const NO_FORMS =
  /photos|charts|files|\.atom|\.txt|\/log\/|\/verify|\/receipt|\/language|\/view|bulk|calls\/:report|flags\/:flag|inbox\/:report/;

/** Every page with a form, with things of this town in its address: the way to a report in its order, what ends a report last. */
export async function pagesOf({
  town,
  reports,
  cast,
  units,
  villages,
  categories,
  campaign,
  themes,
}: OpenHouse): Promise<readonly string[]> {
  const ids = {
    officer: cast.wuJie.id,
    unit: units.sanitation,
    village: villages.dongtang,
    category: categories.help,
    campaign,
    theme: themes.nature,
  };
  const there: Readonly<Record<string, string>> = ids;
  const paths = Object.keys(ACCESS)
    .flatMap((name) => (name.startsWith("GET ") && !NO_FORMS.test(name) ? [name.slice(4)] : []))
    .filter((path) => !path.includes(":number"))
    .map((path) => path.replaceAll(/:([a-z]+)/g, (_, name: string) => there[name] ?? name));
  const numbers = (await town.db.selectFrom("ledger.problem").select("number").orderBy("ordinal").execute()).map(({ number }) => number);
  const triage = TRIAGE_ACTS.map((act, i) => `/office/inbox/${reports[i] ?? ""}?act=${act}`);
  const entries = ["/ledger", "/office/ledger"].flatMap((list) => numbers.map((number) => `${list}/${number}`));
  const all = ["/report/what", "/report/where", "/report/contact", ...paths, ...triage, ...entries];
  return [...new Set(all)].toSorted((one, other) => Number(one.includes("withdraw")) - Number(other.includes("withdraw")));
}

/** The page, and of a problem's desk the page of each act that it offers now. */
async function drawnAt({ ask }: OpenHouse, path: string): Promise<readonly string[]> {
  if (!path.startsWith("/office/ledger/")) return [path];
  const { text } = await ask(path);
  return [path, ...[...text.matchAll(/href="([^"#]*\?act=[a-z-]+)#/g)].map(([, href = ""]) => href)];
}

/** The forms of a page and of its acts in which somebody types. */
export async function formsAt(house: OpenHouse, page: string): Promise<readonly (readonly [path: string, form: Form])[]> {
  const found: (readonly [string, Form])[] = [];
  for (const path of await drawnAt(house, page)) {
    const forms = formsOf((await house.ask(path)).text).filter(({ action, fields }) => !NOT_HERE.test(action) && fields.some(isTyped));
    found.push(...forms.map((form) => [path, form] as const));
  }
  return found;
}

const isTyped = ({ isTyped }: Field) => isTyped;
const NOT_HERE = /\/sign-in|\/sign-out|\/leave|set-up/;

/** The same form drawn anew, as it stands after it was taken; null when it no longer stands there. */
export async function drawn({ ask }: OpenHouse, path: string, action: string): Promise<Form | null> {
  return formsOf((await ask(path)).text).find((form) => form.action === action && form.fields.some(isTyped)) ?? null;
}
