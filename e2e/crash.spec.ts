import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { ports, productUrl, root } from './support/addresses.ts';
import { findOpen } from './support/card.ts';
import { startBetween, type CrmBetween } from './support/crm-between.ts';
import { openCrm } from './support/crm.ts';
import { startOwnProduct, type OwnProduct } from './support/own-product.ts';
import { productAs } from './support/product.ts';

const { app, sandbox } = ports.crash;
const dataDir = resolve(root, '.cache/e2e/crash');
const manager = productAs('manager', productUrl(app));

let between: CrmBetween;
let product: OwnProduct;
const start = () =>
  startOwnProduct({ PORT: app, SANDBOX_PORT: sandbox, DATA_DIR: dataDir, HUBSPOT_BASE_URL: between.url });

test.describe.configure({ timeout: 240_000 });

test.beforeAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  between = await startBetween(sandbox);
  product = await start();
});

test.afterAll(async () => {
  await product.kill();
  between.close();
});

/** An open suggestion's decision, and its approval as a script would send it. */
async function toApprove() {
  const { suggestion } = await manager.subject(await findOpen(manager));
  const { decisionId = '', changesHash } = suggestion ?? {};
  return {
    decisionId,
    changeId: suggestion?.changes[0]?.id,
    approve: () => manager.answer(decisionId, { kind: 'approve', changesHash: changesHash ?? '' }),
  };
}

/** What must hold after the product has come back, whatever it was doing when it was killed. */
async function expectOnce({ decisionId, changeId }: { decisionId: string; changeId: string | undefined }) {
  const status = async () => (await manager.decision(decisionId)).suggestion.status;
  await expect.poll(status, { timeout: 120_000 }).toBe('applied');
  const tasks = await openCrm(sandbox).tasksOf(decisionId);
  expect(tasks.map(task => task.properties['sidecard_change_id'])).toEqual([changeId]);
  const { receipts, audit } = await manager.decision(decisionId);
  expect(receipts.map(receipt => [receipt.changeId, receipt.ref.id])).toEqual([[changeId, tasks[0]?.id]]);
  expect(audit.filter(entry => entry.kind === 'crm-changed')).toHaveLength(1);
  expect(await manager.verify()).toMatchObject({ ok: true });
}

for (const lost of ['answer', 'request'] as const)
  test(`killed when the CRM's ${lost} is under way, it leaves exactly one task`, async () => {
    const approval = await toApprove();
    const killed = between.loseNext(lost, () => product.kill());
    // The connection may break before the answer is through.
    await approval.approve().catch(() => null);
    await killed;
    product = await start();
    await expectOnce(approval);
  });

test('killed as soon as an approval is answered, it leaves exactly one task', async () => {
  const approval = await toApprove();
  await approval.approve();
  await product.kill();
  product = await start();
  await expectOnce(approval);
});
