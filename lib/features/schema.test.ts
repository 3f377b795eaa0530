import { describe, expect, it } from 'vitest';
import { protectedAttribute, recordsOutcome } from './exclusions.ts';
import { baseSchema, type PropertyDefinition, schemaFor } from './features.ts';
import { versionOf } from './schema.ts';

const define = (name: string, more: Partial<PropertyDefinition> = {}): PropertyDefinition => ({
  object: 'contacts',
  name,
  label: name,
  type: 'number',
  group: 'own',
  custom: true,
  ...more,
});
const settings = { quarantinedGroups: ['written_after_contact'] };
const added = (definition: PropertyDefinition) => {
  const { features, quarantined } = schemaFor([definition], settings);
  return { features: features.slice(baseSchema.features.length), quarantined };
};

describe('the base schema', () => {
  it('is as reviewed: a difference here is a new version', () => {
    expect(JSON.stringify(baseSchema, null, 1)).toMatchSnapshot();
  });

  it('has unique names', () => {
    const names = baseSchema.features.map(spec => spec.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('says what it is in full of each feature', () => {
    for (const spec of baseSchema.features) {
      expect(spec.unit, spec.name).not.toBe('');
      expect(spec.meaning, spec.name).toMatch(/^.{5,220}$/);
      expect(spec.uses.length, spec.name).toBeGreaterThan(0);
      expect(spec.revision).toBeGreaterThan(0);
    }
  });

  it('has no feature that reads a protected attribute, and none for scoring that reads the outcome', () => {
    for (const { name, sources, uses } of baseSchema.features)
      for (const source of sources) {
        const [, owner, field] = /^(fields|account|people|deals)\.(.+)$/.exec(source) ?? [];
        if (field === undefined || field === '*') continue;
        expect(protectedAttribute({ name: field, label: field }), `${name} reads ${source}`).toBeNull();
        if (uses.includes('scoring') && owner !== 'people')
          expect(recordsOutcome(field), `${name} reads ${source}`).toBe(false);
      }
  });

  it('scores by nothing that the graph or the moment says, and by no deal', () => {
    const ofScoring = baseSchema.features.filter(spec => spec.uses.includes('scoring'));
    for (const { name, sources, group } of ofScoring) {
      expect(
        sources.filter(source => /^(relations|flags|deals)/.test(source)),
        name,
      ).toEqual([]);
      expect(group).not.toBe('seasonality');
    }
  });

  it('has another version when a revision is raised or other personas are in it', () => {
    const [first, ...others] = baseSchema.features;
    const raised = { ...baseSchema, features: [{ ...first!, revision: 2 }, ...others] };
    expect(versionOf(baseSchema)).toBe(baseSchema.version);
    expect(versionOf(raised)).not.toBe(baseSchema.version);
    expect(versionOf({ ...baseSchema, personas: [] })).not.toBe(baseSchema.version);
  });
});

describe('schemaFor', () => {
  it.each<[string, Partial<PropertyDefinition>, string | null]>([
    ['a number', { type: 'number' }, 'numeric'],
    ['yes or no', { type: 'bool' }, 'numeric'],
    ['a choice', { type: 'enumeration' }, 'categorical'],
    ['text with few different values', { type: 'string', distinct: 12 }, 'categorical'],
    ['text with many', { type: 'string', distinct: 900 }, null],
    ['text of which nothing is known', { type: 'string' }, null],
    ['a date', { type: 'date' }, null],
    ["the CRM's own", { custom: false }, null],
  ])('%s', (_, more, kind) => {
    const { features, quarantined } = added(define('depots', more));
    expect(features.map(spec => spec.kind)).toEqual(kind ? [kind] : []);
    expect(quarantined).toEqual([]);
  });

  it.each<[string, Partial<PropertyDefinition>, string]>([
    ['tags', { group: 'written_after_contact' }, 'written after the outcome'],
    ['Recent_Deal_Amount', {}, 'records the outcome'],
    ['hs_lead_status', {}, 'records the outcome'],
    ['sidecard_score', {}, 'Sidecard itself'],
    ['gender', {}, 'gender'],
    ['c_17', { label: 'Customer Age' }, '(age)'],
    ['birthDate', {}, '(age)'],
    ['zip2', { label: 'Zip code' }, 'place of living'],
    ['home', { label: 'Postcode' }, 'place of living'],
    ['maritalStatus', {}, 'family'],
    ['First Name', {}, 'name as a sign'],
    ['birth_year', {}, '(age)'],
    ['Nationality', {}, 'ethnic origin'],
    ['religion', {}, 'religion'],
    ['health_condition', {}, 'health'],
    ['photo_url', {}, 'looks'],
    ['latitude', {}, 'place of living'],
    [
      'form_of_address',
      { type: 'enumeration', options: ['Mr.', 'Ms.', 'Dr.'].map(label => ({ value: label, label })) },
      'gender',
    ],
  ])('%s is set aside, with why', (name, more, why) => {
    const { features, quarantined } = added(define(name, more));
    expect(features).toEqual([]);
    expect(quarantined).toEqual([{ property: name, why: expect.stringContaining(why) as string }]);
  });

  it.each([
    'page_views',
    'average_order',
    'stage_of_fleet',
    'health_score',
    'parent_company',
    'sexton',
    'trial_active_days',
  ])('%s is no protected attribute', name => expect(added(define(name)).features).toHaveLength(1));

  it('has one version for one set of properties, in any order, and another for another', () => {
    const [a, b] = [define('a'), define('b')];
    const version = (...all: PropertyDefinition[]) => schemaFor(all, settings).version;
    expect(version(a, b)).toBe(version(b, a));
    expect(version(a)).not.toBe(version(b));
    expect(schemaFor([a, b], settings)).toEqual(schemaFor([b, a], settings));
    expect(schemaFor([], settings)).toEqual(baseSchema);
  });
});
