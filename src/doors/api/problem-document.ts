import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import type { FieldFault } from "#platform/text";
import { wordsIn, type Lang, type Words } from "#words/words";
import type * as shapes from "./shapes.ts";

/** What can be wrong with a request, as the `type` of a problem document. */
export type Trouble = keyof Words["api"]["troubles"];

export type FieldError = NonNullable<z.output<typeof shapes.ProblemDocument>["errors"]>[number];

/** A problem document (RFC 9457) in the language asked for. `detail` says what the words of `trouble` do not. */
export function problemDocument(
  context: Context,
  status: ContentfulStatusCode,
  trouble: Trouble,
  said: { readonly code?: string; readonly detail?: string; readonly errors?: readonly FieldError[] } = {},
): Response {
  const lang = langOf(context);
  const words = wordsIn(lang).api.troubles[trouble];
  const document: z.output<typeof shapes.ProblemDocument> = {
    type: `/api#${trouble}`,
    title: words.title,
    status,
    detail: said.detail ?? words.detail,
    instance: `urn:uuid:${context.get("requestId")}`,
    code: said.code ?? `request/${trouble}`,
    ...(said.errors === undefined ? {} : { errors: [...said.errors] }),
  };
  return context.body(JSON.stringify(document), status, {
    "content-type": "application/problem+json",
    "content-language": lang === "zh" ? "zh-CN" : "en",
    vary: "accept-language",
  });
}

/** What a parser found, field by field; `where` says whether they are members of the body or parameters of the address. */
export function fieldErrors(lang: Lang, where: "pointer" | "parameter", error: z.ZodError): readonly FieldError[] {
  return error.issues.flatMap((issue) => {
    const unknown = issue.code === "unrecognized_keys";
    const paths = unknown ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    const { api, common } = wordsIn(lang);
    const code = unknown ? "field/unknown" : isFieldFault(issue.message) || isOurs(issue.message) ? issue.message : "field/wrong-kind";
    const bounds = issue.code === "custom" ? Bounds.safeParse(issue.params).data : undefined;
    const fault = isFieldFault(code) ? common.faults[code] : api.fields[code];
    const detail = bounds === undefined ? fault : api.between(bounds.least, bounds.most);
    return paths.map((path) => ({
      ...(where === "pointer" ? { pointer: pointerTo(path) } : { parameter: path.map(String).join(".") }),
      code,
      detail,
    }));
  });
}

/** Parameters of the address that this door does not know: left aside, and said so. */
export function warningsOf(context: Context, known: readonly string[]): { readonly warnings?: FieldError[] } {
  const code = "parameter/unknown";
  const detail = wordsIn(langOf(context)).api.fields[code];
  const unknown = Object.keys(context.req.query()).filter((parameter) => !known.includes(parameter));
  return unknown.length === 0 ? {} : { warnings: unknown.map((parameter) => ({ parameter, code, detail })) };
}

export function isJson(context: Context): boolean {
  return /^application\/json\s*(;|$)/i.test(context.req.header("content-type") ?? "");
}

export function langOf(context: Context): Lang {
  return /^\s*zh\b/i.test(context.req.header("accept-language") ?? "") ? "zh" : "en";
}

/** What a number that is out of bounds (`wholeNumber`) says of them. */
const Bounds = z.object({ least: z.number(), most: z.number() });

/** RFC 6901. */
function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** A fault that only this door finds. */
function isOurs(code: string): code is keyof Words["api"]["fields"] {
  return Object.hasOwn(wordsIn("en").api.fields, code);
}

function isFieldFault(code: string): code is FieldFault {
  return Object.hasOwn(wordsIn("en").common.faults, code);
}
