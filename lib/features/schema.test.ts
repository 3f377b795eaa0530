import { describe, expect, it } from 'vitest';
import { baseSchema, type PropertyDefinition, schemaFor } from './features.ts';

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

  it('has no feature that is a property of the outcome', () => {
    expect(JSON.stringify(baseSchema)).not.toMatch(/lifecycle|lead_status|owner|closedate/);
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
