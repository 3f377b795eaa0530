import { expect, test } from '@playwright/test';
import { findOpen } from './support/card.ts';
import { productAs } from './support/product.ts';

test('a decision shows its whole lineage on one page', async ({ page }) => {
  const product = productAs('manager');
  const { suggestion } = await product.subject(await findOpen());
  const decisionId = suggestion?.decisionId ?? '';
  await product.answer(decisionId, { kind: 'approve', changesHash: suggestion?.changesHash ?? '' });
  await expect.poll(async () => (await product.decision(decisionId)).suggestion.status).toBe('applied');
  const { lineage, receipts, audit, subject } = await product.decision(decisionId);

  await page.goto(`/decisions/${decisionId}`);
  const part = (id: string) => page.locator(`#${id}`);
  const opened = async (id: string) => {
    for (const summary of await part(id).locator('details > summary').all()) await summary.click();
    return part(id);
  };

  await expect(part('trigger')).toContainText(/The record changed|The score changed band|A schedule/);
  await expect(part('trigger')).toContainText(`Contact ${subject.id} in HubSpot`);
  for (const [kind, hash] of Object.entries(lineage.release.artifacts)) {
    await expect(part('release')).toContainText(kind);
    await expect(part('release')).toContainText(hash.slice(0, 10));
  }
  expect(Object.keys(lineage.release.artifacts).join(' ')).toMatch(/model.*prompt|prompt.*model/);
  await expect(part('reading')).toContainText(lineage.reading.policies[0] ?? 'a policy');

  const facts = await opened('facts');
  await expect(facts).toContainText(`contacts ${subject.id}: `);
  for (const fact of lineage.facts.slice(0, 3)) {
    await expect(facts).toContainText(`${fact.object} ${fact.id}`);
    await expect(facts.getByRole('button', { name: `Copy ${fact.version}` }).first()).toBeVisible();
  }
  const features = await opened('features');
  await expect(features.getByRole('row')).toHaveCount(Object.keys(lineage.features.features).length + 1);
  await expect(part('score')).toContainText(`${lineage.score?.value} of 100`);
  await expect(part('score')).toContainText(lineage.score?.model.slice(0, 10) ?? 'a model');
  await expect(part('model-calls')).toContainText(/No language model was called|prompt/);
  const proposed = lineage.proposed.outcome === 'propose' ? lineage.proposed.changes[0] : undefined;
  await expect(part('proposal')).toContainText(proposed?.kind === 'task' ? proposed.title : 'a task');
  for (const check of lineage.checks) await expect(part('guardrails')).toContainText(check.guardrail);
  expect(lineage.checks.length).toBeGreaterThan(0);
  for (const verdict of lineage.verdicts)
    await expect(part('verdicts')).toContainText(verdict.policies.join(', '));
  await expect(part('answer')).toContainText('Approved unchanged by Demo manager');
  await expect(part('receipt')).toContainText(`Created: Task ${receipts[0]?.ref.id}`);
  await expect(part('ledger').locator('tbody tr')).toHaveCount(audit.length);
  await expect(part('ledger')).toContainText('Decision recorded with its lineage');
  await expect(part('ledger')).toContainText('Answered');
  await expect(part('ledger')).toContainText('CRM changed');
});
