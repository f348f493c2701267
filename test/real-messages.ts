import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readXlsx } from "hucre/xlsx";
import { receiveReport, type Received } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import type { Town } from "#platform/town";

/** 4,326 messages of residents to a city, 2017–2020, as a student contest published them; kept outside the project's tree. */
export const REAL_MESSAGES = join(import.meta.dirname, "../../shared/data/messages-4326.xlsx");

export type RealMessage = { readonly user: string; readonly title: string; readonly details: string; readonly at: Date };

/** Null when the file is not on this machine; whoever asked says so. */
export async function readRealMessages(): Promise<readonly RealMessage[] | null> {
  if (!existsSync(REAL_MESSAGES)) return null;
  const { sheets } = await readXlsx(await readFile(REAL_MESSAGES));
  const [head = [], ...rows] = sheets[0]?.rows ?? [];
  const column = (name: string) => {
    const at = head.findIndex((cell) => String(cell).trim() === name);
    if (at < 0) throw new Error(`couldn't find the column ${name} in ${REAL_MESSAGES}`);
    return at;
  };
  const [user, title, time, details] = [column("留言用户"), column("留言主题"), column("留言时间"), column("留言详情")];
  return rows
    .filter((row) => row.some((cell) => cell !== null && cell !== ""))
    .map((row) => ({ user: words(row[user]), title: words(row[title]), details: words(row[details]), at: instant(row[time]) }));
}

/** Receives every message as a report of the channel `import`, eight at a time; says what each became. */
export async function receiveRealMessages(town: Town, category: string, messages: readonly RealMessage[]): Promise<readonly Received[]> {
  const received: Received[] = [];
  let next = 0;
  const clerk = async () => {
    for (let i = next++; i < messages.length; i = next++) {
      const message = messages[i];
      if (message === undefined) return;
      const what = ReceiveReport.parse({ title: titleOf(message), details: message.details, category, name: message.user.slice(0, 40) });
      received.push(await receiveReport(town, null, message.at, { ...what, channel: "import" }));
    }
  };
  await Promise.all(Array.from({ length: 8 }, clerk));
  return received;
}

const LONGEST_TITLE = 200;

/** One line; what is longer than a title may be stands in the details anyway. */
function titleOf({ title, details }: RealMessage): string {
  const line = (title === "" ? details : title).replaceAll(/\s+/g, " ").trim();
  return line.length <= LONGEST_TITLE
    ? line
    : `${line
        .slice(0, LONGEST_TITLE - 1)
        .toWellFormed()
        .replace(/\ufffd$/u, "")}…`;
}

/** A cell's words without the control characters a spreadsheet may carry. */
function words(cell: unknown): string {
  const text = typeof cell === "string" ? cell : typeof cell === "number" ? String(cell) : "";
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "")
      .trim()
  );
}

/** Either text, `2019/2/28 11:25:05`, or a real date cell whose wall clock reads as UTC; both mean China's time. */
function instant(cell: unknown): Date {
  if (cell instanceof Date) return new Date(cell.getTime() - 8 * 3_600_000);
  const [, year = "", month = "", day = "", clock = ""] =
    /^\s*(\d{4})[/-](\d{1,2})[/-](\d{1,2})\s+(\d{1,2}:\d{2}(?::\d{2})?)\s*$/.exec(String(cell)) ?? [];
  const at = new Date(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}T${clock.padStart(clock.length < 6 ? 5 : 8, "0")}+08:00`);
  if (Number.isNaN(at.getTime())) throw new Error(`couldn't read the time ${JSON.stringify(cell)}`);
  return at;
}
