import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { PurgeCSS } from "purgecss";
import sharp from "sharp";
import { build, type CSSOptions, type Plugin } from "vite";
import { plainColours } from "./plain-colours.ts";

const ROOT = join(import.meta.dirname, "..");
const WEB = join(ROOT, "src/doors/web");
const OUT = join(ROOT, "dist/assets");
const TABLER = join(ROOT, "node_modules/@tabler/core/dist/css/tabler.css");

/** Our layer, in the order of the cascade; what only the office shows, a resident on a slow link does not load. */
const OF_THE_OFFICE = ["office", "office-table", "desk", "callback", "monday", "people"];
const STYLES = ["tokens", "base", "masthead", "entry", "story", "way", "forms", "report", ...OF_THE_OFFICE, "elder", "contrast", "print"];
const SHEETS = {
  "public.css": { styles: STYLES.filter((part) => !OF_THE_OFFICE.includes(part)), sources: /^(?!office\/|set-up\/)/ },
  "office.css": { styles: STYLES, sources: /^/ },
};
const SCRIPTS = ["public", "office", "verify"];
/** Left as written: whoever verifies with it can read it. */
const READABLE: ReadonlySet<string> = new Set(["verify"]);

const WEEK_MS = 7 * 86_400_000;

// The oldest kernels still met in offices; no page needs a script, so a yet older one loses only comfort.
const TARGET = ["chrome69"];

/** Every element and kind of field that our pages write. */
const ELEMENTS =
  "html body main header footer nav article section aside h1 h2 h3 h4 p a b strong em ol ul li dl dt dd table thead tbody tfoot tr th td " +
  "caption form label input select textarea button fieldset legend img figure figcaption details summary time code pre hr small text tel " +
  "date password search checkbox radio file submit type open required readonly";

/** Classes that no source file need spell out: what scripts set, and the parts that pages put together from two words. */
const KEPT = [
  /^(is-(in)?valid|show|active|disabled|collapsed|visually-hidden(-focusable)?|container(-xl)?|row|g[xy]?-[0-4]|w-100|page)$/,
  /^(btn|btn-(primary|secondary|danger|link|sm|lg|outline-(primary|secondary|danger)))$/,
  /^alert(-(danger|warning|info|success|title|heading|link))?$/,
  /^(form-(label|control|select|check|text|fieldset|hint)(-(input|label|inline|sm|lg))?)$/,
  /^(table(-(responsive|vcenter|sm|striped|hover|active))?|card(-(body|header|footer|title|table|sm|actions))?|badge(-pill)?)$/,
  /^(col(-(sm|md|lg|xl))?(-(1|2|3|4|5|6|7|8|9|10|11|12|auto))?|[mp][tbxyse]?(-md)?-([0-5]|auto))$/,
  /^(d(-(sm|md|lg))?-(none|block|flex|grid|inline|inline-block)|flex-(wrap|column|fill|grow-1))$/,
  /^((align-items|justify-content)-(start|center|end|between|baseline)|text-(secondary|danger|end|center|nowrap|break))$/,
  /^(gap-[1-4]|fw-bold|small|lead|list-unstyled|list-inline(-item)?)$/,
];

/** Works out colours that are made of the page's own tokens; what a part's variants change is left to newer browsers. */
const PLAIN_COLOURS: CSSOptions = {
  postcss: {
    plugins: [
      {
        postcssPlugin: "sanwen-plain-colours",
        OnceExit(sheet) {
          const tokens = new Map<string, string>();
          sheet.walkRules(/:root/, (rule) => rule.walkDecls(/^--/, ({ prop, value }) => void tokens.set(prop, value)));
          sheet.walkDecls((declaration) => {
            declaration.value = plainColours(declaration.value, (name) => tokens.get(name) ?? null);
          });
        },
      },
    ],
  },
};

type Built = { readonly name: string; readonly bytes: Buffer };

const started = performance.now();
const built = [...(await styles()), ...(await scripts()), ...pictures(), ...(await cards()), ...(await icons())];
write(built);
for (const { name, bytes } of built) console.log(`${name.padEnd(28)} ${bytes.length} B, ${gzipSync(bytes, { level: 9 }).length} B gzipped`);
console.log(`assets built in ${Math.round(performance.now() - started)} ms`);

async function styles(): Promise<readonly Built[]> {
  const built = Object.entries(SHEETS).map(async ([name, { styles, sources }]) => {
    const own = styles.map((part) => readFileSync(join(WEB, `styles/${part}.css`), "utf8")).join("\n");
    const output = await bundle({ input: name, plugins: [virtual(name, `${await usedTabler(sources)}\n${own}`)] });
    return output.filter((file) => file.name.endsWith(".css")).map(({ bytes }) => ({ name, bytes }));
  });
  return (await Promise.all(built)).flat();
}

/** Tabler's rules for the elements and classes that the pages of these sources name. */
async function usedTabler(of: RegExp): Promise<string> {
  const sources = globSync("**/*.ts", { cwd: WEB }).filter((path) => of.test(path) && !/\.test\.ts$|^words\/|^styles\//.test(path));
  const [purged] = await new PurgeCSS().purge({
    content: [
      {
        extension: "html",
        raw: ELEMENTS,
      },
      ...sources.map((path) => ({ extension: "ts", raw: namesIn(readFileSync(join(WEB, path), "utf8")) })),
    ],
    css: [{ raw: readFileSync(TABLER, "utf8") }],
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    safelist: { standard: KEPT },
    variables: true,
    keyframes: true,
    fontFace: true,
  });
  if (purged === undefined) throw new Error("couldn't read Tabler's styles");
  return purged.css;
}

/** Only what stands inside quotes or templates can be a class: code words such as `offset` or `progress` are left out. */
function namesIn(source: string): string {
  return [...source.matchAll(/class="([^"]*)"|"([^"\n]*)"|'([^'\n]*)'/g)].map(([, a, b, c]) => a ?? b ?? c ?? "").join(" ");
}

async function scripts(): Promise<readonly Built[]> {
  const built: Built[] = [];
  for (const entry of SCRIPTS) {
    const path = join(WEB, `browser/${entry}.ts`);
    if (existsSync(path)) built.push(...(await bundle({ input: path, plugins: [], readable: READABLE.has(entry) })));
  }
  return built.filter(({ name }) => name.endsWith(".js"));
}

async function bundle(of: { input: string; plugins: readonly Plugin[]; readable?: boolean }): Promise<readonly Built[]> {
  const result = await build({
    root: ROOT,
    configFile: false,
    logLevel: "warn",
    plugins: [...of.plugins],
    css: PLAIN_COLOURS,
    build: {
      write: false,
      minify: of.readable !== true,
      target: TARGET,
      cssTarget: TARGET,
      modulePreload: false,
      assetsInlineLimit: 8192,
      rolldownOptions: { input: of.input, output: { entryFileNames: "[name].js", assetFileNames: "[name][extname]" } },
    },
  });
  if (!Array.isArray(result) && !("output" in result)) throw new Error("couldn't build: vite is watching");
  return [result]
    .flat()
    .flatMap(({ output }) =>
      output.map((file) => ({ name: file.fileName, bytes: Buffer.from(file.type === "chunk" ? file.code : file.source) })),
    );
}

function virtual(name: string, text: string): Plugin {
  return {
    name: "sanwen:virtual",
    enforce: "pre",
    resolveId: (id) => (id === name ? join(WEB, "styles", name) : null),
    load: (id) => (id === join(WEB, "styles", name) ? text : null),
  };
}

function pictures(): readonly Built[] {
  return globSync("*.svg", { cwd: join(WEB, "styles") }).map((name) => ({ name, bytes: readFileSync(join(WEB, "styles", name)) }));
}

/** What a chat shows of a page that was passed on: pictures, because none of them draws what it is sent. */
async function cards(): Promise<readonly Built[]> {
  const names = globSync("*.svg", { cwd: join(WEB, "cards") });
  return Promise.all(
    names.map(async (name) => ({ name: name.replace(".svg", ".png"), bytes: await drawn(join(WEB, "cards", name), 500) })),
  );
}

/** The mark, as phones and older browsers take it. */
async function icons(): Promise<readonly Built[]> {
  const mark = join(WEB, "styles/mark.svg");
  const [small, touch, large] = await Promise.all([drawn(mark, 32), drawn(mark, 180), drawn(mark, 512)]);
  return [
    { name: "favicon.ico", bytes: icoOf(small, 32) },
    { name: "touch.png", bytes: touch },
    { name: "icon-512.png", bytes: large },
  ];
}

async function drawn(svg: string, width: number): Promise<Buffer> {
  return sharp(svg, { density: 288 }).resize({ width }).png({ palette: true, compressionLevel: 9 }).toBuffer();
}

/** One PNG in the container of Windows icons (ICONDIR, ICONDIRENTRY): every browser that asks for /favicon.ico reads it. */
function icoOf(png: Buffer, side: number): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2); // an icon
  head.writeUInt16LE(1, 4); // of one picture
  head.writeUInt8(side, 6);
  head.writeUInt8(side, 7);
  head.writeUInt16LE(1, 10); // planes
  head.writeUInt16LE(32, 12); // bits a pixel
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}

/**
 * The new files first, then the manifest that names them. Files of earlier builds stay for a week: a server that is still
 * running, and a page that somebody left open, find what they name.
 */
function write(built: readonly Built[]): void {
  mkdirSync(OUT, { recursive: true });
  const manifest: Record<string, string> = {};
  for (const { name, bytes } of built) {
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
    const file = (manifest[name] = name.replace(/(\.\w+)$/, `.${hash}$1`));
    writeFileSync(join(OUT, file), bytes);
    writeFileSync(join(OUT, `${file}.gz`), gzipSync(bytes, { level: 9 }));
    writeFileSync(join(OUT, `${file}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
  writeFileSync(join(OUT, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const kept = new Set(["manifest.json", ...Object.values(manifest).flatMap((file) => [file, `${file}.gz`, `${file}.br`])]);
  const weekAgoMs = Date.now() - WEEK_MS;
  for (const file of readdirSync(OUT)) {
    const isOld = (statSync(join(OUT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0) < weekAgoMs;
    if (isOld && !kept.has(file)) rmSync(join(OUT, file), { force: true });
  }
}
