import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyRing, reseal, seal, sealingKeyFrom, sealingKeyInFile, unseal } from './secrets.ts';

const key = sealingKeyFrom('ab'.repeat(32));
const refused = { code: 'unavailable' };

describe('sealed secrets', () => {
  it('open for their tenant with their key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string(), (plain, tenant) => {
        expect(unseal(key, tenant, seal(key, tenant, plain))).toBe(plain);
      }),
    );
  });

  it('never look the same twice, and show nothing of what is in them', () => {
    const [a, b] = [seal(key, 't', 'pat-na1-secret'), seal(key, 't', 'pat-na1-secret')];
    expect(a).not.toBe(b);
    expect(a).not.toContain('secret');
    expect(a).not.toContain(Buffer.from('pat-na1-secret').toString('base64url'));
  });

  it('stay shut for another tenant', () => {
    expect(() => unseal(key, 'other', seal(key, 'mine', 'x'))).toThrow(expect.objectContaining(refused));
  });

  it('stay shut for another key, and name the one that is needed', () => {
    const sealed = seal(key, 't', 'x');
    const other = sealingKeyFrom('cd'.repeat(32));
    expect(() => unseal(other, 't', sealed)).toThrow(
      `A stored secret was sealed with key ${key.id}, and this process has key ${other.id}: restore the key.`,
    );
    // Even if it says that it was sealed with ours.
    expect(() => unseal(key, 't', seal({ ...other, id: key.id }, 't', 'x'))).toThrow(
      expect.objectContaining(refused),
    );
  });

  it('stay shut when any part of them was changed', () => {
    const sealed = seal(key, 't', 'a secret of some length');
    fc.assert(
      fc.property(
        fc.nat({ max: sealed.length - 1 }),
        fc.constantFrom('A', 'z', '0', '.', '-'),
        (at, other) => {
          const tampered = sealed.slice(0, at) + other + sealed.slice(at + 1);
          // The last character of base64 may carry bits that decode to nothing.
          const same = tampered.split('.').map(part => Buffer.from(part, 'base64url').toString('hex'));
          const was = sealed.split('.').map(part => Buffer.from(part, 'base64url').toString('hex'));
          fc.pre(tampered !== sealed && same.slice(2).join() !== was.slice(2).join());
          expect(() => unseal(key, 't', tampered)).toThrow(expect.objectContaining(refused));
        },
      ),
    );
    for (const broken of [
      '',
      'v1',
      'v2.a.b.c.d',
      sealed.slice(0, -8),
      `${sealed.split('.', 4).join('.')}.AAAA`,
    ])
      expect(() => unseal(key, 't', broken), broken).toThrow(expect.objectContaining(refused));
  });
});

describe('a ring of keys', () => {
  const newer = keyRing(sealingKeyFrom('cd'.repeat(32)), ['ab'.repeat(32)]);

  it('opens what an older key sealed, and seals with the newest alone', () => {
    expect(unseal(newer, 't', seal(key, 't', 'x'))).toBe('x');
    expect(() => unseal(key, 't', seal(newer, 't', 'x'))).toThrow(expect.objectContaining(refused));
  });

  it('seals anew what an older key sealed, once', () => {
    const resealed = reseal(newer, 't', seal(key, 't', 'x'));
    expect(resealed && unseal(sealingKeyFrom('cd'.repeat(32)), 't', resealed)).toBe('x');
    expect(resealed && reseal(newer, 't', resealed)).toBeNull();
    expect(() => reseal(newer, 'other', seal(key, 't', 'x'))).toThrow(expect.objectContaining(refused));
  });
});

describe('the sealing key', () => {
  it('is 32 bytes in hexadecimal', () => {
    for (const wrong of ['', 'ab', 'zz'.repeat(32), 'ab'.repeat(33)])
      expect(() => sealingKeyFrom(wrong)).toThrow(expect.objectContaining({ code: 'bad_input' }));
  });

  it('is made once in a file that only its user can read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sidecard-key-'));
    const file = join(folder, 'deep/sealing.key');
    const made = sealingKeyInFile(file);
    expect(sealingKeyInFile(file)).toEqual(made);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}$/);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['sealing.key']);
    writeFileSync(file, 'damaged');
    expect(() => sealingKeyInFile(file)).toThrow(expect.objectContaining({ code: 'bad_input' }));
    rmSync(folder, { recursive: true });
  });

  it('is the same for processes that make it at the same time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sidecard-key-'));
    const program = `
      const { sealingKeyInFile } = await import(${JSON.stringify(new URL('./secrets.ts', import.meta.url).href)});
      process.stdout.write(sealingKeyInFile(${JSON.stringify(join(folder, 'sealing.key'))}).id);`;
    const ids = await Promise.all(
      Array.from(
        { length: 4 },
        () =>
          new Promise<string>((resolve, reject) => {
            execFile(process.execPath, ['--input-type=module', '--eval', program], (error, out) =>
              error ? reject(error) : resolve(out),
            );
          }),
      ),
    );
    expect(new Set(ids).size).toBe(1);
    expect(readdirSync(folder)).toEqual(['sealing.key']);
    rmSync(folder, { recursive: true });
  });
});
