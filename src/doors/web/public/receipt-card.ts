import { encode } from "uqr";
import { shortened } from "#platform/characters";

/** What the picture of a receipt says, worded. */
export type Card = {
  readonly heading: string;
  readonly received: string;
  readonly sentence: string;
  readonly codeHint: string;
  readonly code: string;
  /** What is told beside the square: a small line with the words under it. */
  readonly told: readonly (readonly [string, string])[];
  readonly scan: string;
  readonly stops: readonly { readonly name: string; readonly state: "was" | "now" | "ahead" }[];
  readonly last: string;
  /** Where its code is asked for: what the square opens. It does not carry the code. */
  readonly track: URL;
};

const WIDTH = 750;
const LEFT = 69;
const RIGHT = 681;
const MOST_SHOWN = 120;
const INK = "#1d2733";
const MIST = "#5d6673";
const SEAL = "#b3261e";
const RULE = "#e4dfd5";

/** The picture to keep, as SVG and as high as its sentence needs: no word under 22 px, so that it reads on a small phone. */
export function receiptCard(card: Card): { readonly svg: string; readonly width: number; readonly height: number } {
  const size = card.sentence.length > 45 ? 30 : 40;
  const lines = linesOf(shortened(card.sentence, MOST_SHOWN), (RIGHT - LEFT) / size);
  const top = 155 + lines.length * (size + 13) + 22;
  const height = top + 705;
  const said = lines.map((line, i) => text(LEFT, 155 + (i + 1) * (size + 13), size, INK, line));
  const body = [head(card), ...said, codeOf(card, top), square(card, top + 190), wayOf(card, top + 504), foot(card, height)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<g fill="none" stroke="${SEAL}"><rect x="22.5" y="22.5" width="705" height="${height - 45}"/>
<rect x="25.5" y="25.5" width="699" height="${height - 51}"/></g>
<g font-family="Noto Serif CJK SC, serif" font-weight="700">
${body.join("\n")}
</g></svg>`;
  return { svg, width: WIDTH, height };
}

function head({ heading, received }: Card): string {
  return `<rect x="${LEFT}" y="59" width="74" height="74" rx="4" fill="${SEAL}"/>
${text(106, 93, 30, "#fff", "三", "middle")}
${text(106, 125, 30, "#fff", "问", "middle")}
${text(161, 90, 30, INK, heading)}
${text(161, 126, 22, MIST, received)}`;
}

function codeOf({ codeHint, code }: Card, top: number): string {
  return `${rule(top)}
${text(WIDTH / 2, top + 48, 23, INK, codeHint, "middle")}
<text x="377" y="${top + 128}" font-size="70" letter-spacing="4" text-anchor="middle" fill="${SEAL}">${escaped(code)}</text>
${rule(top + 163)}`;
}

function square({ track, told, scan }: Card, top: number): string {
  const { data, size } = encode(track.href, { ecc: "M", border: 0 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  const lines = told.map(
    ([small, large], i) => `${text(379, top + 40 + i * 92, 22, MIST, small)}\n${text(379, top + 76 + i * 92, 26, INK, large)}`,
  );
  return `<g transform="translate(${LEFT} ${top}) scale(${270 / size})" shape-rendering="crispEdges"><path d="${path}" fill="${INK}"/></g>
${lines.join("\n")}
${text(379, top + 40 + told.length * 92, 22, MIST, scan)}`;
}

function wayOf({ stops }: Card, y: number): string {
  const apart = (WIDTH - 80) / stops.length;
  const dots = stops.map(({ name, state }, i) => {
    const x = 40 + apart * (i + 0.5);
    const colour = state === "now" ? SEAL : state === "was" ? INK : MIST;
    const line = i === 0 ? "" : `<line x1="${x - apart}" y1="${y}" x2="${x}" y2="${y}" stroke="${RULE}" stroke-width="2"/>`;
    return {
      line,
      dot: `<circle cx="${x}" cy="${y}" r="7" stroke="${colour}" stroke-width="2" fill="${state === "ahead" ? "#fff" : colour}"/>
${text(x, y + 46, 22, colour, name, "middle")}`,
    };
  });
  return [...dots.map(({ line }) => line), ...dots.map(({ dot }) => dot)].join("\n");
}

function foot({ last, track }: Card, height: number): string {
  return `${rule(height - 95)}
${text(LEFT, height - 50, 22, INK, last)}
${text(RIGHT, height - 50, 22, MIST, `${track.host}${track.pathname}`, "end")}`;
}

function rule(y: number): string {
  return `<line x1="${LEFT}" y1="${y}.5" x2="${RIGHT}" y2="${y}.5" stroke="${RULE}"/>`;
}

function text(x: number, y: number, size: number, colour: string, words: string, anchor = "start"): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The words in lines that fit, as far as widths are known without drawing: a Chinese character is one wide, a Latin one about half. */
function linesOf(words: string, most: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let width = 0;
  for (const part of words.match(/[!-~]{1,20} ?|[^]/gu) ?? []) {
    const wide = Array.from(part).reduce(
      (sum, character) => sum + (character > "\u2000" ? 1 : /[A-Z@mw%]/.test(character) ? 0.8 : 0.58),
      0,
    );
    if (width + wide > most && line !== "") {
      lines.push(line);
      [line, width] = ["", 0];
    }
    line += part;
    width += wide;
  }
  return [...lines, line];
}
