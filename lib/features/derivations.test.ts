import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Facts } from '#lib/core/fact.ts';
import type { Feature } from '#lib/core/score.ts';
import { corpus } from './corpus.ts';
import { asOf, fact, fieldsOf, nothing } from './examples.ts';
import { baseSchema, derive, schemaFor } from './features.ts';
import type { FeatureSchema } from './types.ts';

/**
 * What each revision of each feature makes of each example in turn, as hashes. The file only grows: what is there is never
 * changed, so that whoever derives a feature differently has to raise its revision, and with it the schema's version.
 */
const file = new URL('./derivations.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;

const property = { object: 'contacts', group: 'own', custom: true } as const;
const properties = schemaFor(
  [
    { ...property, name: 'vehicles', label: 'Vehicles', type: 'number' },
    { ...property, name: 'trial', label: 'In trial', type: 'bool' },
    {
      ...property,
      name: 'interest',
      label: 'Interest',
      type: 'enumeration',
      options: [{ value: 'i1', label: 'Tyres' }],
    },
  ],
  { quarantinedGroups: [] },
);
const filledIn = {
  ...nothing,
  fields: fieldsOf(fact('vehicles', '40'), fact('trial', 'yes'), fact('interest', 'i1')),
};

/** By feature and revision; a dash where the example is none that has the feature. */
function made(schema: FeatureSchema, examples: readonly Facts[]): Record<string, string> {
  const rows = examples.map(facts => derive(facts, schema, asOf).features);
  const hashOf = (feature: Feature | undefined): string =>
    feature ? createHash('sha256').update(JSON.stringify(feature)).digest('hex').slice(0, 6) : '-';
  return Object.fromEntries(
    schema.features.map(({ name, revision }) => [
      `${name}@${revision}`,
      rows.map(row => hashOf(row[name])).join(' '),
    ]),
  );
}

const now = { ...made(properties, [filledIn]), ...made(baseSchema, Object.values(corpus)) };

it('no feature is derived differently under the same revision', () => {
  const differing = Object.entries(now)
    .filter(([feature, hashes]) => !hashes.startsWith(recorded[feature] ?? ''))
    .map(([feature]) => `${feature}: raise its revision, or restore what it gave`);
  expect(differing).toEqual([]);
});

it('every revision is on record', () => {
  const missing = Object.entries(now).filter(
    ([feature, hashes]) => recorded[feature] !== hashes && hashes.startsWith(recorded[feature] ?? ''),
  );
  if (missing.length === 0) return;
  const grown = Object.entries({ ...recorded, ...Object.fromEntries(missing) });
  const sorted = Object.fromEntries(grown.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
  expect.fail(
    `Now on record in ${file.pathname}: ${missing.map(([feature]) => feature).join(', ')}. Run the test again.`,
  );
});
