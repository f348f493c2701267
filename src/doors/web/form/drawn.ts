import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { RefusalCode } from "#refusals";
import type { Sent } from "#doors/web/form";
import type { Faults, FieldParts, Typed } from "#doors/web/ui/field";

/** What a form is drawn with: nothing at first; when it comes back, everything that was sent, and why. */
export type Drawn = {
  readonly typed: Typed;
  readonly lists: Sent["lists"];
  readonly faults: Faults;
  readonly status: ContentfulStatusCode;
  /** The key of a form that came back: it was never used. */
  readonly key: string | null;
  /** Why the town said no, where it did. */
  readonly refused: RefusalCode | null;
};

export const FRESH: Drawn = { typed: {}, lists: {}, faults: {}, status: 200, key: null, refused: null };

/** A form that comes back: it was malformed, or is drawn again in another view. */
export function backWith({ typed, lists, key }: Sent, faults: Faults, status: ContentfulStatusCode = 422): Drawn {
  return { typed, lists, faults, status, key, refused: null };
}

/** The parts of a field that all fields of one form share. */
export function part(
  { typed, faults, now }: Pick<FieldParts, "typed" | "faults" | "now">,
  name: string,
  label: string,
  hint?: string,
): FieldParts {
  return { name, label, typed, faults, ...(now === undefined ? {} : { now }), ...(hint === undefined ? {} : { hint }) };
}
