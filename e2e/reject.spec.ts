import { expect, test } from '@playwright/test';
import { findOpen, openCard } from './support/card.ts';
import { openCrm } from './support/crm.ts';
import { productAs } from './support/product.ts';

test('a rejection keeps its reason, writes nothing, and is remembered', async ({ page }) => {
  const product = productAs('manager');
  const id = await findOpen();
  const before = (await product.subject(id)).suggestion;
  const card = await openCard(page, id);

  await card.getByRole('button', { name: 'Reject' }).click();
  const form = card.getByRole('form', { name: 'Reject the suggestion' });
  await form.getByRole('radio', { name: 'Wrong time' }).check();
  await form.getByLabel('In your words').fill('they are at a fair until Friday');
  await form.getByRole('button', { name: 'Reject' }).click();

  const suggested = card.getByRole('region', { name: 'Suggested follow-up' });
  const reason = 'Wrong time: they are at a fair until Friday';
  await expect(suggested.getByText('Rejected', { exact: true }).first()).toBeVisible();
  await expect(suggested).toContainText(`Rejected by Demo manager`);
  await expect(suggested).toContainText(reason);
  expect(await openCrm().tasksOf(before?.decisionId ?? '')).toHaveLength(0);

  await suggested.getByRole('button', { name: 'Suggest again' }).click();
  await expect(suggested.getByText('Nothing suggested').first()).toBeVisible();
  await expect(suggested).toContainText(`was turned down`);
  await expect(suggested).toContainText(reason);
  await expect(card.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  expect((await product.subject(id)).suggestion).toMatchObject({ kind: 'abstain', changes: [] });
});
