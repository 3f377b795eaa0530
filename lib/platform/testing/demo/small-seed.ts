import { generateDemo } from '#lib/crm/sandbox/demo/demo.ts';
import type { SeedSet } from '#lib/crm/sandbox/seed.ts';

/** The demo's CRM with some of its people: theirs are the companies, deals and activities, and nothing else is there. */
export function smallSeed(now: Date, people: number): SeedSet {
  const { records, ...account } = generateDemo({ seed: 11, now });
  const contacts = records.filter(record => record.type === 'contacts');
  const step = Math.max(1, Math.floor(contacts.length / people));
  const chosen = contacts.filter((_, i) => i % step === 0).slice(0, people);
  const key = ({ type, id }: { type: string; id: string }) => `${type} ${id}`;
  const names = new Set(chosen.map(key));
  const firms = new Set(chosen.flatMap(person => person.associations ?? []).map(key));
  const theirs = records.filter(
    record =>
      names.has(key(record)) ||
      (record.type === 'companies' && firms.has(key(record))) ||
      (record.type !== 'contacts' &&
        record.type !== 'companies' &&
        (record.associations ?? []).some(to => names.has(key(to)))),
  );
  const there = new Set(theirs.map(key));
  return {
    ...account,
    enrolments: (account.enrolments ?? []).filter(({ contactId }) => names.has(`contacts ${contactId}`)),
    records: theirs.map(record => ({
      ...record,
      associations: (record.associations ?? []).filter(to => there.has(key(to))),
    })),
  };
}
