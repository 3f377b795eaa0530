import { expect, test } from 'vitest';
import { defaultSettings } from '#lib/core/settings.ts';
import { schemaFor } from '#lib/features/features.ts';
import { accounts, deals, leads, type FileMapping } from './mapping.ts';

const afterwards = [
  'Asymmetrique Activity Index',
  'Asymmetrique Activity Score',
  'Asymmetrique Profile Index',
  'Asymmetrique Profile Score',
  'Converted',
  'Last Notable Activity',
  'Lead Profile',
  'Lead Quality',
  'Tags',
];

test('what was written after contact, the outcome itself included, stands in the group that is set aside', () => {
  const columns = leads.columns.filter(({ group }) => group === 'written_after_contact');
  expect(columns.map(({ column }) => column).sort()).toEqual(afterwards);
});

test('no feature is made of what was written after contact, nor of what only names a lead', () => {
  const definitions = leads.columns.map(({ property: name, label, type, group }) => ({
    object: 'contacts' as const,
    name,
    label,
    type: type === 'date' ? ('string' as const) : type,
    group: group ?? '',
    custom: true,
    ...(type === 'enumeration' ? { options: [{ value: 'Yes', label: 'Yes' }] } : { distinct: 9_000 }),
  }));
  const { features, quarantined } = schemaFor(definitions, defaultSettings);
  const learned = new Set(features.map(({ property }) => property));
  for (const { column, property } of leads.columns)
    expect([column, learned.has(property)]).toEqual([
      column,
      ![...afterwards, 'Prospect ID', 'Lead Number'].includes(column),
    ]);
  expect(quarantined).toHaveLength(afterwards.length);
});

test.each<[string, FileMapping]>(Object.entries({ leads, accounts, deals }))(
  'in %s every column has a property of its own, in a group that is created with it',
  (_, { columns, groups, key }) => {
    expect(new Set(columns.map(({ property }) => property)).size).toBe(columns.length);
    expect(columns).toContain(columns.find(({ property }) => property === key.property));
    for (const { property, group } of columns) {
      expect(property).toMatch(/^[a-z][a-z0-9_]{0,99}$/);
      if (group !== null) expect(groups.map(({ name }) => name)).toContain(group);
    }
  },
);
