import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { signedCall } from '#lib/edge/testing.ts';
import { ports, root } from './support/addresses.ts';
import { untilAlive } from './support/card.ts';
import { startConsentCrm, type ConsentCrm } from './support/consent-crm.ts';
import { startBetween, type CrmBetween } from './support/crm-between.ts';
import { openCrm } from './support/crm.ts';
import { startOwnProduct, type OwnProduct } from './support/own-product.ts';

/** Browsers keep our cookie on https and on localhost; the CRM, at 127.0.0.1, is another site. */
const origin = `http://localhost:${ports.connect.hubspot}`;

let crm: ConsentCrm;
let between: CrmBetween;
let product: OwnProduct;
/** The browser of the admin who installs; it stays signed in from test to test. */
let page: Page;
let openBrowser: Browser;

const dataDir = (name: string) => {
  const folder = resolve(root, `.cache/e2e/connect-${name}`);
  rmSync(folder, { recursive: true, force: true });
  return folder;
};

test.describe.configure({ mode: 'serial', timeout: 240_000 });

test.beforeAll(async ({ browser }) => {
  openBrowser = browser;
  crm = await startConsentCrm('hubspot', origin);
  between = await startBetween(crm.port);
  product = await startOwnProduct(
    {
      PORT: ports.connect.hubspot,
      PUBLIC_URL: origin,
      DATA_DIR: dataDir('hubspot'),
      HUBSPOT_CLIENT_ID: crm.clientId,
      HUBSPOT_CLIENT_SECRET: crm.clientSecret,
      HUBSPOT_BASE_URL: between.url,
      HUBSPOT_APP_URL: crm.url,
    },
    'open',
  );
  page = await (await browser.newContext({ baseURL: origin })).newPage();
});

test.afterAll(async () => {
  await product.kill();
  between.close();
  await crm.stop();
});

/** What HubSpot's `hubspot.fetch` sends for a user who looks at a record: signed, the user in the query. */
async function launchFor(user: { userId: number; email: string }, contactId: string): Promise<string> {
  const { portalId } = (await (await fetch(`${crm.url}/sandbox/stats`)).json()) as { portalId: number };
  const query = new URLSearchParams({
    userId: String(user.userId),
    portalId: String(portalId),
    userEmail: user.email,
    appId: '1',
  });
  const call = { origin, path: '/api/hubspot/card/launch', query: query.toString() };
  const body = { object: 'contacts', id: contactId };
  const answer = await fetch(signedCall({ ...call, body }, crm.clientSecret, new Date()));
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { url: string }).url;
}

/** The CRM's page of a record with `url` in its frame, as HubSpot's modal shows it, in a browser of its own. */
async function openInFrame(contactId: string, url: string) {
  const theirs = await (await openBrowser.newContext()).newPage();
  await theirs.goto(`${crm.url}/contacts/${contactId}`);
  await theirs.locator('#sidecard').evaluate((frame, src) => frame.setAttribute('src', src), url);
  return { page: theirs, card: theirs.frameLocator('#sidecard') };
}

/** While an account is read the process is busy: a connection that it lets go is no answer, and not the end. */
const untilSetUp = (of: string) =>
  expect
    .poll(
      () =>
        fetch(`${of}/api/ready`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 180_000 },
    )
    .toBe(200);

const banner = () => page.getByRole('banner');

test('before a CRM is connected every page says how, and consent makes its giver the admin', async () => {
  await page.goto('/pipeline');
  await expect(page.getByRole('heading', { name: 'Connect your CRM' })).toBeVisible();
  await page.getByRole('link', { name: 'Connect HubSpot' }).click();
  await expect(page.getByRole('heading', { name: 'Connect Sidecard' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The consent was not given, so nothing was connected.')).toBeVisible();

  await page.goto('/');
  await page.getByRole('link', { name: 'Connect HubSpot' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page).toHaveURL(`${origin}/settings`);
  await expect(banner()).toContainText('(admin)');
  const connection = page.getByRole('region', { name: 'Connection to the CRM' });
  await expect(connection).toContainText('HubSpot');
});

test('the account is read, and the pages show it', async () => {
  await untilSetUp(origin);
  await page.goto('/pipeline');
  await expect(page.getByRole('region', { name: 'Stages' }).getByRole('row').nth(1)).toBeVisible();
  await page.goto('/settings');
  const people = page.getByRole('region', { name: 'People and roles' });
  await expect(people.getByRole('row', { name: /\(you\)/ }).getByRole('combobox')).toHaveValue('admin');
});

test('the card opens in a frame for the person whom HubSpot vouches for, once', async () => {
  const theCrm = openCrm(crm.port);
  const [, owner, other] = await theCrm.owners();
  if (!owner || !other) throw new Error('The CRM has too few people.');
  const [contact] = await theCrm.contactsOf(owner.id);
  const id = contact?.id ?? '';
  const url = await launchFor(owner, id);
  const { page: theirs, card } = await openInFrame(id, url);
  await expect(card.getByRole('article')).toBeVisible();
  await expect(card.getByRole('region', { name: 'Score' })).toBeVisible();
  await theirs.context().close();

  const again = await openInFrame(id, url);
  await expect(again.card.getByText('This link has been used already')).toBeVisible();
  await again.page.context().close();

  const stranger = await openInFrame(id, await launchFor(other, id));
  await expect(stranger.card.getByText('This record belongs to another rep.')).toBeVisible();
  await stranger.page.context().close();
});

test('who signs out is out, and HubSpot vouches for them again', async () => {
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  await page.goto('/settings');
  await expect(page.getByRole('region', { name: 'Connection to the CRM' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Sign in with HubSpot' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page).toHaveURL(`${origin}/`);
  await expect(banner()).toContainText('(admin)');
});

test('disconnected, it has no access left, says so, and still shows what was decided', async () => {
  const theCrm = openCrm(crm.port);
  const [, owner] = await theCrm.owners();
  const [contact] = await theCrm.contactsOf(owner?.id ?? '');
  if (!owner || !contact) throw new Error('The CRM has too few people.');
  const { id } = contact;
  const rep = await openInFrame(id, await launchFor(owner, id));
  await expect(rep.card.getByRole('article')).toBeVisible();

  await page.goto(`/card/hubspot/contacts/${id}`);
  await untilAlive(page);
  await page.getByRole('button', { name: /^Suggest/ }).click();
  const decision = await page.getByRole('link', { name: /How this was decided/ }).getAttribute('href');

  const read = () =>
    fetch(`${crm.url}/crm/owners/2026-09`, { headers: { authorization: `Bearer ${between.shownToken()}` } });
  expect((await read()).status).toBe(200);
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Disconnect HubSpot …' }).click();
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(page.getByText('The access was revoked.')).toBeVisible();
  await expect(page.getByText(/^Disconnected by /)).toBeVisible();
  expect((await read()).status).toBe(401);

  // The admin who did it reads on; the rep, for whom nobody vouches now, is out.
  await page.goto(decision ?? '');
  await expect(page.getByText(/^Disconnected by /)).toBeVisible();
  await expect(page.locator('#ledger tbody tr').first()).toBeVisible();
  await rep.page.reload();
  await expect(rep.card.getByRole('article')).toHaveCount(0);
  const visitor = await (await openBrowser.newContext({ baseURL: origin })).newPage();
  await visitor.goto('/');
  await expect(visitor.getByRole('heading', { name: 'Connect HubSpot again' })).toBeVisible();

  await page.goto('/settings');
  await page.getByRole('link', { name: 'Reconnect HubSpot' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByRole('button', { name: 'Disconnect HubSpot …' })).toBeVisible();
});

test('Salesforce is connected by consent as well, and its first records are read', async ({ browser }) => {
  const own = `http://localhost:${ports.connect.salesforce}`;
  const org = await startConsentCrm('salesforce', own);
  const forSalesforce = await startOwnProduct(
    {
      PORT: ports.connect.salesforce,
      PUBLIC_URL: own,
      DATA_DIR: dataDir('salesforce'),
      SALESFORCE_LOGIN_URL: org.url,
      SALESFORCE_CLIENT_ID: org.clientId,
      SALESFORCE_CLIENT_SECRET: org.clientSecret,
    },
    'open',
  );
  try {
    const installer = await (await browser.newContext({ baseURL: own })).newPage();
    await installer.goto('/');
    await installer.getByRole('link', { name: 'Connect Salesforce' }).click();
    await installer.getByRole('button', { name: 'Allow' }).click();
    await expect(installer).toHaveURL(`${own}/settings`);
    await expect(installer.getByRole('banner')).toContainText('(admin)');
    await untilSetUp(own);
    await installer.goto('/pipeline');
    await expect(installer.getByRole('region', { name: 'Stages' }).getByRole('row').nth(1)).toBeVisible();
  } finally {
    await forSalesforce.kill();
    await org.stop();
  }
});
