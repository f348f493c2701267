/** What an event's body may hold: no fractions, so that canonical form needs no number rules beyond integers. */
export type Fact = string | number | boolean | null | readonly Fact[] | { readonly [name: string]: Fact };

/** RFC 8785 (JCS) for facts: members sorted by UTF-16 code units, no white space; numbers must be safe integers. */
export function canonicalJson(fact: Fact): string {
  if (fact === null || typeof fact === "boolean") return JSON.stringify(fact);
  if (typeof fact === "string") return JSON.stringify(fact.toWellFormed());
  if (typeof fact === "number") {
    if (!Number.isSafeInteger(fact)) throw new Error(`couldn't write ${fact} as a fact: only safe integers`);
    return String(fact);
  }
  if (isList(fact)) return `[${fact.map(canonicalJson).join(",")}]`;
  const members = Object.entries(fact)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}:${canonicalJson(value)}`);
  return `{${members.join(",")}}`;
}

function isList(fact: Fact): fact is readonly Fact[] {
  return Array.isArray(fact);
}
