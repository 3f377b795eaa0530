import { startSandbox } from '#lib/crm/sandbox/sandbox.ts';
import { installProperties } from '#lib/crm/setup.ts';
import { crmCalls, sessionTo } from '#lib/crm/testing/test-crm.ts';
import { openWriter } from '#lib/crm/writer.ts';
import type { FaultPlace } from './place.ts';
import { sandboxFaults } from './sandbox-faults.ts';

const objects = '/crm/objects/2026-09';
const owners = ['70015', '70016'] as const;

interface Found {
  properties: Record<string, string | null>;
}

/** The sandbox by HubSpot's interface. */
export async function openHubSpotPlace(): Promise<FaultPlace> {
  const sandbox = await startSandbox({
    port: 0,
    file: ':memory:',
    seedIfEmpty: () => ({
      owners: owners.map(id => ({ id, email: `${id}@example.com`, firstName: 'Rep', lastName: id })),
      pipelines: [],
      properties: [],
      records: [],
    }),
  });
  const crm = crmCalls(sandbox.url);
  await installProperties(sessionTo(sandbox.url));
  let people = 0;
  let tokens = 0;
  const found = async (object: 'tasks' | 'notes', changeId: string, archived: boolean): Promise<number> => {
    let count = 0;
    for (let after: string | undefined = '0'; after !== undefined;) {
      const page = (await crm.call(
        'GET',
        `${objects}/${object}?limit=100&properties=sidecard_change_id&archived=${archived}&after=${after}`,
      )) as { results: Found[]; paging?: { next: { after: string } } };
      count += page.results.filter(({ properties }) => properties['sidecard_change_id'] === changeId).length;
      after = page.paging?.next.after;
    }
    return count;
  };
  return {
    crm: 'hubspot',
    session: () => ({
      ...sessionTo(sandbox.url),
      token: async refused => {
        if (refused !== undefined || tokens === 0) {
          tokens += 1;
          await crm.call('POST', '/sandbox/tokens', { token: `token-${tokens}` });
        }
        return `token-${tokens}`;
      },
    }),
    writer: openWriter,
    person: async () => ({
      crm: 'hubspot',
      object: 'contacts',
      id: await crm.create('contacts', {
        email: `person${(people += 1)}@example.com`,
        jobtitle: 'Buyer',
        hubspot_owner_id: owners[0],
      }),
    }),
    field: 'jobtitle',
    ownerField: 'hubspot_owner_id',
    owners,
    faults: new Map(sandboxFaults(rule => crm.call('POST', '/sandbox/faults', { rules: [rule] }))),
    heal: async () => void (await crm.call('DELETE', '/sandbox/faults')),
    created: (object, changeId) => found(object, changeId, false),
    everCreated: async (object, changeId) =>
      (await found(object, changeId, false)) + (await found(object, changeId, true)),
    held: async (subject, field) => {
      const path = `${objects}/contacts/${subject.id}?propertiesWithHistory=${field}`;
      const { propertiesWithHistory } = (await crm.call('GET', path)) as {
        propertiesWithHistory: Record<string, { value: string }[]>;
      };
      return (propertiesWithHistory[field] ?? []).map(({ value }) => value || null).toReversed();
    },
    close: () => sandbox.stop(),
  };
}
