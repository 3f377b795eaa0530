import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, commit, hashOf, newSalt, sha256 } from './hash.ts';

const json = fc.jsonValue({ maxDepth: 4 });

/** The same value with the members of its objects in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, shuffled(inner)]),
  );
}

describe('canonical JSON', () => {
  it('is the example of RFC 8785', () => {
    expect(
      canonicalJson({
        numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
        string: '\u20ac$\u000f\nA\'B"\\\\"/',
        literals: [null, true, false],
      }),
    ).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('does not depend on the order of members, and reads back as the value', () => {
    fc.assert(
      fc.property(json, value => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  it('leaves out members that are undefined, as a database does', () => {
    expect(canonicalJson({ a: undefined, b: [undefined] })).toBe('{"b":[null]}');
  });

  it('refuses what JSON cannot hold', () => {
    for (const wrong of [undefined, Number.NaN, Number.POSITIVE_INFINITY, { a: Number.NaN }, '\ud800'])
      expect(() => canonicalJson(wrong)).toThrow();
  });
});

describe('hashes', () => {
  it('are SHA-256 in hexadecimal', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hashOf({})).toBe(sha256('{}'));
  });

  it('commit to a value and a salt, and to no other', () => {
    const [salt, other] = [newSalt(), newSalt()];
    fc.assert(
      fc.property(json, json, (value, different) => {
        fc.pre(hashOf(value) !== hashOf(different));
        expect(commit(salt, value)).toBe(commit(salt, shuffled(value)));
        expect(commit(salt, value)).not.toBe(commit(salt, different));
        expect(commit(salt, value)).not.toBe(commit(other, value));
      }),
    );
    for (const close of [
      `${salt}0`,
      salt.slice(0, -1),
      salt.toUpperCase().replace(/^\d+$/, 'x'),
      `${salt}zz`,
    ])
      expect(commit(close, 1)).not.toBe(commit(salt, 1));
  });

  it('use salts of 256 bits that never repeat', () => {
    const salts = new Set(Array.from({ length: 100 }, newSalt));
    expect(salts.size).toBe(100);
    expect([...salts].every(salt => /^[0-9a-f]{64}$/.test(salt))).toBe(true);
  });
});
