/** On which side of what was folded so far the next hash of a proof stands. */
export type Side = "left" | "right";

/** How an inclusion proof of this length is folded from the leaf to the root (RFC 9162 §2.1.3.2); null when no proof is that long. */
export function inclusionSides(index: number, size: number, length: number): readonly Side[] | null {
  if (index < 0 || index >= size) return null;
  const sides: Side[] = [];
  let [node, last] = [index, size - 1];
  for (let step = 0; step < length; step += 1) {
    if (last === 0) return null;
    const isLeft = node % 2 === 1 || node === last;
    sides.push(isLeft ? "left" : "right");
    if (isLeft) [node, last] = untilOdd(node, last);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? sides : null;
}

/**
 * How a consistency proof of this length is folded (RFC 9162 §2.1.4.2), for 0 < earlier < size; null when no proof is that long.
 * It begins with the earlier root itself (`fromRoot`), or with the proof's first hash. On the left a hash is folded into both
 * roots, on the right into the later one only.
 */
export function consistencySides(
  earlier: number,
  size: number,
  length: number,
): { readonly fromRoot: boolean; readonly sides: readonly Side[] } | null {
  if (earlier < 1 || earlier >= size || length === 0) return null;
  const fromRoot = Number.isInteger(Math.log2(earlier));
  let [node, last] = [earlier - 1, size - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  const sides: Side[] = [];
  for (let step = fromRoot ? 0 : 1; step < length; step += 1) {
    if (last === 0) return null;
    const isLeft = node % 2 === 1 || node === last;
    sides.push(isLeft ? "left" : "right");
    if (isLeft) [node, last] = untilOdd(node, last);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? { fromRoot, sides } : null;
}

function untilOdd(node: number, last: number): [number, number] {
  let [low, high] = [node, last];
  while (low % 2 === 0 && low !== 0) [low, high] = [low / 2, Math.floor(high / 2)];
  return [low, high];
}
