import { expect, test } from '@playwright/test';
import { findOpen, openCard } from './support/card.ts';
import { productAs } from './support/product.ts';

test('a contact in the CRM shows its score, what moved it, and one suggestion', async ({ page }) => {
  const id = await findOpen();
  const { name, score, suggestion } = await productAs('manager').subject(id);
  const card = await openCard(page, id);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

  const scored = card.getByRole('region', { name: 'Score' });
  await expect(scored).toContainText(`${score?.value}/100`);
  await expect(scored.getByText(/^(Hot|Warm|Cold)$/)).toBeVisible();
  await expect(scored).toContainText(/Confidence (low|medium|high) \(\d+%\)/);
  await expect(scored).toContainText(/Data as of .+ · scored .+ · model/);
  for (const way of ['What raised it', 'What lowered it']) {
    const reasons = scored.locator('div', { has: page.getByRole('heading', { name: way }) }).last();
    const lines = reasons.getByRole('listitem');
    const count = await lines.count();
    expect(count).toBeLessThanOrEqual(3);
    for (let i = 0; i < count; i++) {
      await expect(lines.nth(i)).toContainText(/[+−]?\d+ points/);
      // What follows from an absence has no record to link to, and says so.
      const basis = lines.nth(i).getByRole('link').or(lines.nth(i).getByText('no single record behind it'));
      await expect(basis.first()).toBeVisible();
    }
  }

  const suggested = card.getByRole('region', { name: 'Suggested follow-up' });
  await expect(suggested).toHaveCount(1);
  await expect(suggested).toContainText(/E-mail:|Call:/);
  await expect(suggested.locator('time').first()).toBeVisible();
  await expect(suggested.getByRole('region', { name: 'Draft' })).toContainText(
    suggestion?.draft?.subject ?? 'a draft',
  );
  const why = suggested.getByRole('region', { name: 'Why this, why now' });
  await expect(why.getByRole('listitem')).toHaveCount(suggestion?.why.length ?? 0);
  await expect(why.getByRole('link').first()).toBeVisible();
});

test('evidence leads to the entry in the record, opened and marked', async ({ page }) => {
  // An activity has an entry of its own on the record's page; a property has none.
  const id = await findOpen(productAs('manager'), ({ suggestion }) =>
    Boolean(suggestion?.why.some(({ evidence }) => evidence.some(({ url }) => url.includes('#')))),
  );
  const card = await openCard(page, id);
  const link = card.locator(`a[href*="/contacts/${id}#"]`).first();
  const anchor = new URL((await link.getAttribute('href')) ?? '').hash;
  await link.click();
  await expect(page).toHaveURL(new RegExp(`/contacts/${id}${anchor}$`));
  const entry = page.locator(anchor);
  await expect(entry).toHaveAttribute('open', '');
  await expect(entry).toBeInViewport();
  const plain = page.locator('details.entry:not(:target)').first();
  const look = (of: typeof entry) => of.evaluate(node => getComputedStyle(node).backgroundColor);
  expect(await look(entry)).not.toBe(await look(plain));
});
