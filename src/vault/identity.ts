import { z } from "zod";
import { optionalLine } from "#platform/text";

export const IDENTITY_FIELDS = ["name", "phone", "email", "wechat", "address"] as const;
export type IdentityField = (typeof IDENTITY_FIELDS)[number];

/** Who sent a report, as far as they said; what they did not say is empty. */
export type Identity = { readonly [field in IdentityField]: string };

const NOT_DIALLED = /[\s\p{Dash_Punctuation}()（）.]/gu;

/** A telephone number as people write it, or nothing; kept as its digits, with a leading + when it has one. */
export const optionalPhone = z
  .string({ error: "phone/impossible" })
  .transform((typed) => typed.normalize("NFKC").replaceAll(NOT_DIALLED, ""))
  .refine((typed) => typed === "" || /^\+?\d{5,15}$/.test(typed), { error: "phone/impossible" })
  .default("");

/** An address of e-mail as a person types it; whether it exists only a message can tell. */
const optionalEmail = optionalLine(120).refine((typed) => typed === "" || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed), {
  error: "email/impossible",
});

/** The fields in which a form asks who somebody is; every one may stay empty. */
export const identityFields = {
  name: optionalLine(40),
  phone: optionalPhone,
  email: optionalEmail,
  wechat: optionalLine(40),
  address: optionalLine(200),
};

/** What a person said of themselves: the fields that are not empty. */
export function saidOf(identity: Identity): readonly (readonly [IdentityField, string])[] {
  return IDENTITY_FIELDS.flatMap((field) => (identity[field] === "" ? [] : [[field, identity[field]] as const]));
}
