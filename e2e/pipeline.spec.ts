import { expect, test, type Locator, type Page } from '@playwright/test';
import { productUrl } from './support/addresses.ts';
import { untilAlive } from './support/card.ts';
import { productAs } from './support/product.ts';

const euros = (text: string): number => Number(text.replaceAll(/[^\d.]/g, ''));
const cells = (row: Locator) => row.getByRole('cell').allInnerTexts();

/** What the list of deals adds up to, as a person reads it there. */
async function sumUp(page: Page): Promise<{ count: number; amount: number; weighted: number }> {
  const rows = page.getByRole('table').locator('tbody tr');
  await expect(rows.first()).toBeVisible();
  const lines = await Promise.all((await rows.all()).map(cells));
  const sum = (column: number) => lines.reduce((total, line) => total + euros(line[column] ?? ''), 0);
  return { count: lines.length, amount: sum(1), weighted: sum(2) };
}

test('each number of a stage leads to deals that add up to it', async ({ page }) => {
  const { stages } = await productAs('manager').pipeline();
  expect(stages.length).toBeGreaterThan(3);
  await page.goto('/pipeline');
  const table = page.getByRole('table', { name: /Stages of/ });
  for (const stage of stages.slice(0, 3)) {
    const row = table.getByRole('row').filter({ hasText: stage.name });
    await expect(row).toBeVisible();
    const [, count = '', amount = '', weighted = ''] = await cells(row);
    expect([Number(count), euros(amount)]).toEqual([stage.count, stage.amount]);
    await row.getByRole('link', { name: `${stage.name}: ${stage.count} deals` }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Deals' })).toBeVisible();
    expect((await sumUp(page)).count).toBe(stage.count);
    await page.getByRole('link', { name: 'back to the pipeline' }).click();
    // Amounts are in one currency; deals in others are counted, and not converted.
    for (const shown of [amount, weighted]) {
      await row.getByRole('link', { name: shown, exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Deals' })).toBeVisible();
      const listed = await sumUp(page);
      expect(listed.amount).toBe(stage.amount);
      // Each line is rounded to whole euros.
      expect(Math.abs(listed.weighted - stage.weighted)).toBeLessThanOrEqual(stage.count);
      await page.getByRole('link', { name: 'back to the pipeline' }).click();
    }
  }
});

test('deals at risk say why, and reps lead to their deals', async ({ page }) => {
  const { atRisk, reps } = await productAs('manager').pipeline();
  await page.goto('/pipeline');
  const risks = page.locator('#at-risk > * > ul > li, #at-risk ul').first();
  await expect(risks).toBeVisible();
  const [first] = atRisk;
  const risk = page
    .locator('#at-risk li')
    .filter({ hasText: first?.deal.name ?? '' })
    .first();
  for (const why of first?.why ?? ['a reason']) await expect(risk).toContainText(why);
  await expect(risk.getByRole('link', { name: 'record' })).toHaveAttribute('href', /\/deals\/\d+$/);

  const rep = reps.find(one => one.count > 0);
  const row = page
    .getByRole('table', { name: /each rep/ })
    .getByRole('row')
    .filter({ hasText: rep?.name ?? '' });
  await row.getByRole('link').nth(0).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Deals' })).toBeVisible();
  expect((await sumUp(page)).count).toBe(rep?.count);
  await page.goBack();
  await row.getByRole('link').nth(1).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Deals' })).toBeVisible();
  expect((await sumUp(page)).amount).toBe(rep?.amount);
});

test('no forecast is shown before one has been tested, and the page says so', async ({ page }) => {
  await page.goto('/pipeline');
  await expect(page.getByText('No forecast is shown yet')).toBeVisible();
  expect((await productAs('manager').pipeline()).forecast).toBeNull();
});

test('a rep is told that the pipeline is not for reps', async ({ page }) => {
  await page.goto('/pipeline');
  await untilAlive(page);
  await page.getByLabel('Act as').selectOption('rep');
  const message = 'The pipeline is for managers, operations, admins and auditors.';
  await expect(page.getByText(message)).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
  await page.goto('/pipeline/deals');
  await expect(page.getByText(message)).toBeVisible();
  await expect(productAs('rep', productUrl()).pipeline()).rejects.toThrow(/403/);
});
