import type { Lang } from "#words/words";

/** Elements whose text is no markup, one by one with the text; any other tag; text. */
const PIECE = /<(title|script|style|textarea|option)\b([^>]*)>([^]*?)<\/\1>|<[^>]*>|[^<]+/gu;
const HAS_LANG = /\slang=/;
const HAN = /\p{Script=Han}/u;
/** What has no text around it and is read by what stands in it: a picture's words, a field's value. */
const READ_BY_VALUE = /^<(?:img|input)\b(?![^>]*\stype="hidden")[^>]*\s(?:alt|value)="([^"]*)"/u;

/** From a Han character to the last one before Latin letters or an entity. */
const CHINESE = /\p{Script=Han}(?:[^<&\p{Script=Latin}]*\p{Script=Han})?/gu;

const WORD = String.raw`\p{Script=Latin}(?:\p{Script=Latin}|[’'-]|&#39;)*`;
/** Two Latin words or more in a row: one alone is a name, a unit or a code that Chinese is full of (PM2.5, COD, Wi-Fi). */
const ENGLISH = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{N}_./@;’'-])${WORD}(?:[,.;:!?)]*\s+(?:&amp;\s+|\()?${WORD})+` +
    String.raw`(?![\p{Script=Latin}\p{N}_/@]|\.[\p{L}\p{N}])`,
  "gu",
);
/** Capitals in a row are codes still. */
const HAS_A_WORD = /\p{Ll}{2}/u;
/** What is typed to a machine, letter by letter. */
const CODE = /^<(?:code|kbd|pre|samp)\b/;
const LT = 0x3c;
const SPACE = 0x20;
const APOSTROPHE = 0x2019;
const SMALL_I = 0x69;
/** Of ASCII and the two blocks after it; what stands behind them is Chinese, hardly anything else. */
const LAST_LATIN = 0x24f;
const ENDS_A_WORD = ",.;:!?)(’'&";

/** How a language is found in a page of the other. */
type Tongue = {
  readonly lang: Lang;
  readonly mark: (text: string) => string;
  /** Of what can only be marked whole. */
  readonly isIn: (text: string) => boolean;
  readonly leaves: (tag: string) => boolean;
};

const ZH: Tongue = {
  lang: "zh",
  mark: (text) => text.replaceAll(CHINESE, '<span lang="zh">$&</span>'),
  isIn: (text) => HAN.test(text),
  leaves: () => false,
};

const EN: Tongue = {
  lang: "en",
  mark: (text) => text.replaceAll(ENGLISH, (run) => (HAS_A_WORD.test(run) ? `<span lang="en">${run}</span>` : run)),
  // A sentence of both is Chinese with English in it.
  isIn: (text) => !HAN.test(text) && (text.match(ENGLISH) ?? []).some((run) => HAS_A_WORD.test(run)),
  leaves: (tag) => CODE.test(tag),
};

/**
 * A page with what is of the other language in it marked so (WCAG 2.2, 3.1.2): a screen reader spells it out otherwise. It is told by its
 * characters, so that no page need know what is whose words.
 */
export function withOtherTongueMarked(page: string, lang: Lang): string {
  if (lang === "en") return marked(page, ZH);
  return mayBeEnglish(page) ? marked(page, EN) : page;
}

/**
 * Chinese pages have no English as a rule, and are seen to have none in one walk over their characters that skips tags: marking costs
 * several times that.
 */
function mayBeEnglish(page: string): boolean {
  let isInWord = false;
  let isBehindOne = false;
  for (let i = 0; i < page.length; i += 1) {
    const code = page.charCodeAt(i);
    if (code > LAST_LATIN && code !== APOSTROPHE) isInWord = isBehindOne = false;
    else if (isLatin(code)) {
      if (isBehindOne) return true;
      isInWord = true;
    } else if (code === LT) {
      const end = page.indexOf(">", i);
      if (page.charCodeAt(i + 1) === SMALL_I && EN.isIn(valueOf(page.slice(i, end + 1)))) return true;
      i = end < 0 ? page.length : end;
      isInWord = isBehindOne = false;
    } else if (code <= SPACE) isBehindOne ||= isInWord;
    else if (!ENDS_A_WORD.includes(page.charAt(i))) isInWord = isBehindOne = false;
  }
  return false;
}

/** Of ASCII and the two blocks after it. */
function isLatin(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || (code >= 0xc0 && code <= LAST_LATIN);
}

function marked(page: string, tongue: Tongue): string {
  let isLeft = false;
  return page.replaceAll(PIECE, (piece, element: string | undefined, attributes = "", text = "") => {
    if (element !== undefined) return elementMarked(piece, element, `${attributes}`, `${text}`, tongue);
    if (!piece.startsWith("<")) return isLeft ? piece : tongue.mark(piece);
    const hasLang = HAS_LANG.test(piece) && !piece.startsWith("<html");
    isLeft = hasLang || tongue.leaves(piece);
    return !hasLang && tongue.isIn(valueOf(piece)) ? withLang(piece, tongue) : piece;
  });
}

/** The words of a picture, the value of a field; of any other tag none. */
function valueOf(tag: string): string {
  return READ_BY_VALUE.exec(tag)?.[1] ?? "";
}

/** No span may stand in them: a field and a choice are marked whole, a title cannot be. */
function elementMarked(piece: string, element: string, attributes: string, text: string, tongue: Tongue): string {
  const may = (element === "textarea" || element === "option") && tongue.isIn(text) && !HAS_LANG.test(attributes);
  return may ? withLang(piece, tongue) : piece;
}

function withLang(piece: string, { lang }: Tongue): string {
  return piece.replace(/^<\w+/, `$& lang="${lang}"`);
}
