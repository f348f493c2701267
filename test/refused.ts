import { Refusal, type RefusalCode } from "#refusals";

/** For `assert.rejects`: a refusal with this code, and nothing else. */
export function refusedWith(code: RefusalCode): (error: unknown) => boolean {
  return (error) => error instanceof Refusal && error.code === code;
}
