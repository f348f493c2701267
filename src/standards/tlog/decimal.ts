/** A whole number as ASCII decimal without leading zeros, small enough to count with; null for anything else. */
export function readDecimal(text: string): number | null {
  if (!/^(?:0|[1-9]\d{0,15})$/.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : null;
}
