import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDemo, scopeOf, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { openReader, pull } from '#lib/ingest/ingest.ts';
import { sessionTo } from '#lib/crm/testing/test-crm.ts';
import { automationsView } from './automations.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await openDemo({ people: 1, readIt: false });
});
afterAll(() => demo.close());

const at = '2026-01-01T00:00:00.000Z';
const automation = (id: string, fields: Record<string, string>, archived = false) => ({
  raw: {},
  record: {
    ref: { crm: 'hubspot', object: 'automations', id } as const,
    version: 'v',
    createdAt: at,
    updatedAt: at,
    archived,
    fields: { kind: 'workflow', active: 'true', ...fields },
    history: [],
    links: [],
  },
});

it('what the CRM does by itself is shown by what it concerns, running ones first', async () => {
  const records = [
    automation('1', { name: 'Old rotation', concerns: 'routing', active: 'false' }),
    automation('2', { name: 'Rotation', concerns: 'routing outreach' }),
    automation('3', { name: 'Tidy', concerns: '' }),
    automation('4', { name: 'Gone', concerns: 'routing' }, true),
  ];
  const reader = {
    ...openReader(sessionTo('http://127.0.0.1:1')),
    read: () => Promise.resolve({ records, missing: [], merged: [] }),
  };
  await pull(demo.flow.db, reader, {
    tenantId: 'demo',
    clock: demo.flow.now,
    sealingKey: demo.flow.sealingKey,
    keep: () => Promise.resolve(),
    subjects: records.map(({ record }) => record.ref),
  });
  const view = await demo.tenant(tx => automationsView(tx, scopeOf('admin'), demo.flow.sealingKey));
  expect(view).toMatchObject({
    routingOwner: 'crm',
    outreachOwner: 'crm',
    others: 1,
    enrolled: 0,
    problems: [],
  });
  expect(view.routing.map(({ name, active }) => [name, active])).toEqual([
    ['Rotation', true],
    ['Old rotation', false],
  ]);
  expect(view.outreach.map(({ name }) => name)).toEqual(['Rotation']);
  await expect(
    demo.tenant(tx => automationsView(tx, scopeOf('rep'), demo.flow.sealingKey)),
  ).rejects.toMatchObject({
    code: 'forbidden',
  });
});
