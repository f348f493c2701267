import { html as hono, raw } from "hono/html";

export { raw };

/** Escaped HTML. Pages never await inside a template: they gather first, then write. */
export type Html = ReturnType<typeof raw>;

/** A tagged template whose values are escaped unless they are HTML themselves; lists are joined; null and false write nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  const written = hono(unindented(strings), ...values);
  if (written instanceof Promise) throw new Error("couldn't write a page: a template was given a promise");
  return written;
}

const UNINDENTED = new WeakMap<TemplateStringsArray, TemplateStringsArray>();

/**
 * Indentation is for whoever reads the template; on the wire a line begins with an element, and a tag stands on one line.
 * A template's strings never change.
 */
function unindented(strings: TemplateStringsArray): TemplateStringsArray {
  const known = UNINDENTED.get(strings);
  if (known !== undefined) return known;
  const lines = Object.assign(
    strings.map((text) =>
      text
        .replaceAll(/\n\s+(?=<)/g, "\n")
        .replaceAll(/\n\s*>/g, ">")
        .replaceAll(/\n\s+/g, " "),
    ),
    { raw: strings.raw },
  );
  UNINDENTED.set(strings, lines);
  return lines;
}
