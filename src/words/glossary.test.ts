import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ZH = join(import.meta.dirname, "zh");

/** What the glossary (rules of the ledger §1) has one word for, and the words beside it that would be a second one. */
const SECOND_WORDS: { readonly [word: string]: readonly string[] } = {
  首次答复: ["首次回复", "第一次答复", "第一次回复"],
  转交: ["来件已转办", '"转办"'],
  "村（社区）": ["村（居）"],
  第二步验证: ["动态口令", "两步验证", "双重验证"],
  来件: ["收件箱", "工单"],
  反映人: ["举报者", "投诉人"],
  "“ ”": ["「", "」", "『"],
};

/** Words that residents read. */
const TO_RESIDENTS = ["report.ts", "receipt.ts", "guides.ts", "way.ts", "public.ts", "public-log.ts"];

function linesOf(file: string): readonly string[] {
  return readFileSync(join(ZH, file), "utf8").split("\n");
}

test("each idea has its one word of the glossary, and mainland quotation marks", () => {
  const second = globSync("*.ts", { cwd: ZH }).flatMap((file) =>
    linesOf(file).flatMap((line, i) =>
      Object.entries(SECOND_WORDS).flatMap(([word, others]) =>
        others.filter((other) => line.includes(other)).map((other) => `${file}:${i + 1} ${other}: ${word}`),
      ),
    ),
  );
  assert.deepEqual(second, []);
});

test("residents are addressed as 你, officers as 您", () => {
  const formal = TO_RESIDENTS.flatMap((file) => linesOf(file).flatMap((line, i) => (line.includes("您") ? [`${file}:${i + 1}`] : [])));
  assert.deepEqual(formal, []);
});
