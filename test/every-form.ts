import { TRIAGE_ACTS, WORD_ACTS } from "#doors/web/office/inbox/triage-acts";
import { ROUTES, type WebRoute } from "#doors/web/routes";
import { formsOf, type Form } from "./forms.ts";
import type { Answer, Ask, OpenHouse } from "./open-house.ts";

/** A page as somebody sees it, after a button was pressed where it says POST. */
export type Page = { readonly ask: Ask; readonly path: string; readonly method: "GET" | "POST" };

const parametersIn = (path: string) => path.split("/:").length;

/** The route that a form is sent to; null for one of no page of ours. */
export function routeOf({ action, method }: Pick<Form, "action" | "method">): WebRoute | null {
  const [path = ""] = action.split("?");
  const fitting = ROUTES.filter((route) => route.method === method.toUpperCase() && route.pattern.test(path));
  return fitting.toSorted((one, other) => parametersIn(one.path) - parametersIn(other.path))[0]?.name ?? null;
}

/** Every page on which a form stands, as somebody sees it who may send it; what ends a report comes last. */
export async function pagesOf(house: OpenHouse): Promise<readonly Page[]> {
  const { town, ask, verifier, auditor, reporter, asked, leaving, disputing, stranger, writer, without, before, away } = house;
  const at = (ask: Ask, ...paths: readonly string[]): readonly Page[] => paths.map((path) => ({ ask, path, method: "GET" }));
  const rows = await town.db.selectFrom("ledger.problem").select("number").orderBy("ordinal").execute();
  const flags = await town.db.selectFrom("verification.flag").select("id").execute();
  const called = await town.db.selectFrom("office.call_back").select("question").orderBy("until").execute();
  const desks = rows.map(({ number }) => `/office/ledger/${number}`);
  return [
    ...at(writer, "/report/photos", "/report", "/report/check"),
    ...at(reporter, "/report/what", "/report/where", "/report/contact"),
    ...at(ask, ...plainPages(house), ...inboxPages(house)),
    ...at(ask, ...rows.map(({ number }) => `/ledger/${number}`)),
    // What is cleared can be upheld no more, nor the other way: every other flag stands for the one, and for the other.
    ...at(verifier, ...flags.map(({ id }, i) => `/office/flags/${id}${i % 2 === 0 ? "" : "?act=uphold"}`)),
    // By telephone, where a gateway dials, and at home, where somebody looks who lives there.
    ...at(ask, ...called.flatMap(({ question }) => ["", "?manner=visit"].map((manner) => `/office/callbacks/${question}${manner}`))),
    ...at(ask, ...house.photos.map((sha256) => `/office/photos/${sha256}`)),
    ...desks.flatMap((desk) => [...at(verifier, desk), ...at(ask, desk, `${desk}/papers`)]),
    ...at(reporter, "/track/story", "/track/story/about-me", "/track/story/about-me/erase"),
    ...at(asked, "/track/story"),
    ...at(stranger, "/track", "/office/sign-in"),
    ...at(auditor, "/office/password"),
    { ask: without, path: "/office/profile/second-step", method: "POST" },
    ...at(before, "/office/second-step"),
    ...at(away, "/office/profile/recovery-codes", "/office/profile"),
    ...at(disputing, "/track/story/dispute"),
    ...at(leaving, "/track/story/withdraw"),
    ...at(ask, LAST),
  ];
}

/** Pages whose forms stand there whatever happens; those with something of the town in their address, with that. */
function plainPages(house: OpenHouse): readonly string[] {
  const { cast, units, villages, categories, campaign, themes, closed, locked, waiting, empty, answer } = house;
  const there: Readonly<Record<string, readonly string[]>> = {
    officer: [cast.wuJie.id, closed, locked, ...waiting],
    unit: [units.sanitation, empty],
    village: [villages.xiling, "new"],
    category: [categories.help, "new"],
    answer: [answer],
    campaign: [campaign, "new"],
    theme: [themes.nature, "new"],
  };
  const filled = (path: string): readonly string[] => {
    const [parameter = "", name = ""] = /:([a-z]+)/.exec(path) ?? [];
    return parameter === "" ? [path] : (there[name] ?? []).flatMap((thing) => filled(path.replace(parameter, thing)));
  };
  return ROUTES.flatMap(({ name, method, path }) => (method === "GET" && !APART.test(name) && path !== LAST ? filled(path) : []));
}

/** It confirms every temporary password that waits; each is refused or granted on its own page first. */
const LAST = "/office/people/together";

/** Pages that are walked as somebody else, with something else in their address, or that are no pages. */
const APART =
  /report|track|photos|files|figures\/|\.atom|\.txt|\/log\/|\/verify|receipt|language|view|bulk|password|second|sign|:number|flag/;

function inboxPages({ reports, spoken, decided }: OpenHouse): readonly string[] {
  const inbox = (report: string | undefined, act: string | undefined) => `/office/inbox/${report ?? ""}?act=${act ?? ""}`;
  const looks = ["identity", "call"].map((look) => inbox(reports[0], look));
  const chosen = "number=SL-2026-0005&number=SL-2026-0006";
  return [
    ...looks,
    ...decided.map(({ report, act }) => inbox(report, act)),
    ...spoken.flatMap((report) => WORD_ACTS.map((act) => inbox(report, act))),
    ...reports.map((report, i) => inbox(report, TRIAGE_ACTS[i % TRIAGE_ACTS.length])),
    ...["assign", "remind"].map((bulk) => `/office/bulk/${bulk}?${chosen}`),
  ];
}

async function opened({ ask, path, method }: Page): Promise<Answer> {
  return ask(path, method === "POST" ? { method, body: new URLSearchParams() } : {});
}

/** The forms of a page, and at a problem's desk those of the page of each act that it offers now and that is wanted. */
export async function formsAt(page: Page, isWanted: (route: WebRoute) => boolean): Promise<readonly (readonly [page: Page, form: Form])[]> {
  const { text } = await opened(page);
  const found = formsOf(text).map((form) => [page, form] as const);
  for (const [path, act] of actsOf(page, text)) {
    const route = routeOf({ action: `${page.path}/${act}`, method: "post" });
    if (route === null || !isWanted(route)) continue;
    const shown = { ...page, path };
    found.push(...formsOf((await opened(shown)).text).map((form) => [shown, form] as const));
  }
  return found;
}

function actsOf({ path }: Page, text: string): readonly (readonly [path: string, act: string])[] {
  if (!path.startsWith("/office/ledger/")) return [];
  return [...text.matchAll(/href="([^"#]*\?act=([a-z-]+))#/g)].map(([, to = "", act = ""]) => [to, act]);
}

/** The same form drawn anew, as it stands after it was taken; null when it no longer stands there. */
export async function drawn(page: Page, { action, method }: Form): Promise<Form | null> {
  return formsOf((await opened(page)).text).find((form) => form.action === action && form.method === method) ?? null;
}
