import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOfFact } from './evidence-of.ts';
import type { Fact, Facts } from './fact.ts';
import { minimise } from './minimise.ts';
import { classOf, PrivacyClass } from './privacy.ts';

const at = '2026-03-01T08:00:00.000Z';
const ana = { crm: 'hubspot', object: 'contacts', id: '7' } as const;
const firm = { crm: 'hubspot', object: 'companies', id: '3' } as const;

const fact = (of: typeof ana | typeof firm, name: string): Fact => ({
  name,
  value: `value of ${name}`,
  at,
  learntAt: at,
  source: { ...of, field: name, version: '1' },
});

function factsWith(names: readonly string[]): Facts {
  const fields = Object.fromEntries(names.map(name => [name, fact(ana, name)]));
  return {
    subject: ana,
    asOf: at,
    createdAt: at,
    fields,
    history: names.map(name => fact(ana, name)),
    account: { subject: firm, fields: Object.fromEntries(names.map(name => [name, fact(firm, name)])) },
    deals: [],
    people: [{ subject: { ...ana, id: '8' }, fields }],
    touches: [
      {
        ref: { ...ana, object: 'emails' },
        version: '1',
        channel: 'email',
        direction: 'in',
        at,
        learntAt: at,
        title: 'Hello',
        body: 'Words',
        status: '',
        ownerId: null,
        threadId: null,
        ourChange: null,
      },
    ],
    interactions: [
      {
        id: 'e',
        subject: ana,
        source: 'marketing',
        type: 'form',
        at,
        learntAt: at,
        properties: Object.fromEntries(names.map(name => [name, 'x'])),
      },
    ],
    relations: names.map(name => ({
      from: { key: 'hubspot:contacts:7', kind: 'person', name: 'Ana', subject: ana },
      kind: 'decides_for',
      to: { key: 'hubspot:companies:3', kind: 'account', name: 'Acme', subject: firm },
      at,
      learntAt: at,
      lastAt: null,
      strength: null,
      why: `The ${name} says so`,
      evidence: [evidenceOfFact(fact(ana, name))],
    })),
    flags: names.map(name => ({ rule: 'odd', text: name, source: fact(ana, name).source, learntAt: at })),
    owner: null,
  };
}

describe('classOf', () => {
  it.each<[PrivacyClass, string]>([
    ['personal', 'email'],
    ['personal', 'mobilePhone'],
    ['personal', 'address'],
    ['personal', 'favourite_colour'],
    ['sensitive', 'date_of_birth'],
    ['sensitive', 'Gender'],
    ['sensitive', 'health_status'],
    ['sensitive', 'expectedSalary'],
    ['secret', 'portal_password'],
    ['secret', 'API_Token'],
    ['secret', 'iban'],
    ['business', 'lifecyclestage'],
    ['business', 'hubspot_owner_id'],
    ['business', 'company_size'],
    ['personal', 'account_age_days'],
  ])('is %s for a person’s %s', (privacyClass, name) => {
    expect(classOf({ object: 'contacts', name })).toBe(privacyClass);
  });

  it('takes a company’s own name, town and number for business, and the tenant’s word before any rule', () => {
    for (const name of ['name', 'city', 'phone', 'whatever'])
      expect(classOf({ object: 'companies', name })).toBe('business');
    expect(classOf({ object: 'companies', name: 'ceo_birthday' })).toBe('sensitive');
    expect(classOf({ object: 'contacts', name: 'whatever' }, { whatever: 'public' })).toBe('public');
    expect(classOf({ object: 'contacts', name: 'shoe_size' }, { shoe_size: 'sensitive' })).toBe('sensitive');
  });
});

describe('minimise', () => {
  const names = ['email', 'lifecyclestage', 'birthdate', 'iban', 'colour', 'salary'];
  const personal: ReadonlySet<PrivacyClass> = new Set(['public', 'business', 'personal']);

  it('keeps what is allowed, everywhere, and says by name what it withholds', () => {
    const { facts, withheld } = minimise(factsWith(names), { classes: personal, overrides: {} });
    const kept = ['email', 'lifecyclestage', 'colour'];
    expect(Object.keys(facts.fields)).toEqual(kept);
    expect(facts.history.map(one => one.name)).toEqual(kept);
    expect(Object.keys(facts.account?.fields ?? {})).toEqual(kept);
    expect(Object.keys(facts.people[0]?.fields ?? {})).toEqual(kept);
    expect(Object.keys(facts.interactions[0]?.properties ?? {})).toEqual(kept);
    expect(facts.flags.map(flag => flag.text)).toEqual(kept);
    expect(facts.relations.map(({ why }) => why)).toEqual(kept.map(name => `The ${name} says so`));
    expect(withheld.filter(one => one.object === 'contacts')).toEqual([
      { object: 'contacts', field: 'birthdate', privacyClass: 'sensitive' },
      { object: 'contacts', field: 'iban', privacyClass: 'secret' },
      { object: 'contacts', field: 'salary', privacyClass: 'sensitive' },
    ]);
    expect(JSON.stringify(withheld)).not.toContain('value of');
  });

  it('leaves no words of anybody where nothing personal is allowed', () => {
    const { facts } = minimise(factsWith(names), { classes: new Set(['business']), overrides: {} });
    expect(facts.touches[0]).toMatchObject({ title: '', body: '', channel: 'email' });
    expect(Object.keys(facts.fields)).toEqual(['lifecyclestage']);
  });

  it('never lets a value through whose class is not allowed, whatever the fields are called', () => {
    const name = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom(...names, 'token', 'race', 'zip'));
    const classes = fc.subarray(PrivacyClass.options);
    fc.assert(
      fc.property(fc.uniqueArray(name), classes, (fields, allowed) => {
        const { facts } = minimise(factsWith(fields), { classes: new Set(allowed), overrides: {} });
        for (const known of [facts, facts.account, ...facts.people])
          for (const one of Object.values(known?.fields ?? {}))
            expect(allowed).toContain(classOf({ object: one.source.object, name: one.name }));
      }),
    );
  });
});
