import { expect, test } from 'vitest';
import { openSandbox } from '#lib/crm/sandbox/testing.ts';

const EVIL = '<img src=x onerror=alert(1)>';

type Open = Awaited<ReturnType<typeof openSandbox>>;

async function make(open: Open, type: string, properties: object, contact?: string): Promise<string> {
  const types = { emails: 198, notes: 202, tasks: 204, deals: 3, companies: 280 } as const;
  const associationTypeId = types[type as keyof typeof types];
  const associations = contact
    ? [{ to: { id: contact }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }] }]
    : [];
  const { body, status } = await open.call('POST', `/crm/objects/2026-09/${type}`, {
    properties,
    associations,
  });
  expect(status).toBe(201);
  return body.id;
}

const show = async (open: Open, path: string) => (await fetch(`${open.sandbox.url}${path}`)).text();

function post(open: Open, path: string, form: Record<string, string>, headers: Record<string, string>) {
  const body = new URLSearchParams(form);
  return fetch(`${open.sandbox.url}${path}`, { method: 'POST', body, headers, redirect: 'manual' });
}

test('untrusted text is escaped wherever it is shown', async () => {
  await using open = await openSandbox();
  const contact = await make(open, 'contacts', { firstname: EVIL, company: EVIL, jobtitle: EVIL });
  const at = { hs_timestamp: '2026-11-01T10:00:00Z' };
  await make(open, 'emails', { ...at, hs_email_subject: EVIL, hs_email_text: EVIL }, contact);
  await make(
    open,
    'notes',
    { ...at, hs_note_body: `&lt;img src=x onerror=alert(1)&gt;<b>bold</b>` },
    contact,
  );
  await make(open, 'tasks', { ...at, hs_task_subject: EVIL }, contact);
  await make(open, 'companies', { name: EVIL }, contact);
  await make(open, 'deals', { dealname: EVIL }, contact);
  for (const path of [
    `/contacts/${contact}`,
    '/contacts',
    '/companies',
    '/deals',
    '/tasks',
    `/contacts?q=${encodeURIComponent(EVIL)}`,
  ]) {
    const page = await show(open, path);
    expect(page).toContain('&lt;img');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('<b>bold');
  }
});

test('a record page links each entry, frames the card and allows no other frame', async () => {
  await using open = await openSandbox({ cardUrl: 'http://localhost:4999' });
  const contact = await make(open, 'contacts', { firstname: 'Ann' });
  const email = await make(open, 'emails', { hs_timestamp: '2026-11-01', hs_email_text: 'Hello' }, contact);
  const answer = await fetch(`${open.sandbox.url}/contacts/${contact}`);
  const page = await answer.text();
  expect(page).toContain(`id="emails-${email}"`);
  expect(page).toContain(`src="http://localhost:4999/card/hubspot/contacts/${contact}"`);
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain('frame-src http://localhost:4999;');
  expect(policy).toContain("default-src 'none'");
});

test('a person changes a property: history and source say so', async () => {
  await using open = await openSandbox();
  const contact = await make(open, 'contacts', { firstname: 'Ann' });
  const form = { name: 'lifecyclestage', value: 'customer' };
  const own = { Origin: open.sandbox.url };
  const saved = await post(open, `/contacts/${contact}/properties`, form, own);
  expect([saved.status, saved.headers.get('location')]).toEqual([303, `/contacts/${contact}#properties`]);
  const { body } = await open.call(
    'GET',
    `/crm/objects/2026-09/contacts/${contact}?propertiesWithHistory=lifecyclestage`,
  );
  expect(body['propertiesWithHistory']).toMatchObject({
    lifecyclestage: [{ value: 'customer', sourceType: 'CRM_UI' }],
  });
  const refused = await post(open, `/contacts/${contact}/properties`, { name: 'email', value: 'nope' }, own);
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain('nope is invalid');
});

test('forms from elsewhere are refused', async () => {
  await using open = await openSandbox();
  const contact = await make(open, 'contacts', { firstname: 'Ann' });
  const form = { name: 'firstname', value: 'Eve' };
  for (const headers of [{}, { Origin: 'https://evil.example' }, { Origin: 'null' }]) {
    expect((await post(open, `/contacts/${contact}/properties`, form, headers)).status).toBe(403);
  }
  const { body } = await open.call('GET', `/crm/objects/2026-09/contacts/${contact}`);
  expect(body.properties['firstname']).toBe('Ann');
});

test('a task is ticked, and the page it returns to is one of ours', async () => {
  await using open = await openSandbox();
  const task = await make(open, 'tasks', { hs_timestamp: '2026-11-01', hs_task_subject: 'Call' });
  const own = { Origin: open.sandbox.url };
  const done = await post(
    open,
    `/tasks/${task}/status`,
    { status: 'COMPLETED', back: '//evil.example' },
    own,
  );
  expect([done.status, done.headers.get('location')]).toEqual([303, '/tasks']);
  expect(await show(open, '/tasks')).toContain('There are no open tasks here yet.');
  expect(await show(open, '/tasks?show=done')).toContain('Call');
});

test('a logged reply is an incoming e-mail of the contact and its deals', async () => {
  await using open = await openSandbox();
  const contact = await make(open, 'contacts', { firstname: 'Ann', email: 'ann@example.com' });
  const deal = await make(open, 'deals', { dealname: 'Rollout' }, contact);
  const form = { subject: 'Re: offer', text: 'Yes please' };
  const answer = await post(open, `/contacts/${contact}/reply`, form, { Origin: open.sandbox.url });
  const email = /#emails-(\d+)$/.exec(answer.headers.get('location') ?? '')?.[1];
  const { body } = await open.call(
    'GET',
    `/crm/objects/2026-09/emails/${email}?properties=hs_email_direction&associations=deals`,
  );
  expect(body).toMatchObject({
    properties: { hs_email_direction: 'INCOMING_EMAIL' },
    associations: { deals: { results: [{ id: deal }] } },
  });
});

test('lists search, filter by stage and page', async () => {
  await using open = await openSandbox();
  const inputs = Array.from({ length: 30 }, (_, i) => ({
    properties: { dealname: `Deal ${i}`, dealstage: i % 2 ? 'contractsent' : 'closedwon' },
  }));
  await open.call('POST', '/crm/objects/2026-09/deals/batch/create', { inputs });
  expect(await show(open, '/deals')).toContain('1–25 of 30');
  expect(await show(open, '/deals?page=2')).toContain('26–30 of 30');
  expect(await show(open, '/deals?stage=contractsent')).toContain('1–15 of 15');
  expect(await show(open, '/deals?q=deal+29')).toContain('1–1 of 1');
  expect((await fetch(`${open.sandbox.url}/deals/5`)).status).toBe(404);
});
