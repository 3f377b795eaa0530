import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeId, toLongId } from './ids.ts';

test('an id of fifteen characters has the checksum that Salesforce documents', () => {
  expect(toLongId('001D000000IRFma')).toBe('001D000000IRFmaIAH');
  expect(toLongId('001D000000IRFmaIAI')).toBeUndefined();
  expect(toLongId('001D000000IRFm')).toBeUndefined();
});

test('ids that differ in number differ, and survive the short form', () => {
  const number = fc.integer({ min: 0, max: 1e12 });
  fc.assert(
    fc.property(number, number, (a, b) => {
      const [one, other] = [makeId('00Q', a), makeId('00Q', b)];
      return toLongId(one.slice(0, 15)) === one && (a === b) === (one === other);
    }),
  );
});
