import assert from "node:assert/strict";
import { test } from "node:test";
import chineseDays from "chinese-days";
import fc from "fast-check";
import { readNotice } from "./notice.ts";

/** As the General Office of the State Council published them, title and number included. */
const NOTICES: { readonly [year: number]: string } = {
  2024: `国务院办公厅关于2024年部分节假日安排的通知
国办发明电〔2023〕7号
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。`,
  2025: `国务院办公厅关于2025年部分节假日安排的通知
国办发明电〔2024〕12号
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。`,
  2026: `国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`,
};

function everyDayOf(year: number): readonly string[] {
  const first = Date.UTC(year, 0, 1);
  const length = (Date.UTC(year + 1, 0, 1) - first) / 86_400_000;
  return Array.from({ length }, (_, n) => new Date(first + n * 86_400_000).toISOString().slice(0, 10));
}

for (const [year, text] of Object.entries(NOTICES)) {
  test(`the notice of ${year} is understood as it was kept: every day of the year is worked or not as the published tables have it`, () => {
    const notice = readNotice(text, 2000);
    assert.ok(notice !== null);
    assert.equal(notice.year, Number(year));
    assert.match(notice.number, /^国办发明电〔\d{4}〕\d+号$/);
    const said = new Map(notice.days.map(({ day, kind }) => [day, kind]));
    for (const day of everyDayOf(Number(year))) {
      const plain = ![0, 6].includes(new Date(day).getUTCDay());
      const worked = said.has(day) ? said.get(day) === "work" : plain;
      assert.equal(worked, chineseDays.isWorkday(day), day);
    }
  });
}

test("what is said of each day keeps its name, and what nobody could know is left to a person", () => {
  const notice = readNotice(NOTICES[2024] ?? "", 2000);
  assert.deepEqual(notice?.doubts, [{ kind: "unread", text: "2月9日" }]);
  const named = (text: string) => readNotice(text, 2027)?.days.map(({ day, kind, name }) => `${day} ${kind} ${name}`);
  assert.deepEqual(named("2027年元旦1月1日至3日放假。"), ["2027-01-01 off 元旦", "2027-01-02 off 元旦", "2027-01-03 off 元旦"]);
  assert.deepEqual(named("六、国庆节、中秋节:10月1日放假1天,10月9日(周六)上班。"), [
    "2027-10-01 off 国庆节、中秋节",
    "2027-10-09 work 调休上班",
  ]);
});

test("a weekday that is another, a length that does not add up, a day that is none, are said and not guessed", () => {
  const doubts = (text: string) => readNotice(`元旦：1月1日放假。${text}`, 2027)?.doubts.map(({ kind }) => kind);
  assert.deepEqual(doubts("5月1日（周五）放假。"), ["weekday"], "it is a Saturday");
  assert.deepEqual(doubts("5月1日至5日放假，共4天。"), ["count"]);
  assert.deepEqual(doubts("2月30日放假。"), ["impossible"]);
  assert.deepEqual(doubts("5月5日至3日放假。"), ["impossible"]);
  assert.deepEqual(doubts("5月6日上班。"), ["worked-anyway"], "a Thursday is worked anyway");
  assert.deepEqual(doubts("2026年12月31日至2027年1月1日放假，共2天。"), ["other-year"]);
  assert.deepEqual(readNotice("元旦：1月1日放假。5月6日上班。", 2027)?.days.length, 1);
});

test("whatever is pasted is read or not, and never breaks", () => {
  for (const nothing of ["", "放假", "今天天气很好", "{}"]) assert.equal(readNotice(nothing, 2027), null, nothing);
  const words = fc.constantFrom(
    "1月",
    "31日",
    "至",
    "放假",
    "上班",
    "共",
    "9天",
    "（周日）",
    "。",
    "、",
    "2027年",
    "元旦：",
    "\n",
    "99月",
    "0日",
    "（",
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
      const notice = readNotice(parts.join(""), 2027);
      for (const { day } of notice?.days ?? []) assert.equal(new Date(day).toISOString().slice(0, 10), day);
    }),
    { numRuns: 500 },
  );
});
