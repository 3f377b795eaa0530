import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Env, parseEnv } from '#lib/platform/env.ts';

/** Name and value of every setting that the file shows. */
const shown = Object.fromEntries(
  [...readFileSync('.env.example', 'utf8').matchAll(/^# ([A-Z][A-Z_]*)=(.*)$/gm)].map(([, name, value]) => [
    String(name),
    String(value),
  ]),
);

describe('.env.example', () => {
  it('shows every setting, and none that nobody reads', () => {
    expect(Object.keys(shown).sort()).toEqual(Object.keys(Env.shape).sort());
  });

  it('shows the defaults', () => {
    const defaults = parseEnv({});
    expect(parseEnv(shown)).toMatchObject(defaults);
  });

  it('changes nothing as it stands', () => {
    const set = readFileSync('.env.example', 'utf8')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'));
    expect(set).toEqual([]);
  });
});
