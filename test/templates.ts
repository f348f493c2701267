/** What is put into a template: its own code without the templates in it, and those. */
export type Hole = { readonly line: number; readonly code: string; readonly templates: readonly Template[] };

/** A template of markup: the texts between its holes, and its holes. */
export type Template = {
  readonly line: number;
  readonly isMarkup: boolean;
  readonly texts: readonly string[];
  readonly holes: readonly Hole[];
};

/** Every template of markup in a source, those within others too; a source is read as it is formatted. */
export function templatesIn(source: string): readonly Template[] {
  const found: Template[] = [];
  for (let at = source.indexOf(OPENING); at >= 0; at = source.indexOf(OPENING, at)) {
    const { template, end } = readTemplate(source, at + OPENING.length - 1);
    found.push(...withinIt(template));
    at = end;
  }
  return found;
}

const OPENING = "html`";

function withinIt(template: Template): readonly Template[] {
  return [template, ...template.holes.flatMap(({ templates }) => templates.filter(({ isMarkup }) => isMarkup).flatMap(withinIt))];
}

/** Conditions that stand in a hole, one within another: in its own code, and in the markup that it puts there. */
export function conditionsIn({ code, templates }: Hole): number {
  const own = code.replaceAll(/"(?:\\.|[^"\\])*"/g, '""').match(/(?<!\?)\?(?![?.:])/g)?.length ?? 0;
  const inner = templates.flatMap(({ isMarkup, holes }) => (isMarkup ? holes.map(conditionsIn) : []));
  return own + Math.max(0, ...inner);
}

/** Reads a template whose backtick stands here. */
function readTemplate(source: string, opening: number): { readonly template: Template; readonly end: number } {
  const texts: string[] = [];
  const holes: Hole[] = [];
  let from = opening + 1;
  let at = from;
  for (; source[at] !== "`"; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source.startsWith("${", at)) {
      texts.push(source.slice(from, at));
      const { hole, end } = readHole(source, at + 2);
      holes.push(hole);
      from = end + 1;
      at = end;
    } else if (at >= source.length) throw new Error(`couldn't read a template: it does not end after ${lineOf(source, opening)}`);
  }
  texts.push(source.slice(from, at));
  const isMarkup = source.startsWith(OPENING, opening - OPENING.length + 1);
  return { template: { line: lineOf(source, opening), isMarkup, texts, holes }, end: at + 1 };
}

/** Reads the code of a hole up to the brace that closes it. */
function readHole(source: string, start: number): { readonly hole: Hole; readonly end: number } {
  const templates: Template[] = [];
  let code = "";
  let depth = 0;
  for (let at = start; ; at += 1) {
    const sign = source[at] ?? "";
    if (sign === "}" && depth === 0) return { hole: { line: lineOf(source, start), code, templates }, end: at };
    if (sign === "{") depth += 1;
    if (sign === "}") depth -= 1;
    if (sign === "`") {
      const { template, end } = readTemplate(source, at);
      templates.push(template);
      at = end - 1;
    } else if (sign === '"' || sign === "'") {
      const end = endOfString(source, at);
      code += source.slice(at, end);
      at = end - 1;
    } else code += sign;
  }
}

function endOfString(source: string, opening: number): number {
  let at = opening + 1;
  while (source[at] !== source[opening]) at += source[at] === "\\" ? 2 : 1;
  return at + 1;
}

function lineOf(source: string, at: number): number {
  return source.slice(0, at).split("\n").length;
}
