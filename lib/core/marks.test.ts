import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mark } from './erasure.ts';
import { coarseOf, patternOf, redact, redactIn } from './marks.ts';
import { marksOf } from './marks-of.ts';

const marks: Mark[] = [
  { kind: 'name', text: 'Ana Silva' },
  { kind: 'email', text: 'ana@acme.example' },
  { kind: 'phone', text: '+49 30 1234567' },
  { kind: 'value', text: 'linkedin.com/in/ana-silva-7' },
];
const pattern = patternOf(marks) ?? '';

describe('marks', () => {
  it.each([
    ['Hello Ana Silva, hello', 'Hello [erased], hello'],
    ['ANA  SILVA', '[erased]'],
    ['Silva, Ana called', '[erased] called'],
    ['mail ANA@acme.example!', 'mail [erased]!'],
    ['mailto:ana%40acme.example', 'mailto:[erased]'],
    ['call (+49) 30-123 4567 now', 'call ([erased] now'],
    ['call 0049301234567', 'call 0049301234567'],
    ['call +4930/1234567', 'call [erased]'],
    ['https://linkedin.com/in/ana-silva-7', 'https://[erased]'],
  ])('are taken out of %s', (text, expected) => {
    expect(redact(text, pattern)).toBe(expected);
  });

  it.each([
    'Diana Silva',
    'Ana Silvano',
    'diana@acme.example',
    'ana@acme.example.com',
    '149301234567',
    'Ana',
  ])('leave what is another’s: %s', text => {
    expect(redact(text, pattern)).toBe(text);
  });

  it('are found in JSON as in the text that it holds', () => {
    const json = JSON.stringify({ body: 'Dear\nAna\nSilva', 'ana@acme.example': 1, n: 49301234567 });
    expect(new RegExp(pattern, 'gi').test(json)).toBe(true);
    expect(redactIn(JSON.parse(json), pattern)).toEqual({ body: 'Dear\n[erased]', '[erased]': 1, n: null });
  });

  it('leave nothing behind, whatever stands around them', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom(...marks), (before, after, mark) => {
        const redacted = redact(`${before} ${mark.text} ${after}`, pattern);
        expect(new RegExp(pattern, 'i').test(redacted)).toBe(false);
      }),
    );
  });

  it('match coarsely wherever they match, and without looking around', () => {
    const coarse = coarseOf(pattern);
    expect(coarse).not.toMatch(/\(\?[<!]/);
    const around = fc.constantFrom('', ' ', 'x', '7', '.', '\\n', '+', '"');
    fc.assert(
      fc.property(around, around, fc.constantFrom(...marks), (before, after, mark) => {
        const text = `${before}${mark.text}${after}`;
        if (new RegExp(pattern, 'i').test(text)) expect(new RegExp(coarse, 'i').test(text)).toBe(true);
      }),
    );
  });

  it('match nothing where there are none', () => {
    expect(patternOf([])).toBeNull();
    expect(patternOf([{ kind: 'name', text: '  ' }])).toBeNull();
  });
});

describe('marksOf', () => {
  const held = (name: string, value: string) => ({ object: 'contacts', name, value });

  it('takes whole names, addresses, numbers and what is nobody else’s', () => {
    expect(
      marksOf([
        held('firstname', 'Ana'),
        held('lastname', 'Silva'),
        held('lastname', 'Costa'),
        held('email', 'ana@acme.example'),
        held('phone', '+49 30 1234567'),
        held('address', 'Rua Nova 17'),
        held('city', 'Berlin'),
        held('jobtitle', 'Head of IT'),
        held('createdate', '2026-01-01T00:00:00.000Z'),
        held('hs_object_id', '1234567890'),
        held('birthdate', '1984-02-03'),
      ]),
    ).toEqual({
      marks: [
        { kind: 'name', text: 'Ana Silva' },
        { kind: 'name', text: 'Ana Costa' },
        { kind: 'email', text: 'ana@acme.example' },
        { kind: 'phone', text: '+49 30 1234567' },
        { kind: 'value', text: 'Rua Nova 17' },
      ],
      nameParts: ['Ana', 'Silva', 'Costa'],
    });
  });

  it.each([
    ['budget_quarter', 'Q4 2026'],
    ['operating_system', 'Windows 11'],
    ['company_size', '51-200 people'],
    ['next_visit', '10/12/2026'],
    ['source_detail', 'Expo 2026, hall 4'],
    ['phone', '5000000'],
    ['customer_number', '12345678'],
  ])('takes %s “%s” for nobody’s own', (name, value) => {
    expect(marksOf([held(name, value)]).marks).toEqual([]);
  });
});
