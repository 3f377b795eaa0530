import { expect, test } from '@playwright/test';
import { findOpen, openCard } from './support/card.ts';
import { openCrm } from './support/crm.ts';
import { productAs } from './support/product.ts';

const changes = ['settle', 'decide'];

test('a reply logged in the CRM gives the card a new suggestion that stands on it', async ({ page }) => {
  const id = await findOpen();
  const before = await productAs('manager').subject(id);
  await openCard(page, id);
  await page.getByText(/^Log a reply from/).click();
  await page.getByLabel('Subject').fill('What would it cost?');
  await page.getByLabel('Text').fill('Could you send me a price for 60 vans before Friday?');
  await page.getByRole('button', { name: 'Add to the record' }).click();
  await expect(page).toHaveURL(/#emails-\d+$/);
  const reply = new URL(page.url()).hash;

  const card = page.frameLocator('#sidecard');
  const suggested = card.getByRole('region', { name: 'Suggested follow-up' });
  await expect(suggested.locator(`a[href$="${reply}"]`).first()).toBeVisible({ timeout: 30_000 });
  const after = await productAs('manager').subject(id);
  expect(after.suggestion?.decisionId).not.toBe(before.suggestion?.decisionId);
  expect(after.score?.scoredAt).not.toBe(before.score?.scoredAt);
  const old = await productAs('manager').decision(before.suggestion?.decisionId ?? '');
  expect(old.suggestion.status).toBe('superseded');
});

test('ten quick edits of a record make one decision', async () => {
  const product = productAs('manager');
  const crm = openCrm();
  const id = await findOpen();
  await expect.poll(() => product.jobs(...changes), { timeout: 30_000 }).toBe(0);
  const before = await product.subject(id);
  for (let i = 1; i <= 10; i++) await crm.changeContact(id, { jobtitle: `Fleet manager ${i}` });

  const decided = async () => (await product.subject(id)).suggestion?.decisionId;
  await expect.poll(decided, { timeout: 30_000 }).not.toBe(before.suggestion?.decisionId);
  await expect.poll(() => product.jobs(...changes), { timeout: 30_000 }).toBe(0);
  const after = await product.subject(id);
  expect(after.history).toHaveLength(before.history.length + 1);
  const { lineage } = await product.decision(after.suggestion?.decisionId ?? '');
  expect(lineage.trigger).toMatchObject({ kind: 'record-changed' });
  expect(lineage.trigger.events).toHaveLength(10);
});
