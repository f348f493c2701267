/** Elements whose text is no markup, one by one with the text; any other tag; text. */
const PIECE = /<(title|script|style|textarea|option)\b([^>]*)>([^]*?)<\/\1>|<[^>]*>|[^<]+/gu;
/** From a Han character to the last one before Latin letters or an entity. */
const CHINESE = /\p{Script=Han}(?:[^<&\p{Script=Latin}]*\p{Script=Han})?/gu;
const HAN = /\p{Script=Han}/u;
const HAS_LANG = /\slang=/;
/** What has no text around it and is read by what stands in it: a picture's words, a field's value. */
const READ_BY_VALUE = /^<(img|input)\b[^>]*\s(alt|value)="[^"]*\p{Script=Han}/u;

/**
 * An English page with what is Chinese in it marked so (WCAG 2.2, 3.1.2): a screen reader spells it out otherwise. It is told by its
 * characters, so that no page need know what is whose words.
 */
export function withChineseMarked(page: string): string {
  let isMarked = false;
  return page.replaceAll(PIECE, (piece, element: string | undefined, attributes = "", text = "") => {
    if (element !== undefined) return elementMarked(piece, element, `${attributes}`, `${text}`);
    if (!piece.startsWith("<")) return isMarked ? piece : piece.replaceAll(CHINESE, '<span lang="zh">$&</span>');
    isMarked = HAS_LANG.test(piece) && !piece.startsWith("<html");
    return READ_BY_VALUE.test(piece) && !isMarked ? piece.replace(/^<\w+/, '$& lang="zh"') : piece;
  });
}

/** No span may stand in them: a field and a choice are marked whole, a title cannot be. */
function elementMarked(piece: string, element: string, attributes: string, text: string): string {
  const may = (element === "textarea" || element === "option") && HAN.test(text) && !HAS_LANG.test(attributes);
  return may ? piece.replace(/^<\w+/, '$& lang="zh"') : piece;
}
