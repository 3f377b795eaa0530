import { expect, test, type Page } from '@playwright/test';
import { untilAlive } from './support/card.ts';
import { productAs } from './support/product.ts';

/** A rep's own record whose company has a map on which one of us knows somebody. */
async function findMapped(page: Page): Promise<{ card: string; account: string }> {
  const product = productAs('rep');
  for (const id of await product.open()) {
    const { account } = await product.subject(id);
    if (account === null) continue;
    const path = `/accounts/${account.subject.crm}/${account.subject.id}`;
    await page.goto(path);
    await untilAlive(page);
    if ((await page.getByRole('heading', { name: 'Who knows whom' }).count()) === 0) continue;
    await expect(page.locator('.react-flow__node').first()).toBeVisible();
    if ((await page.locator('.react-flow__edge[aria-label*=" knows "]').count()) > 0)
      return { card: `/card/hubspot/contacts/${id}`, account: account.name };
  }
  throw new Error('No record of the rep has a company at which anybody is known.');
}

test('a rep opens the map of an account from the card, sees who knows whom, and comes to the evidence by keyboard', async ({
  page,
}) => {
  await page.goto('/');
  await untilAlive(page);
  await page.getByLabel('Act as').selectOption('rep');
  await expect(page.getByRole('banner')).toContainText('(rep)');
  const { card, account } = await findMapped(page);

  await page.goto(card);
  const [map] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: /^Account map/ }).click(),
  ]);
  await expect(map.getByRole('heading', { level: 1, name: account })).toBeVisible();
  const drawing = map.getByRole('application', { name: `Map of ${account}` });
  const tie = drawing.locator('.react-flow__edge[aria-label*=" knows "]').first();
  const [, us = '', them = '', why = ''] =
    /^(.+) knows (.+), \w+: (.+)$/.exec((await tie.getAttribute('aria-label')) ?? '') ?? [];
  expect(why).not.toBe('');

  // What is drawn stands in the list too.
  const line = map.getByRole('region', { name: 'People' }).getByRole('listitem').filter({ hasText: them });
  await expect(line.filter({ hasText: us }).first()).toBeVisible();

  const skip = map.getByRole('link', { name: /^Skip the drawing/ });
  await skip.focus();
  const evidence = map.getByRole('region', { name: 'Evidence' });
  const heading = evidence.getByRole('heading', { level: 2 });
  await expect(async () => {
    await map.keyboard.press('Tab');
    await expect(heading).toHaveText(`${us} and ${them}`, { timeout: 200 });
  }).toPass();
  await expect(tie).toBeFocused();
  await expect(evidence).toContainText(why);
  await map.keyboard.press('Enter');
  await expect(heading).toBeFocused();

  // On to the words themselves, as they stand in the CRM.
  const show = evidence.getByRole('button', { name: /^Show the words of/ }).first();
  await expect(async () => {
    await map.keyboard.press('Tab');
    await expect(show).toBeFocused({ timeout: 200 });
  }).toPass();
  await map.keyboard.press('Enter');
  await expect(map.getByRole('dialog').locator('blockquote')).not.toBeEmpty();
  await map.keyboard.press('Escape');
  await expect(map.getByRole('dialog')).toHaveCount(0);
  await map.keyboard.press('Escape');
  await expect(tie).toBeFocused();
});
