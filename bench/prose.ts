import { searchText, searchVector } from "#platform/search-words";

/** Made-up problems of a made-up town. The words are frequent as words are in a language: the n-th about 1/n as often. */
export type Prose = {
  readonly title: string;
  readonly details: string;
  readonly measures: readonly [string, string];
  readonly goal: string;
  readonly search: string;
  readonly searchText: string;
};

const SEED = 20_260_728;

const PLACES = [
  "路口",
  "村口",
  "河边",
  "桥头",
  "学校旁",
  "广场",
  "市场",
  "车站",
  "小区",
  "水渠边",
  "山脚",
  "祠堂前",
  "卫生室外",
  "老街",
  "工地",
  "堤坝",
];
const THINGS = [
  "路灯",
  "垃圾",
  "污水",
  "噪音",
  "井盖",
  "自来水",
  "道路",
  "水渠",
  "公厕",
  "广告牌",
  "电线",
  "树枝",
  "护栏",
  "公交站",
  "停车位",
  "窗口",
  "公开栏",
  "补贴",
  "噪声",
  "油烟",
];
const FAULTS = [
  "不亮",
  "清运不及时",
  "直排",
  "扰民",
  "破损",
  "停水",
  "坑洼",
  "堵塞",
  "无人清理",
  "松动",
  "乱拉",
  "遮挡",
  "缺失",
  "不更新",
  "排队太久",
  "未发放",
];
const ACTIONS = ["更换", "清理", "修复", "加装", "巡查", "疏通", "公示", "整治", "轮班", "登记", "劝导", "补发"];

const CHARACTERS =
  "安白百班半包北本边标波步才财草层场车成城程池出传春村大带单当道灯地点电店定东动都段对多发方房放飞分风服福改高工公共古管光广国果海河合和黑红后湖花华化环黄回会活火机基级计家架间建江交角街节金经井景九局举" +
  "开科可口矿来乐理力立利连良林岭流龙楼路绿马满门民明木目南内年农平坪坡期齐前桥青清情区泉群人日容三色沙山商上社生省师石时实市事收手书水顺四松塘特体田条厅通同头土团外湾完万网文屋五物西溪下先乡香湘校新兴星" +
  "行学雪烟岩阳样药业叶一义益银英营永油友有鱼园原源远院月云运早站张长者镇正政支直植治中众州洲主住转庄资子自综族祖作";

export function proseOf(town: string, count: number): readonly Prose[] {
  const random = randomFrom(SEED);
  const words = vocabulary(random);
  const word = () => words[zipf(random, words.length)] ?? "";
  return Array.from({ length: count }, () => {
    const thing = pick(THINGS, zipf(random, THINGS.length));
    const title = `${word()}${pick(PLACES, Math.floor(random() * PLACES.length))}${thing}${pick(FAULTS, zipf(random, FAULTS.length))}`;
    const details = `${Array.from({ length: 14 }, word)
      .join("")
      .replaceAll(/(.{11})/gu, "$1，")}。`;
    const measures = [
      `${pick(ACTIONS, zipf(random, ACTIONS.length))}${thing}${word()}`,
      `${word()}${pick(ACTIONS, zipf(random, ACTIONS.length))}${word()}`,
    ] as const;
    const goal = `${thing}${word()}完好`;
    const texts = [title, details, ...measures, goal];
    return { title, details, measures, goal, search: searchVector(town, ...texts), searchText: searchText(...texts) };
  });
}

/** Three words to search for: on a fifth of the entries, on about two in a hundred, on about two in ten thousand. */
export function wordsToFind(): { readonly common: string; readonly middling: string; readonly rare: string } {
  const words = vocabulary(randomFrom(SEED));
  return { common: THINGS[0] ?? "", middling: words[100] ?? "", rare: words.at(-1) ?? "" };
}

/** 12,000 words of two or three characters, some of them rare for good. */
function vocabulary(random: () => number): readonly string[] {
  const characters = Array.from(CHARACTERS);
  const character = () => characters[Math.floor(random() * characters.length)] ?? "";
  const made = new Set<string>();
  while (made.size < 12_000) made.add(character() + character() + (random() < 0.2 ? character() : ""));
  return [...made];
}

/** Zipf with exponent 1 by the inverse of its continuous form. */
function zipf(random: () => number, size: number): number {
  return Math.min(size - 1, Math.floor((size + 1) ** random() - 1));
}

function pick<T>(from: readonly T[], at: number): T {
  const picked = from[at];
  if (picked === undefined) throw new Error(`couldn't pick ${at} of ${from.length}`);
  return picked;
}

/** Mulberry32: the same ledger on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
