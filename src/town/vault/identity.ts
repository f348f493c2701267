import { z } from "zod";
import { judgeable } from "#platform/characters";
import { optionalLine } from "#platform/text";

export const IDENTITY_FIELDS = ["name", "phone", "email", "wechat", "address"] as const;
export type IdentityField = (typeof IDENTITY_FIELDS)[number];

/** Who sent a report, as far as they said; what they did not say is empty. */
export type Identity = { readonly [field in IdentityField]: string };

const LONGEST_TYPED = 400;
/** What stands before a number that was copied with its name: `电话：`, `Tel:`. */
const LABEL = /^[^\d+:]{1,20}: ?/u;
const NOT_DIALLED = /[\s\p{Dash_Punctuation}\u2212()[\].·•・_/]/gu;

/** A telephone number as people write or copy it, or nothing; kept as its digits, with a leading + when it has one. */
const optionalPhone = z
  .string({ error: "phone/impossible" })
  .max(LONGEST_TYPED, { error: "phone/impossible" })
  .transform((typed) => judgeable(typed).replace(LABEL, "").replaceAll(NOT_DIALLED, ""))
  .refine((typed) => typed === "" || /^\+?\d{5,15}$/.test(typed), { error: "phone/impossible" })
  .default("");

/** The same where there must be one. */
export const phone = optionalPhone.refine((typed) => typed !== "", { error: "phone/impossible" });

const LONGEST_EMAIL = 120;

/**
 * An address of e-mail as a person types or copies it, or nothing; whether it exists only a message can tell. A full stop of ours is
 * the dot of a domain (RFC 3490 §3.1), and `李河 <li@example.com>` is what an address book gives.
 */
const optionalEmail = z
  .string({ error: "email/impossible" })
  .max(LONGEST_TYPED, { error: "email/impossible" })
  .transform((typed) => addressIn(judgeable(typed)))
  .refine((typed) => typed === "" || (typed.length <= LONGEST_EMAIL && /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/.test(typed)), {
    error: "email/impossible",
  })
  .default("");

function addressIn(text: string): string {
  const inside = /<([^<>]*)>$/.exec(text)?.[1] ?? text.replace(/^mailto:/i, "");
  return inside.replaceAll("。", ".").replaceAll(/ ?([@.]) ?/g, "$1");
}

/** The fields in which a form asks who somebody is; every one may stay empty. */
export const identityFields = {
  name: optionalLine(40),
  phone: optionalPhone,
  email: optionalEmail,
  wechat: optionalLine(40).transform(judgeable),
  address: optionalLine(200),
};

/** What a person said of themselves: the fields that are not empty. */
export function saidOf(identity: Identity): readonly (readonly [IdentityField, string])[] {
  return IDENTITY_FIELDS.flatMap((field) => (identity[field] === "" ? [] : [[field, identity[field]] as const]));
}
