import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lexiconOf, look } from './lexicon.ts';

const names = lexiconOf([
  { words: 'Ada Lindqvist', means: 'ada' },
  { words: 'Müller & Söhne', means: 'müller' },
  { words: 'preis*', means: 'pricing' },
]);
const found = (text: string) => [...look(text, [names]).keys()];

describe('looking for names', () => {
  it('finds them as words of their own, in any case and with any spaces', () => {
    expect(found('We met ADA  lindqvist, who asked about the Preisliste.')).toEqual(['ada', 'pricing']);
    expect(found('müller\n& söhne called')).toEqual(['müller']);
  });

  it('finds no part of a name and no name within a word', () => {
    expect(found('Adalindqvist and Ada, then Lindqvists')).toEqual([]);
  });

  it('says where, so that the words can be quoted, also after letters that grow when they are made small', () => {
    const text = 'İİİ so it was Ada  Lindqvist!';
    const at = look(text, [names]).get('ada');
    expect(text.slice(at?.index, (at?.index ?? 0) + (at?.length ?? 0))).toBe('Ada  Lindqvist');
  });

  it('never fails, and points into the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const whole = `${text} Ada Lindqvist ${text}`;
        const at = look(whole, [names]).get('ada');
        expect(whole.slice(at?.index, (at?.index ?? 0) + (at?.length ?? 0))).toMatch(/ada\W+lindqvist/i);
      }),
    );
  });
});
