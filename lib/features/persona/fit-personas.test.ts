import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, type Cell } from './cell.ts';
import { fitPersonas } from './fit-personas.ts';
import { defaultPersonas, nameFor, personaOf } from './persona.ts';

const cell = (size: string | null, industry: string | null, behaviour: string): Cell => ({
  size,
  industry,
  behaviour,
});
const many = (count: number, one: Cell): Cell[] => Array.from({ length: count }, () => one);

const cells: fc.Arbitrary<Cell> = fc.record({
  size: fc.constantFrom('small', 'mid-size', 'large', 'very large', null),
  industry: fc.constantFrom('technology', 'transport', 'health', 'other', null),
  behaviour: fc.constantFrom('talking', 'reading', 'silent', 'quiet'),
});

const accounts = [
  ...many(40, cell('small', 'technology', 'reading')),
  ...many(30, cell('large', 'transport', 'talking')),
  ...many(25, cell('large', 'transport', 'quiet')),
  ...many(3, cell('mid-size', 'transport', 'quiet')),
];

describe('personas', () => {
  it('are the kinds of account that there are, named by what they have in common', () => {
    expect(
      fitPersonas(accounts)
        .map(persona => persona.name)
        .sort(),
    ).toEqual([
      'Large transport companies that talk to us',
      'Large transport companies where nothing happens',
      'Small technology companies that read our pages',
    ]);
  });

  it('do not name what most of a kind do not share', () => {
    const mixed = ['technology', 'health', 'finance', 'trade', 'services'].flatMap(industry =>
      many(8, cell('small', industry, 'quiet')),
    );
    const [persona] = fitPersonas([...mixed, ...many(2, cell('large', 'transport', 'talking'))]).filter(
      ({ like }) => like.behaviour === 'quiet',
    );
    expect(persona?.name).toMatch(/^Small .*companies where nothing happens$/);
  });

  it('are the built-in ones where there are too few accounts', () => {
    expect(fitPersonas(accounts.slice(0, 10))).toEqual(defaultPersonas);
    expect(new Set(defaultPersonas.map(persona => persona.name)).size).toBe(defaultPersonas.length);
  });

  it('do not depend on the order of accounts, and are at most eight', () => {
    fc.assert(
      fc.property(fc.array(cells, { minLength: 30, maxLength: 120 }), fc.nat(), (all, turn) => {
        const personas = fitPersonas(all);
        const turned = [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)].toReversed();
        expect(fitPersonas(turned)).toEqual(personas);
        if (personas !== defaultPersonas) expect(personas.length).toBeLessThanOrEqual(8);
        for (const one of all) expect(personas).toContain(personaOf(one, personas));
      }),
      { numRuns: 60 },
    );
  });

  it('stay as they are when a few more accounts come', () => {
    const before = fitPersonas(accounts);
    const after = fitPersonas([...accounts, ...many(3, cell('small', 'health', 'reading'))], before);
    expect(after).toEqual(before);
    const afresh = fitPersonas([...many(200, cell('very large', 'finance', 'silent')), ...accounts], before);
    expect(afresh.map(persona => persona.name)).toContain('Very large finance companies that do not answer');
  });

  it('are near to what is alike', () => {
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, a)).toBe(0);
        expect(distance(a, b)).toBeLessThanOrEqual(3);
      }),
    );
    expect(nameFor({})).toBe('Companies of all kinds');
  });
});
