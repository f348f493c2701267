import { redactBeside, type Covered, type WordsBeside } from "#audit/redact-beside";
import type { Town } from "#platform/town";

/** Every column of this room that holds what was said about what a file is used for. */
export const CAPTIONS: readonly WordsBeside[] = [{ table: "evidence.use", about: "subject", columns: ["caption"] }];

/** Takes a text out of the captions of whatever is laid beside the subject. */
export async function redactCaptions(town: Town, subject: string, covered: Covered): Promise<void> {
  await redactBeside(town, CAPTIONS, subject, covered);
}
