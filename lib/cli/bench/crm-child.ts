import type { SeedRecord, SeedSet } from '#lib/crm/sandbox/seed.ts';
import { startSandbox } from '#lib/crm/sandbox/sandbox.ts';

/** A process of its own, as a CRM is: an account with as many contacts as it is told, each at one of a thousand companies. */
const people = Number(process.argv[2]);
const firms = 1000;
const from = Date.parse('2025-01-01T00:00:00Z');
const dayMs = 86_400_000;
const at = (milliseconds: number): string => new Date(milliseconds).toISOString();

const company = (i: number): SeedRecord => ({
  type: 'companies',
  id: String(1000 + i),
  properties: { name: `Firm ${i}`, domain: `firm${i}.example`, industry: 'COMPUTER_SOFTWARE' },
  createdAt: at(from),
  updatedAt: at(from),
});

const contact = (i: number): SeedRecord => {
  const createdAt = from + i * 1000;
  return {
    type: 'contacts',
    id: String(100_000 + i),
    properties: {
      email: `person${i}@firm${i % firms}.example`,
      firstname: `Ann ${i}`,
      lastname: `Lee ${i}`,
      jobtitle: 'Head of Sales',
      phone: '+49 30 123456',
      city: 'Berlin',
      country: 'Germany',
      company: `Firm ${i % firms}`,
      lifecyclestage: 'lead',
      hs_lead_status: 'NEW',
      hubspot_owner_id: '1',
    },
    history: {
      lifecyclestage: [
        { value: 'subscriber', at: at(createdAt) },
        { value: 'lead', at: at(createdAt + dayMs) },
      ],
    },
    createdAt: at(createdAt),
    updatedAt: at(createdAt + 2 * dayMs),
    associations: [{ type: 'companies', id: String(1000 + (i % firms)) }],
  };
};

const seed = (): SeedSet => ({
  owners: [{ id: '1', email: 'owner@example.com', firstName: 'Olga', lastName: 'Winter' }],
  pipelines: [],
  properties: [],
  records: [
    ...Array.from({ length: firms }, (_, i) => company(i)),
    ...Array.from({ length: people }, (_, i) => contact(i)),
  ],
});

const sandbox = await startSandbox({ port: 0, file: ':memory:', seedIfEmpty: seed });
process.on('message', () => process.send?.({ url: sandbox.url }));
process.send?.('ready');
process.once('disconnect', () => process.exit(0));
