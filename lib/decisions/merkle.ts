import { createHash } from 'node:crypto';

/**
 * Merkle tree hashes of RFC 6962 (Certificate Transparency), section 2.1: leaves and nodes are hashed with different
 * prefixes, so that a node cannot pass for a leaf. Hashes are lower-case hex.
 */
export const leafHash = (data: string): string =>
  createHash('sha256').update(Buffer.of(0)).update(data, 'utf8').digest('hex');

export const nodeHash = (left: string, right: string): string =>
  createHash('sha256').update(Buffer.of(1)).update(left, 'hex').update(right, 'hex').digest('hex');

export const emptyRoot = createHash('sha256').digest('hex');

/**
 * The roots of the full subtrees of a tree with `size` leaves, largest (leftmost) first: one for each 1 bit of `size`.
 * With it a leaf is appended in amortised constant time and O(log n) memory.
 */
export interface Frontier {
  size: number;
  nodes: string[];
}

export const emptyFrontier: Frontier = { size: 0, nodes: [] };

export function append(frontier: Frontier, leaf: string): Frontier {
  const nodes = [...frontier.nodes];
  let node = leaf;
  // Each trailing 1 bit is a full subtree as large as the new one: they merge, as in binary addition.
  for (let size = frontier.size; size % 2 === 1; size = Math.floor(size / 2))
    node = nodeHash(nodes.pop() ?? '', node);
  nodes.push(node);
  return { size: frontier.size + 1, nodes };
}

export function rootOf({ nodes }: Frontier): string {
  const [last, ...rest] = nodes.toReversed();
  return last === undefined ? emptyRoot : rest.reduce((right, left) => nodeHash(left, right), last);
}

/** The audit path of leaf `index` in a tree over `leaves` (RFC 6962, 2.1.1), nearest sibling first. */
export function inclusionProof(leaves: readonly string[], index: number): string[] {
  if (leaves.length <= 1) return [];
  const split = largestPowerOfTwoBelow(leaves.length);
  return index < split
    ? [...inclusionProof(leaves.slice(0, split), index), merkleRoot(leaves.slice(split))]
    : [...inclusionProof(leaves.slice(split), index - split), merkleRoot(leaves.slice(0, split))];
}

/** Whether `leaf` is at `index` of the tree with this size and root. */
export function verifyInclusion(
  leaf: string,
  index: number,
  size: number,
  proof: readonly string[],
  root: string,
): boolean {
  if (index < 0 || index >= size) return false;
  let [node, at, last] = [leaf, index, size - 1];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(sibling, node);
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else node = nodeHash(node, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && node === root;
}

/** The tree's root over leaf hashes in order. */
export const merkleRoot = (leaves: readonly string[]): string => rootOf(leaves.reduce(append, emptyFrontier));

const largestPowerOfTwoBelow = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));
