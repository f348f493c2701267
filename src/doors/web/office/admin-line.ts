import type { Directory, OfficerNamed } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";

/** One thing an administrator looks at, with the way to do something about it. */
export type AdminLine = {
  readonly href: string;
  readonly name: string;
  readonly says: Html | string;
  readonly light: "green" | "amber" | "red" | "";
};

export function lineOf({ href, name, says, light }: AdminLine): Html {
  return html`<li>
    <a href="${href}">${name}</a>
    <span class="${light === "" ? "hint" : `lamp ${light}`}">${says}</span>
  </li>`;
}

/** How many there are of what should not be. */
export function counted(visit: Visit, name: string, href: string, found: number): AdminLine {
  const words = visit.words.office.admin;
  return { href, name, says: found === 0 ? words.none : words.count(found), light: found === 0 ? "green" : "amber" };
}

export function working(names: Directory): readonly OfficerNamed[] {
  return [...names.officers.values()].filter(({ disabled }) => !disabled);
}
