import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isBy } from './known-then.ts';

const times = fc.oneof(
  fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
  fc
    .date({ min: new Date('1969-12-30'), max: new Date('2070-03-02'), noInvalidDate: true })
    .map(date => date.toISOString()),
  fc.constantFrom(
    '',
    'soon',
    '2026-02-30T00:00:00.000Z',
    '2026-11-20',
    '2026-11-20T12:00:00Z',
    '0020-01-01T00:00:00.000Z',
  ),
);

it('tells whether it was so by then, and never of what is no time', () => {
  const now = fc.date({ min: new Date('1969-12-30'), max: new Date('2070-03-02'), noInvalidDate: true });
  fc.assert(
    fc.property(times, now, (time, now) => {
      // A day that its month does not have is none that a record was stored with.
      if (time.startsWith('2026-02-30')) return;
      expect(isBy(time, now.toISOString(), now.getTime())).toBe(Date.parse(time) <= now.getTime());
    }),
    { numRuns: 2000 },
  );
});
