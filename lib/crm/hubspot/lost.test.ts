import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCrm, type TestCrm } from '../testing/test-crm.ts';
import { openHubSpotReader } from './reader.ts';

describe('records that HubSpot no longer has', () => {
  let crm: TestCrm;
  beforeAll(async () => {
    crm = await startTestCrm();
  });
  afterAll(() => crm.stop());
  const contacts = async (n: number) =>
    Promise.all(
      Array.from({ length: n }, (_, i) => crm.create('contacts', { email: `${i}-${Math.random()}@l.io` })),
    );

  it('merged ones say into which they went, archived ones are read, erased ones are missing', async () => {
    const [survivor = '', loser = '', deleted = '', erased = '', live = ''] = await contacts(5);
    await crm.call('POST', '/crm/objects/2026-09/contacts/merge', {
      primaryObjectId: survivor,
      objectIdToMerge: loser,
    });
    await crm.remove('contacts', deleted);
    await crm.call('POST', '/crm/objects/2026-09/contacts/gdpr-delete', { objectId: erased });
    const { records, missing, merged } = await openHubSpotReader(crm.session).read('contacts', [
      loser,
      deleted,
      erased,
      live,
    ]);
    expect(merged).toEqual([{ id: loser, into: { crm: 'hubspot', object: 'contacts', id: survivor } }]);
    expect(missing).toEqual([erased]);
    expect(new Map(records.map(({ record }) => [record.ref.id, record.archived]))).toEqual(
      new Map([
        [live, false],
        [deleted, true],
      ]),
    );
  });

  it('deletions are listed from a time on, page by page', async () => {
    const since = new Date(Date.now() - 1000).toISOString();
    const ids = await contacts(105);
    for (const id of ids) await crm.remove('contacts', id);
    const reader = openHubSpotReader(crm.session);
    const removed: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page = await reader.removedSince('contacts', since, after);
      removed.push(...page.ids);
      after = page.next;
      more = after !== null;
    }
    expect(removed).toEqual(expect.arrayContaining(ids));
    const later = new Date(Date.now() + 60_000).toISOString();
    expect((await reader.removedSince('contacts', later, null)).ids).toEqual([]);
    expect(await reader.removedSince('owners', since, null)).toEqual({ ids: [], next: null });
  });

  it('presence is told by name alone', async () => {
    const [live = '', gone = ''] = await contacts(2);
    await crm.remove('contacts', gone);
    const reader = openHubSpotReader(crm.session);
    expect(await reader.present?.('contacts', [live, gone, '424242', live])).toEqual([live]);
    expect(await reader.present?.('properties', ['contacts.email', 'contacts.nothing'])).toEqual([
      'contacts.email',
    ]);
  });
});
