import { markOf, marksOf, openSealed, sealFor } from "#platform/sealing";
import type { Town } from "#platform/town";
import { saidOf, type Identity, type IdentityField } from "./identity.ts";

/** An identity as the database keeps it: field by field, and the mark by which its phone is found. */
export type Sealed = { readonly kinds: readonly string[]; readonly sealed: readonly Buffer[]; readonly phoneMark: Buffer | null };

export function sealIdentity(town: Town, report: string, identity: Identity): Sealed {
  const said = saidOf(identity);
  return {
    kinds: said.map(([field]) => field),
    sealed: said.map(([field, text]) => sealFor(town.keys, "vault", text, placeOf(town, report, field))),
    phoneMark: identity.phone === "" ? null : markOf(town.keys, "blind-index", numberIn(town, identity.phone)),
  };
}

export function openField(town: Town, report: string, field: IdentityField | "reason", sealed: Uint8Array): string {
  const text = openSealed(town.keys, "vault", sealed, placeOf(town, report, field));
  if (text === null) throw new Error(`couldn't open the ${field} of report ${report}: sealed under another key, or changed`);
  return text;
}

/** An officer's reason for a look: it may name the person, so it is sealed with them. */
export function sealReason(town: Town, report: string, reason: string): Buffer {
  return sealFor(town.keys, "vault", reason, placeOf(town, report, "reason"));
}

/** The marks under which a number may be found, whatever it was sealed with. */
export function phoneMarks(town: Town, phone: string): readonly Buffer[] {
  return marksOf(town.keys, "blind-index", numberIn(town, phone));
}

/** The same telephone however it is dialled (the country's code before a number of the mainland says nothing new), in this town. */
function numberIn(town: Town, phone: string): string {
  return `${town.id}/${phone.replace(/^(?:\+|00)?86(?=1\d{10}$|0\d{9,11}$)/, "")}`;
}

function placeOf(town: Town, report: string, field: string): string {
  return `vault/${town.id}/${report}/${field}`;
}
