import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claim } from '#lib/core/evidence.ts';
import { markClaims } from './mark-claims.ts';

const claim = (text: string): Claim => ({ text, evidence: [] });

describe('markClaims', () => {
  it('finds a claim over a line break, in another case, without its full stop', () => {
    const draft = 'Hello Ada,\nthank you. On Monday you\n  asked for prices, so here they are.';
    expect(markClaims(draft, [claim('on Monday you asked for prices.')])).toEqual([
      { at: 0, text: 'Hello Ada,\nthank you. ', claim: null },
      { at: 22, text: 'On Monday you\n  asked for prices', claim: 0 },
      { at: 54, text: ', so here they are.', claim: null },
    ]);
  });

  it('marks the longer of two claims that start together and every repeat', () => {
    const segments = markClaims('you wrote twice. you wrote', [
      claim('you wrote'),
      claim('You wrote twice.'),
    ]);
    expect(segments.filter(s => s.claim !== null)).toEqual([
      { at: 0, text: 'you wrote twice', claim: 1 },
      { at: 17, text: 'you wrote', claim: 0 },
    ]);
  });

  it('reads signs of regular expressions as letters', () => {
    expect(markClaims('costs $5 (net)? yes', [claim('costs $5 (net)?')])[0]).toEqual({
      at: 0,
      text: 'costs $5 (net)',
      claim: 0,
    });
    expect(markClaims('anything', [claim('.*'), claim('[a-z]+'), claim('.')])).toEqual([
      { at: 0, text: 'anything', claim: null },
    ]);
  });

  it('leaves longer words alone and takes signs that stand in claims as they are', () => {
    expect(markClaims('notable, no-code', [claim('no-code'), claim('not')])).toEqual([
      { at: 0, text: 'notable, ', claim: null },
      { at: 9, text: 'no-code', claim: 0 },
    ]);
  });

  it('never changes the draft', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.string({ minLength: 1, unit: 'grapheme' })),
        fc.nat(20),
        fc.nat(20),
        (draft, texts, from, length) => {
          const claims = [...texts, draft.slice(from, from + length) || 'x'].map(claim);
          const segments = markClaims(draft, claims);
          expect(segments.map(s => s.text).join('')).toBe(draft);
          expect(segments.every(s => s.text !== '')).toBe(true);
        },
      ),
    );
  });
});
