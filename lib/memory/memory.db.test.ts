import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Memory } from '#lib/core/memory.ts';
import type { Subject } from '#lib/core/subject.ts';
import { newId } from '#lib/platform/ids.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { forget, recall, remember } from './memory.ts';

let test: Awaited<ReturnType<typeof openTestDb>>;
beforeAll(async () => {
  test = await openTestDb();
});
afterAll(() => test.close());

const subject: Subject = { crm: 'hubspot', object: 'contacts', id: '7' };
const taught = (text: string, at: string, expiresAt: string): Memory => ({
  id: newId('mem'),
  subject,
  kind: 'rejected-suggestion' as const,
  text,
  author: 'Ana',
  at,
  expiresAt,
});

it('recalls what was taught by then and had not expired, of this subject and tenant alone', async () => {
  const early = taught('Do not call', '2026-01-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z');
  const late = taught('Prefers mail', '2026-02-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z');
  await test.db.tenant('a', async tx => {
    await remember(tx, late);
    await remember(tx, early);
    await remember(tx, { ...early, id: newId('mem'), subject: { ...subject, id: '8' } });
  });
  const texts = (tenant: string, asOf: string) =>
    test.db.tenant(tenant, async tx => (await recall(tx, subject, asOf)).map(memory => memory.text));
  expect(await texts('a', '2025-12-31T23:59:59.999Z')).toEqual([]);
  expect(await texts('a', '2026-01-01T00:00:00.000Z')).toEqual(['Do not call']);
  expect(await texts('a', '2026-02-15T00:00:00.000Z')).toEqual(['Do not call', 'Prefers mail']);
  expect(await texts('a', '2026-03-01T00:00:00.000Z')).toEqual(['Prefers mail']);
  expect(await texts('b', '2026-02-15T00:00:00.000Z')).toEqual([]);
});

it('forgets for good, and says whether there was anything', async () => {
  const at = '2027-01-01T00:00:00.000Z';
  const memory = taught('x', at, '2028-01-01T00:00:00.000Z');
  await test.db.tenant('a', tx => remember(tx, memory));
  expect(await test.db.tenant('b', tx => forget(tx, memory.id))).toBe(false);
  expect(await test.db.tenant('a', tx => forget(tx, memory.id))).toBe(true);
  expect(await test.db.tenant('a', tx => recall(tx, subject, at))).toEqual([]);
});
