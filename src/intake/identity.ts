import { z } from "zod";
import { seal, unseal } from "#platform/seal";
import type { Town } from "#platform/town";

/** Who sent a report, as far as they said. Lives sealed in `intake.identity`, apart from everything else. */
export type Identity = { readonly name: string; readonly phone: string };

const Kept = z.object({ name: z.string(), phone: z.string() });

/** Null when nothing was said. */
export function sealIdentity(town: Town, report: string, { name, phone }: Identity): Buffer | null {
  return name === "" && phone === "" ? null : seal(town.keys.for("vault"), JSON.stringify({ name, phone }), placeOf(town, report));
}

export function unsealIdentity(town: Town, report: string, sealed: Uint8Array): Identity {
  const text = unseal(town.keys.for("vault"), sealed, placeOf(town, report));
  if (text === null) throw new Error(`couldn't open the identity of report ${report}: sealed under another key, or changed`);
  return Kept.parse(JSON.parse(text));
}

function placeOf(town: Town, report: string): string {
  return `identity/${town.id}/${report}`;
}
