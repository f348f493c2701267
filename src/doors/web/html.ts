import { html as hono, raw } from "hono/html";

export { raw };

/** Escaped HTML. Pages never await inside a template: they gather first, then write. */
export type Html = ReturnType<typeof raw>;

/** A tagged template whose values are escaped unless they are HTML themselves; lists are joined; null and false write nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  const written = hono(strings, ...values);
  if (written instanceof Promise) throw new Error("couldn't write a page: a template was given a promise");
  return written;
}
