import { expect, test, type Page } from '@playwright/test';
import { productUrl, recordUrl } from './support/addresses.ts';
import { findOpen, openCard, untilAlive } from './support/card.ts';
import { productAs } from './support/product.ts';

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test.describe('on a screen 320 pixels wide', () => {
  test.use({ viewport: { width: 320, height: 700 } });

  test('no page has to be scrolled sideways', async ({ page }) => {
    const id = await findOpen();
    const { suggestion } = await productAs('manager').subject(id);
    const pages = [
      '/',
      '/pipeline',
      '/pipeline/deals',
      `/card/hubspot/contacts/${id}`,
      `/decisions/${suggestion?.decisionId}`,
    ];
    for (const address of [...pages.map(path => `${productUrl()}${path}`), recordUrl(id)]) {
      await page.goto(address);
      await expect(page.getByRole('heading').first()).toBeVisible();
      await expect.poll(() => overflow(page), address).toBeLessThanOrEqual(0);
    }
  });
});

test('the card’s frame is as tall as the card, so that only the record page scrolls', async ({ page }) => {
  const card = await openCard(page, await findOpen());
  const rest = async () => {
    const [frame, article] = [
      await page.locator('#sidecard').boundingBox(),
      await card.getByRole('article').boundingBox(),
    ];
    return Math.abs((frame?.height ?? 0) - (article?.height ?? 0));
  };
  await expect.poll(rest).toBeLessThan(2);
  // It shrinks again, too.
  await card.getByRole('button', { name: 'Edit' }).click();
  await card.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(rest).toBeLessThan(2);
});

test('the card follows the dark mode of the page around it', async ({ page }) => {
  const id = await findOpen();
  const lightness = async () => {
    const card = await openCard(page, id);
    const colour = await card.getByRole('article').evaluate(node => getComputedStyle(node).backgroundColor);
    const canvas = await page.evaluate(of => {
      const context = document.createElement('canvas').getContext('2d');
      if (!context) throw new Error('no canvas');
      context.fillStyle = of;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data];
    }, colour);
    return (canvas[0] ?? 0) + (canvas[1] ?? 0) + (canvas[2] ?? 0);
  };
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await lightness()).toBeGreaterThan(600);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await lightness()).toBeLessThan(200);
});

test('the inbox is walked and a suggestion approved by keyboard alone', async ({ page }) => {
  await page.goto('/');
  await untilAlive(page);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('href'));
  const rows = await page
    .locator('[data-row]')
    .evaluateAll(links => links.map(link => link.getAttribute('href')));
  await page.keyboard.press('j');
  expect(await focused()).toBe(rows[0]);
  await page.keyboard.press('j');
  expect(await focused()).toBe(rows[1]);
  await page.keyboard.press('k');
  expect(await focused()).toBe(rows[0]);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`${rows[0]}$`));
  await untilAlive(page);

  const approve = page.getByRole('button', { name: 'Approve' });
  await expect(approve).toBeVisible();
  for (
    let steps = 0;
    steps < 200 && !(await approve.evaluate(node => node === document.activeElement));
    steps++
  )
    await page.keyboard.press('Tab');
  await expect(approve).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Written to the CRM', { exact: true })).toBeVisible();
});
