import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fact, Facts } from '#lib/core/fact.ts';
import { toInstant } from '#lib/core/time.ts';
import { rewind } from './rewind.ts';

const subject = { crm: 'hubspot', object: 'contacts', id: '1' } as const;
const at = fc.integer({ min: 0, max: 1_000 }).map(day => toInstant(day * 86_400_000));

const fact = (name: string, value: string, time: string): Fact => ({
  name,
  value,
  at: time,
  learntAt: '2026-01-01T00:00:00.000Z',
  source: { ...subject, field: name, version: 'v' },
});

it('gives each field its newest value by then, and nothing from later', () => {
  const moments = fc.array(fc.record({ name: fc.constantFrom('stage', 'owner'), value: fc.string(), at }), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(moments, at, (values, asOf) => {
      const history = values.map(v => fact(v.name, v.value, v.at)).sort((a, b) => (a.at < b.at ? -1 : 1));
      const fields = Object.fromEntries(history.map(f => [f.name, f]));
      const facts: Facts = {
        subject,
        asOf: toInstant(2_000 * 86_400_000),
        createdAt: toInstant(0),
        fields,
        history,
        account: { subject: { ...subject, object: 'companies' }, fields },
        deals: [],
        people: [],
        touches: [],
        interactions: [],
        relations: [],
        flags: [],
        owner: null,
      };
      const then = rewind(facts, asOf);
      for (const name of ['stage', 'owner'])
        expect(then.fields[name]?.at).toBe(history.filter(f => f.name === name && f.at <= asOf).at(-1)?.at);
      for (const late of [...then.history, ...Object.values(then.account?.fields ?? {})])
        expect(late.at <= asOf).toBe(true);
    }),
  );
});
