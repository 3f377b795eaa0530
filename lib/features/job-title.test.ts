import { expect, it } from 'vitest';
import { addressKind } from '#lib/core/freemail.ts';
import { functionOf, seniorityOf } from './job-title.ts';
import { regionOf } from './regions.ts';

it.each([
  ['CEO', 'executive', 'general management'],
  ['C.O.O.', 'executive', 'operations'],
  ['Managing Director', 'executive', 'general management'],
  ['VP Fleet Operations', 'vice president', 'operations'],
  ['Senior Vice President, Finance', 'vice president', 'finance'],
  ['Head of IT', 'director', 'it'],
  ['Einkaufsleiter', 'director', 'purchasing'],
  ['Fleet Manager', 'manager', 'operations'],
  ['Trainee, Fleet Office', 'junior', 'operations'],
  ['Executive Assistant to the CEO', 'junior', 'general management'],
  ['Product Owner', 'staff', 'other'],
  ['Parts Buyer', 'staff', 'purchasing'],
  ['🦊', 'staff', 'other'],
])('%s: %s, %s', (title, seniority, job) => {
  expect([seniorityOf(title), functionOf(title)]).toEqual([seniority, job]);
});

it.each([
  ['ana@gmail.com', 'freemail'],
  ['ana@yahoo.co.uk', 'freemail'],
  ['ana@mail.example.com', 'business'],
  ['ana@example.co.uk', 'business'],
  ['not an address', null],
])('%s: %s', (email, kind) => {
  expect(addressKind(email)).toBe(kind);
});

it('knows countries by name and code', () => {
  expect([regionOf(' germany '), regionOf('US'), regionOf('Atlantis')]).toEqual([
    'Western and Northern Europe',
    'North America',
    null,
  ]);
});
