import { expect, test } from '@playwright/test';
import { findOpen, openCard, untilAlive } from './support/card.ts';
import { productAs } from './support/product.ts';

test('a rejection teaches once it is confirmed, and what is forgotten shapes no later suggestion', async ({
  page,
}) => {
  test.slow();
  const product = productAs('manager');
  const id = await findOpen();
  const card = await openCard(page, id);
  const taught = async () => {
    const decisionId = (await product.subject(id)).suggestion?.decisionId ?? '';
    return (await product.decision(decisionId)).lineage.memories.map(memory => memory.text);
  };

  await card.getByRole('button', { name: 'Reject' }).click();
  const form = card.getByRole('form', { name: 'Reject the suggestion' });
  await form.getByRole('radio', { name: 'Wrong content' }).check();
  await form.getByLabel('In your words').fill('do not contact them');
  await form.getByRole('button', { name: 'Reject' }).click();

  const suggested = card.getByRole('region', { name: 'Remember for next time' });
  await expect(suggested.getByRole('textbox')).toHaveValue('Do not contact them');
  await card.getByRole('button', { name: 'Suggest again' }).click();
  await expect(card.getByText('Nothing suggested').first()).toBeVisible();
  expect(await taught()).not.toContain('Do not contact them');

  const words = `Do not contact them (${id})`;
  await suggested.getByRole('textbox').fill(words);
  await suggested.getByRole('button', { name: 'For everybody' }).click();
  await expect(suggested).toHaveCount(0);
  await card.getByText(/^What I know/).click();
  await expect(card.getByRole('region', { name: 'What I know' })).toContainText(words);

  await card.getByRole('button', { name: 'Suggest again' }).click();
  await expect(card.getByText(`Because you taught: “${words}”`)).toBeVisible();
  expect(await taught()).toContain(words);

  await page.goto(`/memory?words=${encodeURIComponent(words)}`);
  await untilAlive(page);
  const inForce = page.getByRole('region', { name: 'In force' });
  const line = inForce.getByRole('listitem').filter({ hasText: words });
  await expect(line).toHaveCount(1);
  await expect(line).toContainText('you, by an answer');
  await line.getByRole('button', { name: /^Forget/ }).click();
  await line.getByRole('button', { name: 'Forget it' }).click();
  await expect(inForce).toContainText('Nothing that was taught fits this search.');

  const again = await openCard(page, id);
  await again.getByRole('button', { name: 'Suggest again' }).click();
  await expect(again.getByText('Because you taught')).toHaveCount(0);
  await expect.poll(taught).not.toContain(words);
  expect((await product.verify()).ok).toBe(true);
});

test('what is private to one person is not shown to another', async ({ page }) => {
  const words = 'Cheers from the fjord';
  await page.goto('/memory');
  await untilAlive(page).catch(() => undefined);
  const form = page.getByRole('form', { name: 'Teach something' });
  await form.getByRole('radio', { name: 'Only me' }).check();
  await form.getByLabel('Kind').selectOption('signature');
  await form.getByLabel('What to remember').fill(words);
  await form.getByRole('button', { name: 'Remember' }).click();
  await expect(page.getByRole('region', { name: 'In force' })).toContainText(words);

  await page.getByLabel('Act as').selectOption('admin');
  await expect(page.getByRole('banner')).toContainText('(admin)');
  await expect(page.getByRole('region', { name: 'In force' })).not.toContainText(words);
});
