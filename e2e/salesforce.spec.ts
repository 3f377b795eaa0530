import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { ports, productUrl, root } from './support/addresses.ts';
import { untilAlive } from './support/card.ts';
import { startOwnProduct, type OwnProduct } from './support/own-product.ts';
import { findOpenLead, leadPage, lookAtLead, openOrg } from './support/salesforce.ts';

const { app, sandbox } = ports.salesforce;
const dataDir = resolve(root, '.cache/e2e/salesforce');

let product: OwnProduct | undefined;

test.describe.configure({ timeout: 180_000 });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  rmSync(dataDir, { recursive: true, force: true });
  product = await startOwnProduct({
    PORT: app,
    SANDBOX_PORT: sandbox,
    DATA_DIR: dataDir,
    SANDBOX_CRM: 'salesforce',
  });
});
test.afterAll(() => product?.kill());

async function openLead(): Promise<string> {
  let found: string | null = null;
  await expect.poll(async () => (found = await findOpenLead()), { timeout: 60_000 }).not.toBeNull();
  return found ?? '';
}

test('a suggestion on a lead becomes one task in Salesforce, and an undo puts it into the recycle bin', async ({
  page,
}) => {
  const org = openOrg();
  const id = await openLead();
  const { suggestion } = await lookAtLead(id);
  const decisionId = suggestion?.decisionId ?? '';
  await page.goto(leadPage(id));
  const card = page.frameLocator('#sidecard');
  await expect(card.getByRole('article')).toBeVisible();
  await untilAlive(card);

  await expect(card.getByText('/100')).toBeVisible();
  await expect(card.getByText('What raised it')).toBeVisible();
  const evidence = card.getByRole('link').filter({ hasText: /^(?:E-mail|Lead)/ });
  await expect(evidence.first()).toHaveAttribute(
    'href',
    new RegExp(`^http://localhost:${sandbox}/lightning/r/\\w+/\\w{18}/view$`),
  );
  const suggested = card.getByRole('region', { name: 'Suggested follow-up' });
  await suggested.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(suggested.getByText('Written to the CRM')).toBeVisible();

  const tasks = async () =>
    (
      await org.query<{ Id: string; WhoId: string; IsDeleted: boolean }>(
        `SELECT Id, WhoId, IsDeleted FROM Task WHERE Sidecard_Decision_Id__c = '${decisionId}'`,
        { scanAll: true },
      )
    ).records.map(({ Id, WhoId, IsDeleted }) => ({ Id, WhoId, IsDeleted }));
  const [task] = await tasks();
  expect(await tasks()).toEqual([{ Id: task?.Id, WhoId: id, IsDeleted: false }]);
  const receipt = suggested.getByRole('link', { name: `Task ${task?.Id}` });
  await expect(receipt).toHaveAttribute(
    'href',
    `http://localhost:${sandbox}/lightning/r/Task/${task?.Id}/view`,
  );
  // The card has told the record page, which shows the task without being loaded again.
  const listed = page.locator('#timeline').locator(`[id="${task?.Id}"]`);
  await expect(listed).toBeVisible();

  await suggested.getByRole('button', { name: 'Undo' }).click();
  await expect(suggested.getByText('Taken back: the CRM is as it was before')).toBeVisible();
  await expect(listed).toHaveCount(0);
  expect(await tasks()).toEqual([{ Id: task?.Id, WhoId: id, IsDeleted: true }]);
});

test('a change in Salesforce reaches the card by itself', async ({ page }) => {
  const id = await openLead();
  await page.goto(leadPage(id));
  const card = page.frameLocator('#sidecard');
  await expect(card.getByRole('article')).toBeVisible();
  await openOrg().sobject('Lead').update({ Id: id, LastName: 'Heard-Of' });
  await expect(card.getByRole('heading', { level: 1 })).toContainText('Heard-Of', { timeout: 60_000 });
});

test('the pipeline page shows the org’s opportunities, and leads to them', async ({ page }) => {
  const org = openOrg();
  const { totalSize } = await org.query('SELECT Id FROM Opportunity WHERE IsClosed = false');
  await page.goto(`${productUrl(app)}/pipeline/deals`);
  await expect(page.getByText(`${totalSize} deals`).first()).toBeVisible();
  const record = page.getByRole('link', { name: 'record' }).first();
  await expect(record).toHaveAttribute('href', /\/lightning\/r\/Opportunity\/\w{18}\/view$/);
  const address = (await record.getAttribute('href')) ?? '';
  await page.goto(address);
  await expect(page.locator('#properties')).toContainText('Stage');
});
