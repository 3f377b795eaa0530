import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  markOf,
  newDataKeys,
  openPayload,
  rewrapDataKey,
  sealPayload,
  unwrapDataKey,
  wrapDataKey,
} from './data-keys.ts';
import { keyRing, sealingKeyFrom } from './secrets.ts';

const [one, other] = newDataKeys(2) as [ReturnType<typeof newDataKeys>[0], ReturnType<typeof newDataKeys>[0]];
const ring = sealingKeyFrom('5e'.repeat(32));

describe('a payload', () => {
  it('comes back as it was, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (plain, context) => {
        const text = JSON.stringify(plain);
        expect(openPayload(one, context, sealPayload(one, context, text))).toBe(text);
      }),
    );
    const long = 'a long note. '.repeat(800_000);
    expect(openPayload(one, 'c', sealPayload(one, 'c', long))).toBe(long);
  });

  it('opens neither with another key, nor in another context, nor changed, nor cut', () => {
    const sealed = sealPayload(one, 'tenant a', 'ada@example.com');
    expect(sealed.includes('ada@')).toBe(false);
    expect(() => openPayload(other, 'tenant a', sealed)).toThrow('cannot be opened');
    expect(() => openPayload(one, 'tenant b', sealed)).toThrow('cannot be opened');
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ bits;
        expect(() => openPayload(one, 'tenant a', changed)).toThrow(/cannot be opened|known form/);
        expect(() => openPayload(one, 'tenant a', sealed.subarray(0, at))).toThrow();
      }),
    );
  });

  it('is sealed differently each time', () => {
    expect(sealPayload(one, 'c', 'x').equals(sealPayload(one, 'c', 'x'))).toBe(false);
  });
});

describe('a data key', () => {
  it('is unlike all others', () => {
    const keys = newDataKeys(500);
    expect(new Set(keys.map(({ id }) => id)).size).toBe(500);
    expect(new Set(keys.map(({ key }) => key.toString('hex'))).size).toBe(500);
    expect(keys.every(({ key }) => key.length === 32)).toBe(true);
  });

  it('unwraps for its tenant and id alone', () => {
    const wrapped = wrapDataKey(ring, 'a', one);
    expect(unwrapDataKey(ring, 'a', one.id, wrapped).key.equals(one.key)).toBe(true);
    expect(() => unwrapDataKey(ring, 'b', one.id, wrapped)).toThrow('cannot be opened');
    expect(() => unwrapDataKey(ring, 'a', other.id, wrapped)).toThrow('cannot be opened');
  });

  it('is wrapped anew when the sealing key is, and then opens without the older one', () => {
    const wrapped = wrapDataKey(ring, 'a', one);
    const newest = keyRing(sealingKeyFrom('a1'.repeat(32)), ['5e'.repeat(32)]);
    const again = rewrapDataKey(newest, 'a', one.id, wrapped) ?? '';
    expect(unwrapDataKey(sealingKeyFrom('a1'.repeat(32)), 'a', one.id, again).key.equals(one.key)).toBe(true);
    expect(rewrapDataKey(newest, 'a', one.id, again)).toBeNull();
    expect(() => unwrapDataKey(ring, 'a', one.id, again)).toThrow('restore the key');
  });

  it('tells equal contents apart from others, and nothing to who has not the key', () => {
    expect(markOf(one, 'hash')).toBe(markOf(one, 'hash'));
    expect(markOf(one, 'hash')).not.toBe(markOf(one, 'other'));
    expect(markOf(one, 'hash')).not.toBe(markOf(other, 'hash'));
  });
});
