import sharp from "sharp";

/** Random numbers from 0 to 1 that are the same in every run (mulberry32). */
export type Roll = () => number;

export function dice(seed: number): Roll {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(roll: Roll, of: readonly T[]): T {
  const one = of[Math.floor(roll() * of.length)];
  if (one === undefined) throw new Error("couldn't pick: there is nothing to pick from");
  return one;
}

const WIDTH = 136;
const HEIGHT = 128;

type Shape = {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly light: number;
  readonly round: boolean;
};

/** What a place is made of, and what lies about in it until it is put right. */
export type Place = {
  readonly ground: readonly [number, number, number];
  readonly things: readonly Shape[];
  readonly wrong: readonly Shape[];
};

export function aPlace(roll: Roll): Place {
  const shape = (least: number, most: number, highest: number): Shape => ({
    x: roll(),
    y: highest + roll() * (1 - highest),
    w: least + roll() * (most - least),
    h: least + roll() * (most - least),
    light: roll() * 255,
    round: roll() < 0.4,
  });
  return {
    ground: [60 + roll() * 140, (roll() - 0.5) * 120, (roll() - 0.5) * 120],
    things: Array.from({ length: 10 + Math.floor(roll() * 8) }, () => shape(0.08, 0.4, 0)),
    wrong: Array.from({ length: 3 + Math.floor(roll() * 4) }, () => shape(0.08, 0.25, 0.4)),
  };
}

/** A photo of it as a JPEG: what is wrong lies about before, is gone after; nobody stands twice in the very same spot and light. */
export async function photographed(roll: Roll, place: Place, moment: "before" | "after"): Promise<Buffer> {
  const stands = { dx: (roll() - 0.5) * 0.1, dy: (roll() - 0.5) * 0.08, brighter: (roll() - 0.5) * 40 };
  const [base, across, down] = place.ground;
  const light = Buffer.alloc(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++)
      light[y * WIDTH + x] = clamp(base + (across * x) / WIDTH + (down * y) / HEIGHT + stands.brighter + (roll() - 0.5) * 12);
  for (const shape of moment === "before" ? [...place.things, ...place.wrong] : place.things) paint(light, shape, stands);
  return sharp(light, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
    .jpeg({ quality: 85 })
    .toBuffer();
}

type Stands = { readonly dx: number; readonly dy: number; readonly brighter: number };

function paint(light: Buffer, { x, y, w, h, light: of, round }: Shape, { dx, dy, brighter }: Stands): void {
  const [left, top] = [Math.round((x + dx) * WIDTH), Math.round((y + dy) * HEIGHT)];
  const [wide, high] = [Math.round(w * WIDTH), Math.round(h * HEIGHT)];
  for (let row = Math.max(0, top); row < Math.min(HEIGHT, top + high); row++)
    for (let column = Math.max(0, left); column < Math.min(WIDTH, left + wide); column++) {
      const [u, v] = [((column - left) / wide) * 2 - 1, ((row - top) / high) * 2 - 1];
      if (!round || u * u + v * v <= 1) light[row * WIDTH + column] = clamp(of + brighter);
    }
}

function clamp(light: number): number {
  return Math.max(0, Math.min(255, Math.round(light)));
}

/** What somebody does to a photo so that it is not found to be the same. */
export const DISGUISES: { readonly [name: string]: (photo: Buffer) => Promise<Buffer> } = {
  "sent as it was": async (photo) => photo,
  "compressed hard": (photo) => sharp(photo).jpeg({ quality: 25 }).toBuffer(),
  "made half as large": (photo) => sharp(photo).resize({ width: 68 }).jpeg().toBuffer(),
  "made brighter": (photo) => sharp(photo).linear(1.1, 12).jpeg().toBuffer(),
  "made darker": (photo) => sharp(photo).linear(0.8, 0).jpeg().toBuffer(),
  "cut at the edges": (photo) => sharp(photo).extract({ left: 2, top: 2, width: 132, height: 124 }).jpeg().toBuffer(),
  "seen in a mirror": (photo) => sharp(photo).flop().jpeg().toBuffer(),
  "saved as another kind": (photo) => sharp(photo).webp({ quality: 60 }).toBuffer(),
  "given a date in the corner": (photo) =>
    sharp(photo)
      .composite([{ input: Buffer.from('<svg width="36" height="7"><rect width="36" height="7" fill="#fff"/></svg>'), left: 96, top: 118 }])
      .jpeg()
      .toBuffer(),
};
