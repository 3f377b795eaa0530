import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from './sandbox.ts';
import { openSandbox } from './testing.ts';

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'deep', 'crm.sqlite');
}

test('records, definitions, tokens and undelivered webhooks outlive a restart; a seed is planted once', async () => {
  const file = temporaryFile();
  const empty = { owners: [], pipelines: [], properties: [] };
  const record = { type: 'contacts', properties: {}, createdAt: '2026-01-01', updatedAt: '2026-01-01' };
  let id = '';
  {
    const webhook = { url: 'http://127.0.0.1:9/', secret: 's', retryBaseMs: 600_000 };
    await using open = await openSandbox({
      file,
      webhook,
      seedIfEmpty: () => ({ ...empty, records: [{ ...record, id: '1' }] }),
    });
    const made = await open.call('POST', '/crm/objects/2026-09/contacts', {
      properties: { email: 'ann@example.com' },
    });
    id = made.body.id;
    await open.call('POST', '/crm/properties/2026-09/contacts', {
      name: 'plan',
      label: 'Plan',
      groupName: 'contactinformation',
      type: 'string',
      fieldType: 'text',
    });
    await open.call('POST', '/sandbox/tokens', { token: 'second' });
  }
  await using open = await openSandbox({
    file,
    seedIfEmpty: () => ({ ...empty, records: [{ ...record, id: '2' }] }),
  });
  const read = await open.call(
    'GET',
    `/crm/objects/2026-09/contacts/ann@example.com?idProperty=email&properties=plan`,
  );
  expect(read.body).toMatchObject({ id, properties: { plan: null } });
  expect((await open.call('GET', '/crm/objects/2026-09/contacts/2')).status).toBe(404);
  const { body } = await open.call('GET', '/sandbox/stats');
  expect(body['webhooks']).toMatchObject({ waiting: 1 });
  const answer = await fetch(`${open.sandbox.url}/crm/v3/owners`, {
    headers: { Authorization: 'Bearer second' },
  });
  expect(answer.status).toBe(200);
});

test('a port that is taken is said plainly', async () => {
  await using open = await openSandbox();
  const { port } = open.sandbox;
  await expect(startSandbox({ port, file: ':memory:' })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken`,
  );
});

test('a name that merely resolves to this machine is refused', async () => {
  await using open = await openSandbox();
  const status = await new Promise(resolve => {
    const call = request(`${open.sandbox.url}/contacts`, { headers: { Host: 'evil.example' } }, answer => {
      answer.resume();
      resolve(answer.statusCode);
    });
    call.end();
  });
  expect(status).toBe(403);
});
