import type { Faults, Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";

/**
 * Bytes that were not UTF-8 (a lone surrogate, a cut character) reach us as U+FFFD: what the person meant is lost,
 * so the field says so instead of keeping it.
 */
export function faultsOfBytes(visit: Visit, typed: Typed): Faults {
  const broken = Object.entries(typed).filter(([, text]) => text.includes("\uFFFD"));
  return Object.fromEntries(broken.map(([name]) => [name, visit.words.common.faults["text/not-text"]]));
}
