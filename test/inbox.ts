import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { receiveReport } from "#intake/receive-report";
import { ReceiveReport } from "#intake/said";
import { aDoor, type DoorOptions } from "./door.ts";
import { formsOf } from "./forms.ts";
import { aTown, type ATown } from "./town.ts";

export const DRAFT = { kind: "draft", id: "0198b6a0-0000-7000-8000-000000000001" } as const;

export const key = (digit: number) => `00000000-0000-4000-8000-${String(digit).padStart(12, "0")}`;

/** Why a caller is looked for. */
export const CALLED = { reasonClass: "call-back", reason: "对方丢了回执号" };

export async function aReport(
  { town, categories, villages, at }: Pick<ATown, "town" | "categories" | "villages" | "at">,
  over: object = {},
) {
  const what = ReceiveReport.parse({
    title: "中午没人办证，我姓赵，住二组",
    details: "跑了两趟",
    category: categories.complaint,
    village: villages.dongtang,
    ...over,
  });
  return receiveReport(town, null, at, { ...what, channel: "web", draft: DRAFT.id });
}

export async function anOffice(t: TestContext, over: object = {}, options: DoorOptions = {}) {
  const its = await aTown(t);
  const { report, code } = await aReport(its, over);
  const door = aDoor(its, options);
  return { ...its, report, code, door, cookie: await door.cookieOf(its.cast.qianWen), address: `/office/inbox/${report}` };
}

/** What the form that is sent to this address holds. */
export function fieldsOf(page: string, action: string): Readonly<Record<string, string>> {
  const form = formsOf(page).find((one) => one.action === action) ?? assert.fail(`no form is sent to ${action}`);
  return Object.fromEntries(form.fields.map(({ name, value }) => [name, value]));
}
