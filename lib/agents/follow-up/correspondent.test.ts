import { expect, test } from 'vitest';
import type { Touch } from '#lib/core/fact.ts';
import { correspondentOf, isWith, messageOf, sameName } from './correspondent.ts';

const mail = (direction: 'in' | 'out', body: string) => ({ channel: 'email', direction, body }) as Touch;

test.each([
  ['in', 'Hi Tom,\nplease send it.\n\nCheers, Linnea', 'Linnea'],
  [
    'in',
    'Please send it.\n\nKind regards,\nDarren Doyle\nPurchasing Assistant\nUrbania Group, Bristol',
    'Darren',
  ],
  ['in', 'Not now.\n\nMarek\nSent from my phone', 'Marek'],
  ['in', 'Fine.\n\nS', 'S'],
  ['in', 'Please send it.', null],
  ['out', 'Dear Sanne Bosman,\n\nas agreed.', 'Sanne'],
  ['out', 'Good morning Rosa,\n\nas agreed.', 'Rosa'],
  ['out', 'As agreed, here it is.', null],
] as const)('%s: %j is with %s', (direction, body, name) => {
  expect(correspondentOf(mail(direction, body))).toBe(name);
});

test('in doubt an e-mail is with the person', () => {
  expect(isWith(mail('in', 'Please send it.'), 'Maria')).toBe(true);
  expect(isWith(mail('in', 'Please send it.\n\nCheers, Ana'), null)).toBe(true);
  expect(isWith(mail('in', 'Please send it.\n\nCheers, Ana'), 'Maria')).toBe(false);
  expect(isWith(mail('out', 'Hi Ana,\n\nas agreed.'), 'Maria')).toBe(false);
});

test('accents, case and initials do not make another person', () => {
  expect(sameName('Álvaro', 'ALVARO')).toBe(true);
  expect(sameName('S', 'Sergio')).toBe(true);
  expect(sameName('S', 'Maria')).toBe(false);
});

test('a signature is no part of the message', () => {
  expect(messageOf('Hi Tom,\n\nThat suits us.\n\nBest regards,\nAna\nNorthwind Foods, Leeds')).toBe(
    'Hi Tom,\nThat suits us.',
  );
});
