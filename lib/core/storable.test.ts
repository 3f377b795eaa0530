import fc from 'fast-check';
import { expect, it } from 'vitest';
import { storable, storableText } from './storable.ts';

it('text loses nothing but what no database keeps, visibly', () => {
  expect(storableText('a\0b \ud800 \udc00 😀 é')).toBe('a\uFFFDb \uFFFD \uFFFD 😀 é');
});

it('a value with storable texts stays as it is; cleaning twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), value => {
      if (!JSON.stringify(value).includes('\\u0000')) expect(storable(value)).toEqual(value);
    }),
  );
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), value => {
      const clean = storable(value);
      expect(storable(clean)).toEqual(clean);
      expect(JSON.stringify(clean)).not.toMatch(/\\u0000|\\ud[89a-f]/);
    }),
  );
});

it('names of members are cleaned too, and a name special to JavaScript is one like any other', () => {
  expect(storable({ 'a\0': ['\0'] })).toEqual({ 'a\uFFFD': ['\uFFFD'] });
  expect(JSON.stringify(storable(JSON.parse('{"__proto__":{"x":1}}')))).toBe('{"__proto__":{"x":1}}');
});
