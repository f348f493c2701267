import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { RESIDENT, SYSTEM } from "#audit/append-event";
import { wordsAbout } from "#audit/queries";
import { REDACTED } from "#audit/redact-beside";
import { CAPTIONS } from "#evidence/redact-captions";
import { SEALED_WORDS } from "#intake/redact-sealed-report";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { REPORT_WORDS } from "#intake/redact-report";
import { openProblem, OpenProblem } from "#ledger/open-problem";
import { PROBLEM_WORDS } from "#ledger/redact-problem";
import { checkStanding } from "#proof/check-standing";
import { Refusal } from "#refusals";
import { answerQuestion } from "#verification/answer-question";
import { VERIFICATION_WORDS } from "#verification/redact-problem";
import { aDoor } from "#test/door";
import { actOn, aVerifiedProblem, deskOf, on } from "#test/desk";
import { aTown, type ATown } from "#test/town";
import { redactWords } from "./redact-words.ts";

/** Every row of every table that holds the text, or a word of it in its search. */
async function rowsWith({ town }: ATown, text: string): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%s.%s', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema', 'pgboss')`.execute(town.db);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql`select 1 from ${sql.table(name)} t where t::text like ${`%${text}%`}`.execute(town.db);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

async function redact(t: ATown, subject: string, text: string): Promise<void> {
  const said = (await wordsAbout(t.town, subject)).find((one) => one.text === text);
  assert.ok(said, text);
  await redactWords(t.town, SYSTEM, t.at, { event: said.event, field: said.field, reason: "写了别人的住处" });
}

test("redacted words of a problem stand in no row, no search and no page, and the page says so and why", async (context) => {
  const t = await aTown(context);
  const { town, cast, categories, at } = t;
  const [title, details] = ["王五家门口积水", "王五住东塘村三组十二号"];
  const { problem, number } = await openProblem(
    town,
    cast.qianWen,
    at,
    OpenProblem.parse({ title, details, category: categories.complaint }),
  );
  const door = aDoor(t);
  const search = async () => (await door.get(`/ledger?q=${encodeURIComponent("王五")}`)).text();
  assert.match(await search(), new RegExp(number));
  await redact(t, problem, title);
  await redact(t, problem, details);
  assert.deepEqual(await rowsWith(t, "王五"), []);
  assert.doesNotMatch(await search(), new RegExp(number));
  const page = await (await door.get(`/ledger/${number}`)).text();
  assert.doesNotMatch(page, /王五/);
  assert.match(page, new RegExp(REDACTED));
  assert.match(page, /为保护隐私，这里的文字已遮盖/);
  assert.match(page, /写了别人的住处/);
});

test("a reporter's why, a finding, steps, a goal and a reason are redacted where each room keeps them", async (context) => {
  const t = await aTown(context);
  const { town, cast } = t;
  const number = await aVerifiedProblem(t);
  const { standing, round } = await deskOf(t, number);
  await answerQuestion(town, RESIDENT, on("2026-08-05"), {
    question: round.questions[0]?.id ?? "",
    solved: "no",
    satisfied: "no",
    why: "我是李四，还在漏",
  });
  await actOn(t, number, "overrule-answer", cast.zhengShang, on("2026-08-05"));
  const { id } = standing.problem;
  const differs = await checkStanding(town, () => undefined);
  for (const text of ["我是李四，还在漏", "去看了", "轮班", "中午有人", "办好了", "原因写在这里"]) {
    await redact(t, id, text);
    assert.deepEqual(await rowsWith(t, text), [], text);
  }
  assert.deepEqual((await deskOf(t, number)).standing.problem.measures, [REDACTED]);
  assert.deepEqual(await checkStanding(town, () => undefined), differs);
});

test("a report's words are redacted in its row and in what the inbox finds it by, once and for good", async (context) => {
  const t = await aTown(context);
  const { town, categories, at } = t;
  const what = ReceiveReport.parse({ title: "路灯不亮", details: "张三举报李四", category: categories.complaint });
  const { report } = await receiveReport(town, null, at, { ...what, channel: "web" });
  const [said] = (await wordsAbout(town, report)).filter(({ field }) => field === "details");
  assert.ok(said);
  const words = { event: said.event, field: said.field, reason: "写了名字" };
  await redactWords(town, SYSTEM, at, words);
  assert.deepEqual(await rowsWith(t, "张三"), []);
  await assert.rejects(redactWords(town, SYSTEM, at, words), (error) => error instanceof Refusal && error.code === "text/unknown");
});

/** Text of these rooms that nobody wrote about a problem or a report: hashes, codes, kinds, and the town's own settings. */
const NOT_SAID: readonly RegExp[] = [
  /\.(town|number|channel|status|state|kind|decision|outcome|ground|manner|stage|purpose|actor_kind|for_kind|mark)$/,
  /\.(sha256|file|copy|\w+_sha256|media_type|look|replaced_by|because)$/,
  /^ledger\.(campaign|theme)\./,
  /^ledger\.problem\.search_text$/, // made of the others, and made again with them
  /^evidence\.redaction\.reason$/, // about a file, whose withdrawal has a public reason of its own
];

test("every column of the loop that holds what people wrote is one that redaction reaches", async (context) => {
  const { town } = await aTown(context);
  const reached = new Set(
    [...PROBLEM_WORDS, ...VERIFICATION_WORDS, ...REPORT_WORDS, ...SEALED_WORDS, ...CAPTIONS].flatMap(({ table, columns }) =>
      columns.map((column) => `${table}.${column}`),
    ),
  );
  for (const column of ["ledger.problem.measures", "ledger.assignment.measures"]) reached.add(column);
  const { rows } = await sql<{ name: string }>`
    select format('%s.%s.%s', table_schema, table_name, column_name) as name from information_schema.columns
    where table_schema in ('ledger', 'verification', 'intake', 'detector', 'evidence') and (data_type = 'text' or udt_name = '_text')
    order by 1`.execute(town.db);
  const said = rows.map(({ name }) => name).filter((name) => !NOT_SAID.some((known) => known.test(name)));
  assert.deepEqual(said, [...reached].sort());
});
