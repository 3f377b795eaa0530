import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  append,
  emptyFrontier,
  emptyRoot,
  inclusionProof,
  leafHash,
  merkleRoot,
  nodeHash,
  rootOf,
  verifyInclusion,
} from './merkle.ts';

/** The definition of RFC 6962, written as it stands there. */
function reference(leaves: readonly string[]): string {
  if (leaves.length === 0) return emptyRoot;
  if (leaves.length === 1) return leaves[0] ?? '';
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(reference(leaves.slice(0, k)), reference(leaves.slice(k)));
}

const tree = fc.array(fc.string(), { maxLength: 70 }).map(data => data.map(leafHash));

describe('the Merkle tree', () => {
  it('has the published root of the empty tree', () => {
    expect(emptyRoot).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(leafHash('')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  });

  it('grows leaf by leaf to the root that the definition gives', () => {
    fc.assert(
      fc.property(tree, leaves => {
        expect(merkleRoot(leaves)).toBe(reference(leaves));
        expect(rootOf(leaves.slice(0, 3).reduce(append, emptyFrontier))).toBe(reference(leaves.slice(0, 3)));
      }),
    );
  });

  it('proves every leaf at its place, and at no other', () => {
    fc.assert(
      fc.property(
        tree.filter(t => new Set(t).size === t.length && t.length > 0),
        fc.nat(),
        (leaves, at) => {
          const index = at % leaves.length;
          const proof = inclusionProof(leaves, index);
          const root = merkleRoot(leaves);
          leaves.forEach((leaf, i) =>
            expect(verifyInclusion(leaf, index, leaves.length, proof, root)).toBe(i === index),
          );
          expect(verifyInclusion(leaves[index] ?? '', index, leaves.length, [...proof, root], root)).toBe(
            false,
          );
        },
      ),
    );
  });
});
