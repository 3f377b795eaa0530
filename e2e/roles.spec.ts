import { request as httpRequest } from 'node:http';
import { expect, test, type Page } from '@playwright/test';
import { crmUrl, ports, productUrl } from './support/addresses.ts';
import { findOpen, untilAlive } from './support/card.ts';
import { openCrm } from './support/crm.ts';
import { productAs } from './support/product.ts';

async function actAs(page: Page, role: 'rep' | 'auditor'): Promise<void> {
  await page.goto('/');
  await untilAlive(page);
  await page.getByLabel('Act as').selectOption(role);
  await expect(page.getByRole('banner')).toContainText(`(${role})`);
}

test('a rep sees the cards of own records, and of no other rep’s', async ({ page }) => {
  await actAs(page, 'rep');
  const crm = openCrm();
  const owners = await crm.owners();
  const name = (await page.getByRole('banner').innerText())
    .split(/\s*\(rep\)/)[0]
    ?.split('\n')
    .at(-1)
    ?.trim();
  const own = owners.find(owner => `${owner.firstName} ${owner.lastName}` === name);
  const other = owners.find(owner => owner.id !== own?.id);
  const [mine] = await crm.contactsOf(own?.id ?? '');
  const [theirs] = await crm.contactsOf(other?.id ?? '');

  await page.goto(`/card/hubspot/contacts/${mine?.id}`);
  await expect(page.getByRole('region', { name: 'Score' })).toBeVisible();
  await page.goto(`/card/hubspot/contacts/${theirs?.id}`);
  await expect(page.getByText('This record belongs to another rep.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Score' })).toHaveCount(0);

  await expect(productAs('rep').subject(mine?.id ?? '')).resolves.toHaveProperty('score');
  await expect(productAs('rep').subject(theirs?.id ?? '')).rejects.toThrow(/answered 403/);
  const { suggestion } = await productAs('manager').subject(theirs?.id ?? '');
  if (suggestion) await expect(productAs('rep').decision(suggestion.decisionId)).rejects.toThrow(/403/);
});

test('an auditor reads everything and answers nothing', async ({ page }) => {
  const id = await findOpen();
  const auditor = productAs('auditor');
  const { suggestion } = await auditor.subject(id);
  await actAs(page, 'auditor');
  await page.goto(`/card/hubspot/contacts/${id}`);
  const suggested = page.getByRole('region', { name: 'Suggested follow-up' });
  await expect(suggested.getByText('An auditor reads everything and changes nothing.')).toBeVisible();
  await expect(page.getByRole('button', { name: /Approve|Edit|Reject|Snooze/ })).toHaveCount(0);

  const decisionId = suggestion?.decisionId ?? '';
  await page.goto(`/decisions/${decisionId}`);
  await expect(page.locator('#ledger tbody tr').first()).toBeVisible();
  const answer = auditor.answer(decisionId, { kind: 'approve', changesHash: suggestion?.changesHash ?? '' });
  await expect(answer).rejects.toThrow(/answered 403/);
  expect((await auditor.decision(decisionId)).suggestion.status).toBe('open');
});

test('who does not say who asks is refused', async ({ request }) => {
  const path = `/api/v1/pipeline`;
  for (const headers of [{ authorization: 'Bearer demo-nobody' }, { authorization: 'Bearer manager' }, {}]) {
    const response = await request.get(path, { headers });
    expect(response.status()).toBe(401);
    expect(response.headers()['content-type']).toContain('application/problem+json');
  }
  // A page of somebody else can make a browser send a cookie, and no bearer token.
  const forged = await request.post('/api/v1/decisions/dec_1/answer', {
    headers: { cookie: 'sidecard_demo_role=admin', 'sec-fetch-site': 'cross-site' },
    data: { kind: 'approve', changesHash: 'x' },
  });
  expect(forged.status()).toBe(401);
});

test('a webhook that the CRM did not sign is refused', async ({ request }) => {
  const stats = (await (await request.get(`${crmUrl}/sandbox/stats`)).json()) as { portalId: number };
  const { portalId } = stats;
  const event = { eventId: 1, portalId, objectId: 1, subscriptionType: 'contact.creation', occurredAt: 1 };
  for (const headers of [
    {},
    { 'x-hubspot-signature-v3': 'bm8=', 'x-hubspot-request-timestamp': String(Date.now()) },
    { 'x-hubspot-signature-v3': 'bm8=', 'x-hubspot-request-timestamp': String(Date.now() - 600_000) },
  ]) {
    const response = await request.post('/api/webhooks/hubspot', { headers, data: [event] });
    expect(response.status()).toBe(401);
    expect(await response.text()).toContain('nothing of it was taken');
  }
});

test('a foreign Host is refused, and every page carries its security headers', async ({ request }) => {
  const statusFor = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      httpRequest({ host: '127.0.0.1', port: ports.app, path: '/', headers: { host } }, response => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  for (const host of ['sidecard.evil.test', `evil.test:${ports.app}`, '127.0.0.1'])
    expect(await statusFor(host)).toBe(421);

  for (const path of ['/', '/card/hubspot/contacts/1', '/api/health']) {
    const headers = (await request.get(`${productUrl()}${path}`)).headers();
    expect(headers['content-security-policy']).toContain(
      path.startsWith('/card/')
        ? `frame-ancestors 'self' http://localhost:${ports.sandbox}`
        : "frame-ancestors 'none'",
    );
    expect(headers['content-security-policy']).toMatch(
      /script-src 'self' 'nonce-[^']+' 'strict-dynamic'(;|$)/,
    );
    expect(headers['content-security-policy']).toContain("base-uri 'self'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
    expect(headers['x-powered-by']).toBeUndefined();
  }
});
