import { describe, expect, it } from 'vitest';
import type { CrmRecord } from '#lib/core/record.ts';
import { readEvents } from '#lib/ingest/ingest.ts';
import { demoEvents } from './demo-events.ts';

const now = new Date('2026-05-04T09:00:00.000Z');
const people = Array.from({ length: 1000 }, (_, i): CrmRecord => ({
  ref: { crm: 'hubspot', object: 'contacts', id: `${i}` },
  version: '1',
  createdAt: '2026-04-20T00:00:00.000Z',
  updatedAt: '2026-04-20T00:00:00.000Z',
  archived: i % 10 === 0,
  fields: { lifecyclestage: i % 2 === 0 ? 'customer' : 'lead' },
  history: [],
  links: [],
}));

describe('events of the demo', () => {
  it('are the same each time, a few hundred, of the past, and all can be taken', () => {
    const events = demoEvents(people, now);
    expect(demoEvents(people, now)).toEqual(events);
    expect(events.length).toBeGreaterThan(300);
    expect(events.length).toBeLessThan(1000);
    const read = readEvents(events);
    expect(read.rejected).toEqual([]);
    const times = read.events.map(({ event }) => event.at).sort();
    expect(times[0]! >= '2026-04-20T00:00:00.000Z' && times.at(-1)! < now.toISOString()).toBe(true);
    expect(new Set(read.events.map(({ event }) => event.source))).toEqual(new Set(['marketing', 'product']));
  });
});
