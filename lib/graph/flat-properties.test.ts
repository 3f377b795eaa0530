import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Interaction } from '#lib/core/fact.ts';
import { flatProperties } from './flat-properties.ts';

describe('properties of an event', () => {
  it('become names with plain values', () => {
    expect(
      flatProperties({ a: 1, utm: { source: 'x', at: null }, tags: ['p', { q: 1 }], long: 'y'.repeat(3000) }),
    ).toEqual({
      a: 1,
      'utm.source': 'x',
      'utm.at': null,
      tags: '["p",{"q":1}]',
      long: 'y'.repeat(2000),
    });
  });

  it('are few and plain, whatever was sent', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 300 }), given => {
        const flat = flatProperties(given);
        expect(Object.keys(flat).length).toBeLessThanOrEqual(100);
        expect(Interaction.shape.properties.safeParse(flat).success).toBe(true);
      }),
    );
  });
});
