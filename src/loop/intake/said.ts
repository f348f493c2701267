import { z } from "zod";
import type { Actor } from "#audit/append-event";
import { photoHashes } from "#evidence/file";
import { HALF_A_POSITION, isWholePosition, latitude, longitude } from "#platform/numbers";
import { line, optionalId, optionalLine, optionalParagraph } from "#platform/text";
import { identityFields } from "#vault/identity";
import type { Channel } from "./report.ts";

/** What a report says, field by field. */
export const REPORT_FIELDS = {
  title: line(200),
  details: optionalParagraph(10_000),
  /** Null: the reporter leaves it to the town. */
  category: optionalId,
  village: optionalId,
  place: optionalLine(200),
  lon: longitude,
  lat: latitude,
  photos: photoHashes,
  ...identityFields,
  /** Of a sealed category: its reporter would rather have the secretary read it than its receivers. */
  forSecretary: z.union([z.boolean(), z.enum(["yes", "no", ""]).transform((typed) => typed === "yes")]).exactOptional(),
  /** What tells one sender's device from another's; the door makes it, only a keyed hash of it with the text is kept. */
  device: optionalLine(128),
};

export const ReceiveReport = z.object(REPORT_FIELDS).refine(isWholePosition, HALF_A_POSITION);
export type ReceiveReport = z.infer<typeof ReceiveReport>;

/** What was said, through which door, and the draft it was written in: its photos are the only ones the report may take. */
export type Receiving = ReceiveReport & {
  readonly channel: Channel;
  readonly draft?: string;
  /** A device or a program that says it in its own name. */
  readonly sender?: Actor;
};
