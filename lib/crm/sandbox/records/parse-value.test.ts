import { assert, date, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { moment, number, day } from '#lib/crm/sandbox/model/property.ts';
import { openStore } from '#lib/crm/sandbox/store/open-store.ts';
import { parseValue } from './parse-value.ts';

const store = openStore(':memory:');
const parse = (property: Parameters<typeof parseValue>[1], raw: string) => parseValue(store, property, raw);

test('a moment in milliseconds and the same in ISO are kept alike, and keeping is idempotent', () => {
  assert(
    property(date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true }), date => {
      const kept = { ok: true, value: date.toISOString() };
      expect(parse(moment('m', 'M'), String(date.getTime()))).toEqual(kept);
      expect(parse(moment('m', 'M'), date.toISOString())).toEqual(kept);
    }),
  );
});

test('any finite number is kept as it was written', () => {
  assert(
    property(double({ noNaN: true, noDefaultInfinity: true }), value => {
      expect(parse(number('n', 'N'), String(value))).toEqual({ ok: true, value: String(value) });
    }),
  );
});

test.each(['soon', '2026-13-01', '2026-01-01T10:00', '99999999999999999', 'Infinity', '0x10', ' '])(
  '"%s" is neither moment, day nor number',
  raw => {
    for (const property of [moment('m', 'M'), day('d', 'D'), number('n', 'N')]) {
      if (property.type === 'number' && /^\d+$/.test(raw)) continue;
      expect(parse(property, raw).ok).toBe(false);
    }
  },
);
