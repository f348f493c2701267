/** A complete subtree: the 2^level leaves from index × 2^level on. */
export type Subtree = { readonly level: number; readonly index: number };

/** A node of the tree, as the complete subtrees, largest first, whose hashes fold into it from the right. */
export type Node = readonly Subtree[];

/** What the root of the first `size` leaves is made of (RFC 6962 §2.1). */
export function rootPath(size: number): Node {
  return nodeOver(0, size);
}

/** The nodes of PATH(index, D[size]), from the leaf's sibling up (RFC 6962 §2.1.1). */
export function inclusionPath(index: number, size: number): readonly Node[] {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    throw new RangeError(`couldn't find a path to leaf ${index} of ${size}`);
  }
  const path: Node[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from);
    const isLeft = index < middle;
    path.unshift(isLeft ? nodeOver(middle, to) : nodeOver(from, middle));
    [from, to] = isLeft ? [from, middle] : [middle, to];
  }
  return path;
}

/** The nodes of PROOF(earlier, D[size]) (RFC 6962 §2.1.2). */
export function consistencyPath(earlier: number, size: number): readonly Node[] {
  if (!Number.isSafeInteger(earlier) || !Number.isSafeInteger(size) || earlier < 1 || earlier > size) {
    throw new RangeError(`couldn't find a path from ${earlier} leaves to ${size}`);
  }
  const path: Node[] = [];
  let [from, to, isWhole] = [0, size, true];
  while (earlier !== to) {
    const middle = from + largestPowerBelow(to - from);
    if (earlier <= middle) {
      path.unshift(nodeOver(middle, to));
      to = middle;
    } else {
      path.unshift(nodeOver(from, middle));
      [from, isWhole] = [middle, false];
    }
  }
  return isWhole ? path : [nodeOver(from, to), ...path];
}

function nodeOver(from: number, to: number): Node {
  const subtrees: Subtree[] = [];
  for (let at = from; at < to;) {
    const level = floorLog2(to - at);
    subtrees.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return subtrees;
}

/** The largest power of two smaller than `count`, for two and more. */
function largestPowerBelow(count: number): number {
  return 2 ** floorLog2(count - 1);
}

function floorLog2(count: number): number {
  let level = 0;
  while (2 ** (level + 1) <= count) level += 1;
  return level;
}
