import { expect, type FrameLocator, type Page } from '@playwright/test';
import { recordUrl } from './addresses.ts';
import { productAs, type Product } from './product.ts';

/** A contact whose suggestion, with a draft, waits for an answer; waits until there is one. */
export async function findOpen(
  product: Product = productAs('manager'),
  has: (view: Awaited<ReturnType<Product['subject']>>) => boolean = () => true,
): Promise<string> {
  let found = '';
  await expect(async () => {
    for (const id of await product.open()) {
      const view = await product.subject(id);
      if (!view.suggestion?.draft || !has(view)) continue;
      found = id;
      return;
    }
    throw new Error('No suggestion waits for an answer.');
  }).toPass({ timeout: 30_000 });
  return found;
}

/** Waits until the browser has taken a page over from the server, which writes times in UTC: before that, clicks are lost. */
export async function untilAlive(page: Page | FrameLocator): Promise<void> {
  await expect(page.locator('time').first()).toBeVisible();
  await expect(page.locator('time').filter({ hasText: 'UTC' })).toHaveCount(0);
}

/** Opens a contact's page in the CRM and waits for the card in its frame. */
export async function openCard(page: Page, contactId: string): Promise<FrameLocator> {
  await page.goto(recordUrl(contactId));
  const card = page.frameLocator('#sidecard');
  await expect(card.getByRole('article')).toBeVisible();
  await untilAlive(card);
  return card;
}
