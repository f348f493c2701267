const BY_PINYIN = new Intl.Collator("zh-u-co-pinyin");

/** The first character of each letter in the order of pinyin; no syllable begins with i, u or v. */
const FIRST_OF = Object.entries({
  a: "阿",
  b: "八",
  c: "嚓",
  d: "哒",
  e: "妸",
  f: "发",
  g: "旮",
  h: "哈",
  j: "讥",
  k: "咔",
  l: "垃",
  m: "妈",
  n: "拏",
  o: "噢",
  p: "妑",
  q: "七",
  r: "呥",
  s: "仨",
  t: "他",
  w: "穵",
  x: "夕",
  y: "丫",
  z: "帀",
});

/** What is typed on a keyboard for a name: the first letter of each Chinese character, Latin letters and digits as they are. */
export function initialsOf(name: string): string {
  return name.normalize("NFKC").toLowerCase().replaceAll(/./gsu, initialOf);
}

function initialOf(character: string): string {
  if (/[a-z0-9]/.test(character)) return character;
  if (!/\p{Script=Han}/u.test(character)) return "";
  return FIRST_OF.findLast(([, first]) => BY_PINYIN.compare(character, first) >= 0)?.[0] ?? "";
}
