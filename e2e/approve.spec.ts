import { expect, test } from '@playwright/test';
import { productUrl } from './support/addresses.ts';
import { findOpen, openCard } from './support/card.ts';
import { openCrm } from './support/crm.ts';
import { productAs } from './support/product.ts';

test('an edited draft that is approved becomes a task in the CRM, and an undo takes it away', async ({
  page,
}) => {
  const crm = openCrm();
  const id = await findOpen();
  const { suggestion } = await productAs('manager').subject(id);
  const decisionId = suggestion?.decisionId ?? '';
  const card = await openCard(page, id);

  await card.getByRole('button', { name: 'Edit' }).click();
  const form = card.getByRole('form', { name: 'Edit the suggestion' });
  const words = `Would <Thursday> at 10 & a coffee suit you?\nYours, ${decisionId}`;
  await form.getByLabel('Subject').fill('A time on Thursday');
  await form.getByLabel('Message').fill(words);
  await form.getByRole('button', { name: 'Approve edited' }).click();

  const suggested = card.getByRole('region', { name: 'Suggested follow-up' });
  await expect(suggested.getByText('Written to the CRM')).toBeVisible();
  await expect(suggested).toContainText('Edited and approved by Demo manager');
  const receipt = suggested.getByRole('link', { name: /^Task \d+$/ });
  await expect(receipt).toBeVisible();

  const tasks = await crm.tasksOf(decisionId);
  expect(tasks).toHaveLength(1);
  const [task] = tasks;
  expect(await receipt.getAttribute('href')).toContain(`#tasks-${task?.id}`);
  expect(task?.properties).toMatchObject({
    hs_task_status: 'NOT_STARTED',
    sidecard_change_id: suggestion?.changes[0]?.id,
  });
  expect(task?.properties['hs_task_body']).toContain(
    'Subject: A time on Thursday<br><br>Would &lt;Thursday&gt; at 10 &amp; a coffee suit you?<br>Yours',
  );
  // The card has told the record page, which shows the task without being loaded again.
  const open = page
    .locator('#tasks')
    .getByRole('listitem')
    .filter({ hasText: suggestion?.changes[0]?.kind === 'task' ? suggestion.changes[0].title : '' });
  await expect(open).toHaveCount(1);

  await suggested.getByRole('button', { name: 'Undo' }).click();
  await expect(suggested.getByText('Taken back: the CRM is as it was before')).toBeVisible();
  await expect(open).toHaveCount(0);
  expect(await crm.tasksOf(decisionId)).toHaveLength(0);
  expect(await crm.archivedAt(task?.id ?? '')).toBeInstanceOf(Date);

  await page.goto(`${productUrl()}/decisions/${decisionId}`);
  const answer = page.locator('#answer');
  await expect(answer).toContainText('Approved with edits by Demo manager');
  const receipts = page.locator('#receipt');
  await expect(receipts).toContainText(`Created: Task ${task?.id}`);
  await expect(receipts).toContainText(`Archived: Task ${task?.id}`);
});

test('an approval of what has changed meanwhile is refused, and shows what now stands', async () => {
  const id = await findOpen();
  const product = productAs('manager');
  const { suggestion } = await product.subject(id);
  const stale = product.answer(suggestion?.decisionId ?? '', { kind: 'approve', changesHash: 'another' });
  await expect(stale).rejects.toThrow(/answered 409: .*"changesHash"/);
});
