/** A picture is looked at so many points wide and high. */
export const LOOK_SIDE = 32;
const WAVES = 16;
/** Light differs less than this across the whole picture: nothing in it tells it from another. */
const PLAIN = 12;

/** What is said of a picture too plain to be compared. */
export const TOO_PLAIN = "0".repeat(WAVES * WAVES);

/** cos((2x + 1)kπ / 2n): how wave k of the discrete cosine transform (DCT-II) stands at x. */
const COSINES = Array.from({ length: WAVES }, (_, wave) =>
  Float64Array.from({ length: LOOK_SIDE }, (_, x) => Math.cos(((2 * x + 1) * wave * Math.PI) / (2 * LOOK_SIDE))),
);

/**
 * What a picture looks like by its light, point by point, a byte each: 256 signs, of the 16 × 16 slowest waves that make it up (perceptual
 * hash), left to right, then down. Scaling, compressing, brightening, a narrow cut and a small stamp change few of them; of another picture
 * about half differ.
 */
export function lookIn(light: Uint8Array): string {
  if (Math.max(...light) - Math.min(...light) < PLAIN) return TOO_PLAIN;
  const across = Array.from({ length: LOOK_SIDE }, (_, y) => strengths(light.subarray(y * LOOK_SIDE, (y + 1) * LOOK_SIDE)));
  const down = Array.from({ length: WAVES }, (_, u) => strengths(across.map((row) => row[u] ?? 0)));
  const signs = Array.from({ length: WAVES * WAVES }, (_, at) => down[at % WAVES]?.[Math.floor(at / WAVES)] ?? 0);
  // The first is the light as a whole: never negative, so it tells nothing.
  return signs.map((amount, at) => (at > 0 && amount > 0 ? "1" : "0")).join("");
}

/** How strong each wave is in a line of light. */
function strengths(line: ArrayLike<number>): readonly number[] {
  return COSINES.map((wave) => {
    let sum = 0;
    for (let x = 0; x < LOOK_SIDE; x++) sum += (wave[x] ?? 0) * (line[x] ?? 0);
    return sum;
  });
}

/** The look of the same picture seen in a mirror: waves that are odd from left to right are turned over. */
export function mirrored(look: string): string {
  return Array.from(look, (sign, at) => (at % 2 === 0 ? sign : sign === "1" ? "0" : "1")).join("");
}
