/** A number that leads to a person, where it stands in a text, and what may be shown of it. */
export type PersonalNumber = {
  readonly kind: "phone" | "identity-card";
  readonly from: number;
  readonly to: number;
  readonly masked: string;
};

const SEPARATED = "[ \\-‐‑–—\u00a0]?";
const MOBILE = new RegExp(`(?<![\\dA-Za-z.])(?:(?:\\+|00)?86${SEPARATED})?1[3-9]\\d${SEPARATED}\\d{4}${SEPARATED}\\d{4}(?!\\d)`, "g");
const LANDLINE = new RegExp(`(?<![\\dA-Za-z.])\\(?0(?:10|2\\d|[3-9]\\d{2})\\)?${SEPARATED}[2-9]\\d{6,7}(?!\\d)`, "g");
const IDENTITY_CARD = /(?<![\dA-Za-z])[1-9]\d{16}[\dXx](?![\dA-Za-z])/g;

/** Telephone numbers of the mainland and numbers of identity cards in a text, in order; digits of full width count. */
export function personalNumbers(text: string): readonly PersonalNumber[] {
  const narrow = text.replaceAll(/[０-９]/g, (digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) - 0xfee0));
  const cards = found(narrow, IDENTITY_CARD, "identity-card").filter(({ from, to }) => isIdentityCard(narrow.slice(from, to)));
  const phones = [...found(narrow, MOBILE, "phone"), ...found(narrow, LANDLINE, "phone")];
  const apart = phones.filter((phone) => !cards.some((card) => phone.from < card.to && card.from < phone.to));
  return [...cards, ...apart].sort((a, b) => a.from - b.from);
}

/** The text with every such number masked: 138****5678, 3601**********1234. */
export function withoutPersonalNumbers(text: string): string {
  let rest = 0;
  let told = "";
  for (const { from, to, masked } of personalNumbers(text)) {
    if (from < rest) continue;
    told += text.slice(rest, from) + masked;
    rest = to;
  }
  return told + text.slice(rest);
}

function found(text: string, pattern: RegExp, kind: PersonalNumber["kind"]): readonly PersonalNumber[] {
  return [...text.matchAll(pattern)].map((match) => ({
    kind,
    from: match.index,
    to: match.index + match[0].length,
    masked: maskedAs(kind, match[0]),
  }));
}

/** What is left: of a card the first six and the last four, of a telephone the first three or the area code, and the last digits. */
function maskedAs(kind: PersonalNumber["kind"], number: string): string {
  if (kind === "identity-card") return `${number.slice(0, 6)}********${number.slice(-4)}`;
  const digits = number.replaceAll(/\D/g, "").replace(/^(?:00)?86(?=1\d{10}$)/, "");
  if (digits.startsWith("1")) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  const area = /^0(?:10|2\d|[3-9]\d{2})/.exec(digits)?.[0] ?? "";
  return `${area}-****${digits.slice(-3)}`;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643-1999: a day of birth that may be one, and the check character (ISO 7064, MOD 11-2). */
function isIdentityCard(number: string): boolean {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  return "10X98765432"[sum % 11] === number.slice(-1).toUpperCase();
}
