import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { keptWords, withoutTurns } from "#platform/characters";
import { anOpenHouse, drawn, formsAt, pagesOf, type Answer, type OpenHouse } from "./every-form.ts";
import { formsOf, type Field, type Form } from "./forms.ts";
import { UNKIND } from "./unkind.ts";
import { assertValid } from "./valid-page.ts";

/** Each form gets every so-many-th of the texts, each another; 1 for all of them in every form. */
const STRIDE = Number(process.env["SANWEN_UNKIND_STRIDE"] ?? "16");
const TEXTS = Object.entries(UNKIND);

/** What is filled in as it should be while the rest is unkind, every other time: else nothing but days and numbers were refused. */
const RIGHT: Readonly<Record<string, string>> = {
  dueOn: "2026-08-07",
  newDueOn: "2026-08-18",
  resumeOn: "2026-08-17",
  startsOn: "2026-09-01",
  endsOn: "2026-12-31",
  phone: "13800000000",
  email: "li@example.com",
  login: "li.si",
  code: "",
  lon: "",
  lat: "",
  number: "",
  from: "",
  to: "",
  firstReplyLimit: "3",
  finishLimit: "10",
  retentionDays: "365",
};

function isJudged({ name, value }: Field): boolean {
  return name in RIGHT || /^[\d-]+$/.test(value);
}

function filled(form: Form, text: string, turn: number): URLSearchParams {
  const pairs = form.fields.map((field): [string, string] => {
    if (field.name === "form_key") return [field.name, crypto.randomUUID()];
    if (!field.isTyped) return [field.name, turn % 5 === 4 ? text : field.value];
    return [field.name, isJudged(field) && turn % 2 === 0 ? field.value || (RIGHT[field.name] ?? "") : text];
  });
  return new URLSearchParams(pairs);
}

async function send({ ask }: OpenHouse, form: Form, body: URLSearchParams): Promise<Answer> {
  return form.method === "post" ? ask(form.action, { method: "POST", body }) : ask(`${form.action}?${body.toString()}`);
}

/** What is wrong with an answer, whatever was typed; null when nothing is. */
function whatIsWrong({ status, bytes, text }: Answer): string | null {
  if (status >= 500) return `answers ${status}`;
  if (/node_modules|\n\s+at .+:\d+:\d+/.test(text)) return "shows a stack";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "is no UTF-8";
  }
  return null;
}

/** A form that comes back says beside a field what is wrong, and holds what was typed, as a page can show it. */
function whatIsLost({ text }: Answer, form: Form, body: URLSearchParams): string | null {
  const back = formsOf(text).find(({ action }) => action === form.action);
  if (back === undefined) return "does not come back";
  if (!/class="fault"|class="fault-|fault-summary/.test(text)) return "does not say what is wrong";
  for (const { name, isTyped, isSecret } of form.fields) {
    const field = back.fields.find((one) => one.name === name);
    if (!isTyped || isSecret || field === undefined) continue;
    if (field.value !== withoutTurns((body.get(name) ?? "").toWellFormed())) return `loses ${name}`;
  }
  return null;
}

async function tryForm(house: OpenHouse, path: string, action: string, first: number): Promise<{ taken: number; wrong: string[] }> {
  const wrong: string[] = [];
  let taken = 0;
  let form = await drawn(house, path, action);
  // A password may hold what it likes, and takes its time.
  const stride = form?.fields.some(({ isSecret }) => isSecret) === true ? 4 * STRIDE : STRIDE;
  for (let i = first % stride, turn = first; i < TEXTS.length && form !== null; i += stride, turn++) {
    const [what = "", text = ""] = TEXTS[i] ?? [];
    const body = filled(form, text, turn);
    const answer = await send(house, form, body);
    const fault = whatIsWrong(answer) ?? (answer.status === 422 ? whatIsLost(answer, form, body) : null);
    if (fault !== null) wrong.push(`${form.method} ${action} with ${what}: ${fault}`);
    if (answer.status === 303 || answer.status === 200) taken += 1;
    if (answer.status === 303) form = await drawn(house, path, action);
  }
  return { taken, wrong };
}

/** Everything that was kept as text, in every room; what is made of it to be searched aside. */
async function keptIn({ town }: OpenHouse): Promise<ReadonlyMap<string, string>> {
  const { rows: columns } = await sql<{ at: string; table: string; column: string; list: boolean }>`
    select format('%I.%I.%I', table_schema, table_name, column_name) as at, format('%I.%I', table_schema, table_name) as table,
      format('%I', column_name) as column, udt_name = '_text' as list
    from information_schema.columns where udt_name in ('text', '_text', 'varchar')
      and table_schema in ('audit', 'evidence', 'intake', 'ledger', 'people', 'rules', 'verification', 'detector')
      and column_name <> 'search_text' and has_table_privilege(format('%I.%I', table_schema, table_name), 'select')`.execute(town.db);
  const kept = new Map<string, string>();
  for (const { at, table, column, list } of columns) {
    const value = list ? sql.raw(`unnest(${column})`) : sql.raw(column);
    const { rows } = await sql<{ text: string | null }>`select distinct ${value} as text from ${sql.raw(table)}`.execute(town.db);
    for (const { text } of rows) if (text !== null) kept.set(text, at);
  }
  return kept;
}

test("whatever is typed into a form, it is refused beside its field with what was typed, or kept as it is read", async (t) => {
  const house = await anOpenHouse(t);
  const wrong: string[] = [];
  const tried = new Map<string, number>();
  const taken = new Set<string>();
  let turn = 0;
  for (const page of await pagesOf(house)) {
    for (const [path, form] of await formsAt(house, page)) {
      const kind = form.action.replaceAll(/[0-9a-f-]{36}|SL-\d+-\d+/g, ":");
      if ((tried.get(kind) ?? 0) >= 2) continue;
      tried.set(kind, (tried.get(kind) ?? 0) + 1);
      turn += 1;
      const outcome = await tryForm(house, path, form.action, turn);
      wrong.push(...outcome.wrong);
      if (outcome.taken > 0) taken.add(kind);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(tried.size > 40, `only ${[...tried.keys()].join(", ")} were tried`);
  assert.ok(taken.size > 28, `only ${[...taken].join(", ")} took anything`);
  for (const [text, at] of await keptIn(house)) assert.equal(keptWords(text), text, at);
  await assertPublished(house);
});

/** Everybody can read what came of it: HTML that is valid, in characters that a page may hold. */
async function assertPublished(house: OpenHouse): Promise<void> {
  const { ask, town } = house;
  const numbers = (await town.db.selectFrom("ledger.problem").select("number").execute()).map(({ number }) => number);
  const pages = ["/", "/ledger?limit=100", "/flags", ...numbers.map((number) => `/ledger/${number}`)];
  for (const path of [...pages, "/figures", "/ledger.atom", "/api/v1/problems?limit=100", "/api/v1/directory"]) {
    const answer = await ask(path);
    assert.equal(answer.status, 200, path);
    assert.equal(whatIsWrong(answer), null, path);
    // eslint-disable-next-line no-control-regex
    assert.doesNotMatch(answer.text, /[\0-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufffd\uffff]/, path);
  }
  for (const path of pages.slice(0, 8)) await assertValid((await ask(path)).text, path);
}

test("a program is told which member is wrong, or its report is kept as it is read", async (t) => {
  const house = await anOpenHouse(t);
  const members = ["title", "details", "place", "name", "phone", "email", "wechat", "address", "lon", "lat", "village", "category"];
  const wrong: string[] = [];
  for (const [i, [what, text]] of TEXTS.entries()) {
    const sent = { title: text, details: text, place: text, name: text, category: "complaint" };
    const member = members[i % members.length] ?? "title";
    for (const body of [sent, { title: "路灯不亮", category: "complaint", [member]: text }]) {
      const answer = await house.ask("/api/v1/reports", {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      });
      const fault = whatIsWrong(answer);
      if (fault !== null) wrong.push(`${Object.keys(body).join()} with ${what}: ${fault}`);
      else if (![201, 413].includes(answer.status) && !/"pointer":"\//.test(answer.text))
        wrong.push(`${what}: ${answer.status} ${answer.text}`);
    }
  }
  assert.deepEqual(wrong, []);
  const kept = await keptIn(house);
  for (const [text, at] of kept) assert.equal(keptWords(text), text, at);
  for (const what of ["a family of four", "a decomposed letter", "right to left", "HTML", "a template", "SQL"])
    assert.ok(kept.has(keptWords(UNKIND[what] ?? "")), what);
});

test("whatever is searched for or asked for by an address is answered", async (t) => {
  const house = await anOpenHouse(t);
  const wrong: string[] = [];
  for (const [i, [what, text]] of TEXTS.entries()) {
    const q = new URLSearchParams({ q: text.slice(0, 2000) });
    const everything = new URLSearchParams(
      ["q", "before", "status", "light", "unit", "village", "limit", "number", "from", "to", "verb", "officer", "done", "act"].map(
        (name): [string, string] => [name, text.slice(0, 300)],
      ),
    );
    const inTurn = [
      `/office/ledger?${q}`,
      `/api/v1/problems?${q}`,
      `/ledger?${everything}`,
      `/office/log?${everything}`,
      `/office/inbox?${everything}`,
      `/ledger/${encodeURIComponent(text.slice(0, 300).toWellFormed())}`,
    ];
    for (const path of [`/ledger?${q}`, ...inTurn.filter((_, turn) => STRIDE === 1 || turn === i % inTurn.length)]) {
      const fault = whatIsWrong(await house.ask(path));
      if (fault !== null) wrong.push(`${path.slice(0, 60)} with ${what}: ${fault}`);
    }
  }
  assert.deepEqual(wrong, []);
});
