import { expect, test } from '@playwright/test';
import { untilAlive } from './support/card.ts';
import { openCrm } from './support/crm.ts';
import { productAs } from './support/product.ts';

/** Somebody of whom a suggestion was made, by their address in the CRM. */
async function somebody(): Promise<{ id: string; email: string }> {
  const crm = openCrm();
  const [owner] = await crm.owners();
  const contacts = await crm.contactsOf(owner?.id ?? '');
  const last = contacts.at(-1);
  return { id: last?.id ?? '', email: last?.properties['email'] ?? '' };
}

test('an admin erases a person from the page, and nothing of them is left', async ({ page }) => {
  const { id, email } = await somebody();
  await page.goto('/');
  await untilAlive(page);
  await page.getByLabel('Act as').selectOption('admin');
  await expect(page.getByRole('banner')).toContainText('(admin)');

  await page.goto(`/privacy?who=${encodeURIComponent(email)}`);
  const person = page.getByRole('listitem').filter({ hasText: `hubspot:contacts:${id}` });
  const name = await person.getByRole('link').first().innerText();

  // The page shows no time by which to see that the browser has taken it over.
  await expect(async () => {
    await person.getByRole('button', { name: 'Put a legal hold' }).click();
    await expect(person.getByLabel('Reason')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await person.getByLabel('Reason').fill('Lawsuit 12');
  await person.getByLabel('Until the end of').fill('2099-01-31');
  await person.getByRole('button', { name: 'Put the hold' }).click();
  await expect(person.getByText('Legal hold until 2099-01-31')).toBeVisible();
  await expect(person.getByRole('button', { name: 'Erase' })).toHaveAttribute('aria-disabled', 'true');
  await person.getByRole('button', { name: 'Lift the hold' }).click();
  await expect(person.getByText('Legal hold until')).toHaveCount(0);

  const download = page.waitForEvent('download');
  await person.getByRole('button', { name: 'Download everything held' }).click();
  expect((await download).suggestedFilename()).toContain(id);

  await person.getByRole('button', { name: 'Erase' }).click();
  const last = person.getByRole('button', { name: 'Erase for good' });
  await expect(last).toHaveAttribute('aria-disabled', 'true');
  await person.getByLabel(/^Type/).fill(name);
  await last.click();
  await expect(page.getByText(/nothing is left/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Erasures' })).toContainText('in none after');

  await page.goto(`/privacy?who=${encodeURIComponent(email)}`);
  await expect(page.getByText('Nobody is known by')).toBeVisible();
  await page.goto(`/card/hubspot/contacts/${id}`);
  await expect(page.getByText(name)).toHaveCount(0);
  expect(await productAs('admin').verify()).toMatchObject({ ok: true });
});

test('a manager sees the page and may not erase; a rep does not see it', async ({ page }) => {
  const { email } = await somebody();
  await page.goto('/');
  await untilAlive(page);
  await page.getByLabel('Act as').selectOption('manager');
  await expect(page.getByRole('banner')).toContainText('(manager)');
  await page.goto(`/privacy?who=${encodeURIComponent(email.split('@')[1] ?? '')}`);
  await expect(page.getByRole('heading', { name: 'Look a person up' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Erase' })).toHaveCount(0);
  await page.getByLabel('Act as').selectOption('rep');
  await expect(page.getByText('The privacy page is for managers, admins and auditors.')).toBeVisible();
});
