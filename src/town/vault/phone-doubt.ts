export type PhoneDoubt = { readonly says: "short" | "long" | "odd"; readonly digits: number };

/** A mobile, a landline with or without its area, a service number (GB numbering plan). */
const LIKELY = /^(1[3-9]\d{9}|0[1-9]\d{8,10}|[2-9]\d{6,7}|[48]00\d{7})$/;

/**
 * Why a telephone number of the mainland is perhaps mistyped; null when nothing speaks against it, and of a number of elsewhere. It is a
 * doubt and never a refusal: whoever gives it knows better.
 */
export function phoneDoubt(phone: string): PhoneDoubt | null {
  const national = phone.replace(/^(\+|00)86/, "");
  if (national === "" || /^(\+|00)/.test(national) || LIKELY.test(national)) return null;
  const digits = national.length;
  const whole = national.startsWith("1") ? 11 : national.startsWith("0") ? 12 : 8;
  return { says: digits < Math.min(whole, 11) ? "short" : digits > whole ? "long" : "odd", digits };
}
