import { parseArgs } from "node:util";
import { sql } from "kysely";
import { addDays, dayOf } from "#platform/instant";
import type { House } from "#platform/house";
import { mayChangeHistory } from "#platform/login-role";
import { freeBytesOf, GOOD_BYTES } from "#platform/room";
import type { Settings } from "#platform/settings";
import type { Town } from "#platform/town";
import { checkSealed } from "#audit/commit-sealed";
import { checkFiles, type FileFault } from "#evidence/check-files";
import { checkWaiting } from "#office/check-waiting";
import { checkEvents } from "#proof/check-events";
import { isOlderThanSigned, strangersIn } from "#proof/check-database";
import { checkStanding } from "#proof/check-standing";
import { countAside } from "#log/queries";
import { wordsOfDifference } from "./difference-words.ts";
import { THREE_HANDS } from "#people/officer";
import { listOfficers } from "#people/queries";
import { missingYears } from "#limits/calendar";
import type { Command, Roof } from "./roof.ts";
import { countOverdue } from "#vault/holdings";
import { townOf } from "./towns.ts";

/** One thing looked at: well, or what is wrong and what to do. */
type Finding = { readonly isWell: boolean; readonly words: string };

const CLOCK_OFF_MS = 5000;

/** Looks at everything an operator would be asked about; with --deep also at every file and event. Exit code 1 when something is wrong. */
export function doctor(args: readonly string[]): Command {
  const { values } = parseArgs({ args: [...args], options: { deep: { type: "boolean" } }, strict: true, allowPositionals: false });
  return (roof) => examine(roof, values.deep === true);
}

async function examine(roof: Roof, deep: boolean): Promise<number> {
  const findings = [ofSettings(roof.settings), await ofDisk(roof.settings)];
  await roof.visit(async (house) => {
    findings.push(
      await ofDatabase(house),
      await ofLogin(house, roof.settings),
      await ofClock(house, roof.now),
      ...(await ofCalendars(house, roof.now())),
      ...(await ofErasures(house, roof.now())),
      await ofFollowers(house),
      ...(await ofSealed(house)),
      ...(await ofHands(house)),
    );
    if (deep) findings.push(...(await ofFiles(roof, house)));
  });
  for (const { isWell, words } of findings) roof.print(`${isWell ? "✓" : "✗"} ${words}`);
  return findings.every(({ isWell }) => isWell) ? 0 : 1;
}

function ofSettings({ dataFolder, origin, databaseUrl }: Settings): Finding {
  const database = databaseUrl === null ? "内置数据库 / embedded database" : "DATABASE_URL";
  const address = origin?.origin ?? "http://localhost";
  return { isWell: true, words: `设置 / settings: ${dataFolder}, ${address}, ${database}` };
}

async function ofDisk({ dataFolder }: Settings): Promise<Finding> {
  const free = await freeBytesOf(dataFolder);
  const freeGb = free / 1024 ** 3;
  const isWell = free >= GOOD_BYTES;
  const advice = isWell ? "" : "；请腾出至少 1 GB / make at least 1 GB of room";
  return { isWell, words: `磁盘剩余 / disk free: ${freeGb.toFixed(1)} GB${advice}` };
}

async function ofDatabase({ db }: House): Promise<Finding> {
  const { rows } = await sql<{ version: string; size: string; unchecked: boolean }>`
    select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size,
           current_setting('fsync') = 'off' as unchecked`.execute(db);
  const [row] = rows;
  if (row === undefined) return { isWell: false, words: "数据库没有回答 / the database does not answer" };
  const words = `数据库 / database: PostgreSQL ${row.version}, ${row.size}`;
  return row.unchecked
    ? { isWell: false, words: `${words}；fsync 关闭，断电会丢数据 / fsync is off, a power cut loses data` }
    : { isWell: true, words };
}

/** Whether what is slipped into a statement of the application could become the owner of history. */
async function ofLogin({ db }: House, { databaseUrl }: Settings): Promise<Finding> {
  const isWell = !(await mayChangeHistory(db));
  if (isWell) return { isWell, words: "程序的数据库用户不能改历史 / the program's database user cannot change history" };
  const advice =
    databaseUrl === null
      ? "请重新启动程序 / start the program again"
      : "请设置 DATABASE_APP_URL，见 docs/operations/install.md / set DATABASE_APP_URL, see docs/operations/install.md";
  return { isWell, words: `程序的数据库用户能改历史 / the program's database user could change history; ${advice}` };
}

/** The answer is taken to have been given in the middle of the way there and back. */
async function ofClock({ db }: House, now: () => Date): Promise<Finding> {
  const asked = now().getTime();
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db);
  const answered = now().getTime();
  const offMs = Math.abs((rows[0]?.at.getTime() ?? 0) - (asked + answered) / 2);
  const isWell = offMs <= CLOCK_OFF_MS;
  const advice = isWell ? "" : "；期限会算错，请校时（NTP） / deadlines will be wrong, set the clock by NTP";
  return { isWell, words: `时钟与数据库相差 / clock against the database: ${Math.round(offMs)} ms${advice}` };
}

async function ofCalendars({ db }: House, at: Date): Promise<readonly Finding[]> {
  const towns = await db.selectFrom("people.town").select(["town", "name_zh"]).orderBy("added_at").execute();
  const thisYear = Number(dayOf(at).slice(0, 4));
  return Promise.all(
    towns.map(async ({ town, name_zh }) => {
      const known = await db.selectFrom("limits.calendar_year").select("year").where("town", "=", town).orderBy("year").execute();
      const years = known.map(({ year }) => year);
      const missing = missingYears(new Set(years), at);
      const advice = `缺 ${missing.join("、")} 年的工作日历，请在“工作日历”里导入 / the working days of ${missing.join(", ")} are missing, import them`;
      // The coming year is asked for from October on; only the present one is a fault.
      return {
        isWell: !missing.includes(thisYear),
        words: `日历 / calendar, ${name_zh}: ${missing.length === 0 ? years.join(", ") : advice}`,
      };
    }),
  );
}

/** Identities that should have gone before yesterday: the nightly work did not run, or could not. */
async function ofErasures({ db }: House, at: Date): Promise<readonly Finding[]> {
  const towns = await db.selectFrom("people.town").select(["town", "name_zh"]).orderBy("added_at").execute();
  return Promise.all(
    towns.map(async ({ town, name_zh }) => {
      const count = await countOverdue({ id: town, db }, addDays(dayOf(at), -1));
      const advice =
        `有 ${count} 件到期未查，请看程序日志里的 erase-identities / ` +
        `${count} were not looked at on their day, see erase-identities in the program's log`;
      return { isWell: count === 0, words: `身份到期清除 / identities that are due, ${name_zh}: ${count === 0 ? "0" : advice}` };
    }),
  );
}

/** What something that follows the logs could not take. */
async function ofFollowers({ db }: House): Promise<Finding> {
  const aside = await countAside(db);
  const count = aside.map(({ town, follower, leaves }) => `${town} ${follower} ${leaves}`).join(", ");
  const advice = `${count}；原因见审计员的操作日志，排除后运行 npx sanwen log retake / see the auditor's log for why, then run npx sanwen log retake`;
  return {
    isWell: aside.length === 0,
    words: `日志跟随中放在一边的 / set aside while following the log: ${aside.length === 0 ? "0" : advice}`,
  };
}

/** Whether what happened to sealed reports is still what the log commits to by the day; how much there is, it does not say. */
async function ofSealed(house: House): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { town } of await house.db.selectFrom("people.town").select("town").orderBy("added_at").execute()) {
    const days = await checkSealed(townOf(house, town));
    const words = `密件的经过与日志里每天的承诺 / sealed events against the log's daily commitments, ${town}`;
    const changed = `${days.join(", ")} 之前的被改动过 / what lay there before was changed`;
    findings.push({ isWell: days.length === 0, words: `${words}: ${days.length === 0 ? "✓" : changed}` });
  }
  return findings;
}

/** Administrators who hold another duty besides: granted before that was refused, and to be taken back. */
async function ofHands(house: House): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { town: id } of await house.db.selectFrom("people.town").select("town").orderBy("added_at").execute())
    for (const { name, duties, disabledAt } of await listOfficers(townOf(house, id)))
      if (disabledAt === null && duties.size > 1 && THREE_HANDS.some((hand) => duties.has(hand))) {
        const held = [...duties].join(", ");
        findings.push({
          isWell: false,
          words: `${id} ${name}: 管理员兼有别的职责，请收回 / an administrator with other duties, take them back: ${held}`,
        });
      }
  return findings;
}

/** What waits for the office, judged anew: rows that differ were written around the commands, and are put right at night. */
async function ofWaiting(town: Town): Promise<Finding> {
  const different = await checkWaiting(town);
  const words = "待办与现状 / what waits, and how things stand";
  if (different.length === 0) return { isWell: true, words: `${words}, ${town.id}: ✓` };
  return { isWell: false, words: `${words}, ${town.id}: ${different.join(", ")}` };
}

const FAULTS: Record<FileFault["what"], string> = {
  missing: "文件不见了 / the file is gone",
  changed: "内容与散列不符 / its bytes are not those its hash names",
  "original-missing": "密封的原件不见了 / the sealed original is gone",
  "original-changed": "密封的原件被改动，或密钥不对 / the sealed original was changed, or the key is another",
  "other-in-log": "与日志里记的原件不是同一份 / the log tells of another original",
  "row-missing": "日志里有，库里没有 / the log tells of it, the database does not",
};

/** Every file hashed again, every original opened, every event compared with its leaf: what `log verify` does not see on the disk. */
async function ofFiles(roof: Roof, house: House): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { town: id } of await house.db.selectFrom("people.town").select("town").orderBy("added_at").execute()) {
    const town = townOf(house, id);
    const total = await house.db
      .selectFrom("evidence.file")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("town", "=", id)
      .executeTakeFirstOrThrow();
    const { files, bytes, faults } = await checkFiles(town, (done) => roof.progress(done, total.count));
    const mismatch = await checkEvents(town, () => undefined);
    const size = `${files}, ${(bytes / 1024 ** 2).toFixed(1)} MB`;
    if (faults.length === 0) findings.push({ isWell: true, words: `文件与日志相符 / files agree with the log, ${id}: ${size}` });
    for (const { sha256, what } of faults) findings.push({ isWell: false, words: `${id} ${sha256}: ${FAULTS[what]}` });
    const differences = mismatch === null ? await checkStanding(town, () => undefined) : [];
    for (const differs of differences) findings.push({ isWell: false, words: `${id} ${wordsOfDifference(differs)}` });
    findings.push(await ofWaiting(town));
    if (await isOlderThanSigned(town, house.notary))
      findings.push({ isWell: false, words: `${id}: 数据库比已经签出的检查点旧 / older than a checkpoint that was signed over it` });
    if (mismatch !== null)
      findings.push({ isWell: false, words: `${id}: 事件与日志不符，请用 log verify 查看 / events differ from the log, see log verify` });
  }
  for (const stranger of await strangersIn(house.db))
    findings.push({ isWell: false, words: `${stranger}：不是本程序的 / not of this program` });
  return findings;
}
