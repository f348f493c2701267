import { byteaText } from "#platform/bytea";
import { markOf, marksOf, openSealed, sealFor } from "#platform/sealing";
import type { Town } from "#platform/town";
import { saidOf, type Identity, type IdentityField } from "./identity.ts";

/** An identity as `vault.keep` takes it, in JSON: field by field, a phone with the mark by which it is found. */
export type SealedIdentity = {
  readonly report: string;
  readonly kept_at: Date;
  readonly fields: readonly { readonly kind: IdentityField; readonly sealed: string; readonly mark: string | null }[];
};

/** Null where nobody said who they are. */
export function sealIdentity(town: Town, at: Date, report: string, identity: Identity): SealedIdentity | null {
  const said = saidOf(identity);
  if (said.length === 0) return null;
  const fields = said.map(([kind, text]) => ({
    kind,
    sealed: byteaText(sealFor(town.keys, "vault", text, placeOf(town, report, kind))),
    mark: kind === "phone" ? byteaText(markOf(town.keys, "blind-index", numberIn(town, text))) : null,
  }));
  return { report, kept_at: at, fields };
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
