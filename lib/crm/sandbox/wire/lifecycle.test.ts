import { expect, test } from 'vitest';
import { openSandbox, type Call } from '#lib/crm/sandbox/testing.ts';

const OBJECTS = '/crm/objects/2026-09';

async function make(call: Call, type: string, properties: Record<string, string>): Promise<string> {
  return (await call('POST', `${OBJECTS}/${type}`, { properties })).body.id;
}

/** Undelivered events, as they would go out. */
async function openQuiet() {
  const webhook = { url: 'http://127.0.0.1:9/', secret: 's', retryBaseMs: 600_000 };
  const open = await openSandbox({ webhook });
  const events = () =>
    open.sandbox.store
      .all('SELECT event FROM outbox ORDER BY seq')
      .map(row => JSON.parse(String(row['event'])) as Record<string, unknown>);
  return { ...open, events };
}

test('a merge keeps the survivor’s values, moves links, and the merged id stands for the survivor', async () => {
  await using open = await openQuiet();
  const { call, events } = open;
  const kept = await make(call, 'contacts', { email: 'a@example.com', firstname: 'Ann' });
  const gone = await make(call, 'contacts', { email: 'b@example.com', firstname: 'Anna', city: 'Oslo' });
  const deal = await make(call, 'deals', { dealname: 'D' });
  await call('PUT', `${OBJECTS}/contacts/${gone}/associations/deals/${deal}`);
  const merged = await call('POST', `${OBJECTS}/contacts/merge`, {
    primaryObjectId: kept,
    objectIdToMerge: gone,
  });
  expect(merged.status).toBe(200);
  expect(merged.body).toMatchObject({
    id: kept,
    properties: {
      email: 'a@example.com',
      firstname: 'Ann',
      city: 'Oslo',
      hs_merged_object_ids: gone,
      hs_additional_emails: 'b@example.com',
      hs_calculated_merged_vids: expect.stringMatching(new RegExp(`^${gone}:\\d{13}$`)),
    },
  });
  expect((await call('GET', `${OBJECTS}/contacts/${gone}`)).body.id).toBe(kept);
  const batch = await call('POST', `${OBJECTS}/contacts/batch/read`, {
    inputs: [{ id: gone }, { id: kept }],
  });
  expect(batch.status).toBe(200);
  expect(batch.body.results.map(({ id }) => id)).toEqual([kept]);
  const links = await call('POST', '/crm/associations/2026-09/contacts/deals/batch/read', {
    inputs: [{ id: gone }],
  });
  expect(links.body.results[0]?.to?.[0]?.toObjectId).toBe(deal);
  const list = await call('GET', `${OBJECTS}/contacts`);
  expect(list.body.results.map(({ id }) => id)).toEqual([kept]);
  expect(events().find(event => event['subscriptionType'] === 'contact.merge')).toMatchObject({
    objectId: Number(kept),
    primaryObjectId: Number(kept),
    newObjectId: Number(kept),
    mergedObjectIds: [Number(gone)],
    numberOfPropertiesMoved: 1,
  });
  const third = await make(call, 'contacts', { firstname: 'Third' });
  await call('POST', `${OBJECTS}/contacts/merge`, { primaryObjectId: third, objectIdToMerge: kept });
  expect((await call('GET', `${OBJECTS}/contacts/${gone}`)).body.id).toBe(third);
  const again = { primaryObjectId: third, objectIdToMerge: gone };
  expect((await call('POST', `${OBJECTS}/contacts/merge`, again)).status).toBe(400);
  const tasks = { primaryObjectId: '1', objectIdToMerge: '2' };
  expect((await call('POST', `${OBJECTS}/tasks/merge`, tasks)).status).toBe(400);
});

test('a GDPR delete leaves nothing, and is announced as such and as a deletion', async () => {
  await using open = await openQuiet();
  const { call, events, sandbox } = open;
  const id = await make(call, 'contacts', { email: 'a@example.com' });
  const deal = await make(call, 'deals', { dealname: 'D' });
  await call('PUT', `${OBJECTS}/contacts/${id}/associations/deals/${deal}`);
  const gone = { objectId: 'A@example.com', idProperty: 'email' };
  expect((await call('POST', `${OBJECTS}/contacts/gdpr-delete`, gone)).status).toBe(204);
  expect((await call('GET', `${OBJECTS}/contacts/${id}`)).status).toBe(404);
  expect((await call('GET', `${OBJECTS}/contacts/${id}?archived=true`)).status).toBe(404);
  for (const table of ['history', 'unique_value']) {
    expect(sandbox.store.all(`SELECT 1 FROM ${table} WHERE type = 'contacts'`)).toEqual([]);
  }
  expect(sandbox.store.all('SELECT 1 FROM association')).toEqual([]);
  const kinds = events().map(event => event['subscriptionType']);
  expect(kinds.slice(-2)).toEqual(['contact.privacyDeletion', 'contact.deletion']);
  expect((await call('POST', `${OBJECTS}/contacts/gdpr-delete`, gone)).status).toBe(204);
  expect((await call('POST', `${OBJECTS}/contacts/gdpr-delete`, { objectId: id })).status).toBe(404);
});

test('an archived record is listed with the time, and can be restored', async () => {
  await using open = await openQuiet();
  const { call, events } = open;
  const id = await make(call, 'companies', { name: 'Acme' });
  await call('DELETE', `${OBJECTS}/companies/${id}`);
  const { body } = await call('GET', `${OBJECTS}/companies?archived=true`);
  expect(body.results).toMatchObject([{ id, archived: true, archivedAt: expect.any(String) }]);
  const restored = await call('POST', '/sandbox/restore', { objectType: 'companies', id });
  expect(restored.body).toMatchObject({ id, archived: false });
  expect((await call('GET', `${OBJECTS}/companies/${id}`)).status).toBe(200);
  expect(events().at(-1)).toMatchObject({ subscriptionType: 'company.restore', objectId: Number(id) });
});

test('links between CRM objects are announced from both ends, those of activities are not', async () => {
  await using open = await openQuiet();
  const { call, events } = open;
  const [contact, company] = [await make(call, 'contacts', {}), await make(call, 'companies', { name: 'A' })];
  const task = await make(call, 'tasks', { hs_timestamp: '2026-12-01' });
  const path = `${OBJECTS}/contacts/${contact}/associations/companies/${company}`;
  const primary = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 }];
  await call('PUT', path, primary);
  await call('PUT', path, primary);
  await call('PUT', `${OBJECTS}/tasks/${task}/associations/contacts/${contact}`);
  await call('DELETE', path);
  const heard = events().filter(event => String(event['subscriptionType']).endsWith('associationChange'));
  expect(heard).toMatchObject([
    {
      subscriptionType: 'contact.associationChange',
      associationType: 'CONTACT_TO_COMPANY',
      isPrimaryAssociation: true,
    },
    { subscriptionType: 'company.associationChange', associationType: 'COMPANY_TO_CONTACT' },
    { fromObjectId: Number(contact), toObjectId: Number(company), associationRemoved: true },
    { fromObjectId: Number(company), toObjectId: Number(contact), associationRemoved: true },
  ]);
  expect(heard[0]).not.toHaveProperty('objectId');
});

test('tickets, leads and line items keep to their own rules', async () => {
  await using open = await openSandbox();
  const { call } = open;
  const ticket = await call('POST', `${OBJECTS}/tickets`, {
    properties: { subject: 'Help', hs_pipeline_stage: '1' },
  });
  expect(ticket.body.properties).toMatchObject({ hs_pipeline: '0', hs_pipeline_stage: '1' });
  expect((await call('POST', `${OBJECTS}/tickets`, { properties: { subject: 'No stage' } })).status).toBe(
    400,
  );
  const item = await call('POST', `${OBJECTS}/line_items`, {
    properties: { name: 'Seat', price: '12.50', quantity: '4', hs_discount_percentage: '10' },
  });
  expect(item.body.properties['amount']).toBe('45');
  const changed = await call('PATCH', `${OBJECTS}/0-8/${item.body.id}`, { properties: { quantity: '1' } });
  expect(changed.body.properties['amount']).toBe('11.25');
  const contact = await make(call, 'contacts', {});
  const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 578 }];
  const lead = { properties: { hs_lead_name: 'L' }, associations: [{ to: { id: contact }, types }] };
  expect((await call('POST', `${OBJECTS}/leads`, { properties: lead.properties })).status).toBe(400);
  expect((await call('POST', `${OBJECTS}/leads`, lead)).body.properties['hs_pipeline_stage']).toBe(
    'new-stage-id',
  );
  const stages = (await call('GET', '/crm/pipelines/2026-09/leads')).body.results[0]?.['stages'];
  expect(stages).toMatchObject([{ id: 'new-stage-id', metadata: { leadState: 'NEW' } }, {}, {}, {}, {}]);
});

test('what the interface does not publish is not there', async () => {
  await using open = await openSandbox();
  const { call } = open;
  const paths = [
    ['POST', `${OBJECTS}/forecasts`],
    ['GET', '/contacts/v1/lists/all/contacts/all'],
    ['GET', '/crm/v1/objects/contacts'],
    ['GET', '/owners/v2/owners'],
    ['GET', '/automation/v3/workflows'],
    ['POST', '/oauth/v1/token'],
  ] as const;
  for (const [method, path] of paths) {
    const answer = await call(method, path, method === 'POST' ? { properties: {} } : undefined);
    expect([path, answer.status]).toEqual([path, 404]);
  }
  const { body } = await call('GET', '/sandbox/stats');
  expect(Object.keys(body['unknownPaths'] as object)).toEqual(
    paths.map(([method, path]) => `${method} ${path}`),
  );
});

test('reads with history take 50 records, other batches 100', async () => {
  await using open = await openSandbox();
  const read = async (count: number, more: object) => {
    const inputs = Array.from({ length: count }, (_, i) => ({ id: String(i + 1) }));
    return (await open.call('POST', `${OBJECTS}/contacts/batch/read`, { inputs, ...more })).status;
  };
  expect(await read(100, {})).toBe(207);
  expect(await read(101, {})).toBe(400);
  expect(await read(50, { propertiesWithHistory: ['email'] })).toBe(207);
  expect(await read(51, { propertiesWithHistory: ['email'] })).toBe(400);
  const list = `${OBJECTS}/contacts?propertiesWithHistory=email&limit=`;
  expect((await open.call('GET', `${list}50`)).status).toBe(200);
  expect((await open.call('GET', `${list}51`)).status).toBe(400);
  for (const work of ['update', 'upsert', 'archive', 'create']) {
    const inputs = Array.from({ length: 101 }, (_, i) => ({ id: String(i + 1), properties: {} }));
    expect((await open.call('POST', `${OBJECTS}/contacts/batch/${work}`, { inputs })).status).toBe(400);
  }
});
