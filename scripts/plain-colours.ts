/**
 * Tabler writes its colours as `oklch()`, `color-mix()` and `light-dark()`, which Chrome kernels before 111–123 do not know
 * (the browsers of many offices are 78–86). Here they are worked out at build time into `#rrggbbaa`.
 */

type Colour = { readonly L: number; readonly a: number; readonly b: number; readonly alpha: number };

/** A CSS value with every colour function that can be worked out replaced; `lookUp` gives the value of a custom property. */
export function plainColours(value: string, lookUp: (name: string) => string | null): string {
  if (!/oklch\(|color-mix\(|light-dark\(/.test(value)) return value;
  const [start, end] = firstCall(value, ["light-dark", "color-mix", "oklch"]) ?? [0, 0];
  if (end === 0) return value;
  const call = value.slice(start, end);
  return value.slice(0, start) + plain(call, lookUp) + plainColours(value.slice(end), lookUp);
}

function plain(call: string, lookUp: (name: string) => string | null): string {
  const [name = "", inside = ""] = split(call);
  if (name === "light-dark") return plainColours(commas(inside)[0] ?? "", lookUp);
  const colour = colourOf(call, lookUp);
  return colour === null ? call : hex(colour);
}

function colourOf(text: string, lookUp: (name: string) => string | null): Colour | null {
  const value = text.trim();
  if (value === "transparent") return { L: 0, a: 0, b: 0, alpha: 0 };
  if (value.startsWith("#")) return fromHex(value);
  const [name = "", inside = ""] = split(value);
  switch (name) {
    case "var": {
      const [property = "", fallback] = commas(inside);
      const found = lookUp(property) ?? fallback;
      return found === undefined ? null : colourOf(found, lookUp);
    }
    case "light-dark":
      return colourOf(commas(inside)[0] ?? "", lookUp);
    case "rgba":
      return fromRgba(commas(inside).map(Number));
    case "oklch":
      return inside.startsWith("from ") ? lighter(inside, lookUp) : fromOklch(inside);
    case "color-mix":
      return mix(commas(inside).slice(1), lookUp);
    default:
      return null;
  }
}

/** CSS Color 5 §2: the two shares are made to add up to one, each colour counts by its alpha; mixed in OKLab. */
function mix(parts: readonly string[], lookUp: (name: string) => string | null): Colour | null {
  const [first, second] = parts.map((part) => shareOf(part, lookUp));
  if (first === undefined || second === undefined || first.colour === null || second.colour === null) return null;
  if (first.unknown || second.unknown) return null;
  const p1 = first.share ?? 1 - (second.share ?? 0.5);
  const p2 = second.share ?? 1 - p1;
  const [x, y] = [first.colour, second.colour];
  const alpha = x.alpha * p1 + y.alpha * p2;
  if (alpha === 0) return { L: 0, a: 0, b: 0, alpha: 0 };
  const of = (key: "L" | "a" | "b") => (x[key] * x.alpha * p1 + y[key] * y.alpha * p2) / alpha;
  return { L: of("L"), a: of("a"), b: of("b"), alpha };
}

function shareOf(part: string, lookUp: (name: string) => string | null): { colour: Colour | null; share: number | null; unknown: boolean } {
  const text = part.trim();
  const call = firstCall(text, ["var", "oklch", "color-mix", "light-dark"]);
  const end = call !== null && call[0] === 0 ? call[1] : text.search(/\s|$/);
  const rest = text.slice(end).trim();
  const share = rest === "" ? null : percentOf(rest, lookUp);
  return { colour: colourOf(text.slice(0, end), lookUp), share, unknown: rest !== "" && share === null };
}

/** `60%`, `var(--x)` or `calc(var(--x) * 100%)` as a share of one. */
function percentOf(text: string, lookUp: (name: string) => string | null): number | null {
  const settled = text.replaceAll(
    /var\((--[\w-]+)(?:,\s*([^()]+))?\)/g,
    (whole, name: string, fallback?: string) => lookUp(name) ?? fallback ?? whole,
  );
  const plainPercent = /^(-?[\d.]+)%$/.exec(settled);
  if (plainPercent?.[1] !== undefined) return Number(plainPercent[1]) / 100;
  const product = /^calc\(\s*([\d.]+)(%?)\s*\*\s*([\d.]+)(%?)\s*\)$/.exec(settled);
  if (product === null) return null;
  return (Number(product[1]) * Number(product[3])) / 100;
}

function split(call: string): readonly [string, string] | [] {
  const match = /^([\w-]+)\(([\s\S]*)\)$/.exec(call.trim());
  return match?.[1] === undefined || match[2] === undefined ? [] : [match[1], match[2]];
}

/** Where the first of these calls starts and ends. */
function firstCall(text: string, names: readonly string[]): readonly [number, number] | null {
  const match = new RegExp(`(?<![\\w-])(?:${names.join("|")})\\(`).exec(text);
  if (match === null) return null;
  let depth = 0;
  for (let i = match.index; i < text.length; i += 1) {
    if (text[i] === "(") depth += 1;
    if (text[i] === ")" && (depth -= 1) === 0) return [match.index, i + 1];
  }
  return null;
}

function commas(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === "(") depth += 1;
    if (text[i] === ")") depth -= 1;
    if (text[i] === "," && depth === 0) {
      parts.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  return [...parts, text.slice(from).trim()];
}

/** `from <colour> calc(l - 0.06) c h`: the only relative form Tabler uses. */
function lighter(inside: string, lookUp: (name: string) => string | null): Colour | null {
  const match = /^from\s+([\s\S]+?)\s+calc\(l ([+-]) ([\d.]+)\) c h$/.exec(inside);
  const from = match?.[1] === undefined ? null : colourOf(match[1], lookUp);
  return match === null || from === null ? null : { ...from, L: from.L + Number(match[3]) * (match[2] === "-" ? -1 : 1) };
}

function fromOklch(inside: string): Colour | null {
  const match = /^([\d.]+)%\s+([\d.]+)\s+([\d.]+)deg(?:\s*\/\s*([\d.]+)(%?))?$/.exec(inside.trim());
  if (match === null) return null;
  const [, light, chroma, hue, alpha, percent] = match;
  const turn = (Number(hue) * Math.PI) / 180;
  return {
    L: Number(light) / 100,
    a: Number(chroma) * Math.cos(turn),
    b: Number(chroma) * Math.sin(turn),
    alpha: alpha === undefined ? 1 : Number(alpha) / (percent === "%" ? 100 : 1),
  };
}

function fromRgba([r = 0, g = 0, b = 0, alpha = 1]: readonly number[]): Colour | null {
  const opaque = fromHex(`#${[r, g, b].map((v) => v.toString(16).padStart(2, "0")).join("")}`);
  return opaque === null ? null : { ...opaque, alpha };
}

function fromHex(text: string): Colour | null {
  const digits = text.slice(1);
  const full = digits.length <= 4 ? digits.replaceAll(/./g, "$&$&") : digits;
  if (!/^([0-9a-f]{6}|[0-9a-f]{8})$/i.test(full)) return null;
  const at = (i: number) => Number.parseInt(full.slice(i, i + 2), 16) / 255;
  const [r, g, b] = [at(0), at(2), at(4)].map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  if (r === undefined || g === undefined || b === undefined) return null;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    L: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    alpha: full.length === 8 ? at(6) : 1,
  };
}

/** OKLab to sRGB (Ottosson 2020), clipped to the gamut. */
function hex({ L, a, b, alpha }: Colour): string {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((v) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
  const byte = (v: number) =>
    Math.round(Math.min(1, Math.max(0, v)) * 255)
      .toString(16)
      .padStart(2, "0");
  return `#${channels.map(byte).join("")}${alpha >= 1 ? "" : byte(alpha)}`;
}
