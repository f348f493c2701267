import type { Context } from "hono";
import type { Program } from "#doors/web/program";
import type { Officer } from "#people/officer";

/** The officer of this town whose session the request carries, or null. */
export async function officerOf(_program: Program, _town: string, _context: Context, _at: Date): Promise<Officer | null> {
  return null;
}
