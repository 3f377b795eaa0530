import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { enqueue } from './define.ts';
import { openQueue } from './queue.ts';

describe('the queue', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  let boss: PgBoss;
  beforeAll(async () => {
    test = await openTestDb();
    boss = await openQueue(test);
  });
  afterAll(async () => {
    await boss.stop({ graceful: false });
    await test.close();
  });

  it('delivers a job of a transaction that commits', async () => {
    await test.db.tenant('a', tx => enqueue(tx, 'apply', { decisionId: 'dec_1' }));
    const jobs = await boss.fetch('apply');
    expect(jobs.map(job => job.data)).toEqual([{ tenantId: 'a', input: { decisionId: 'dec_1' } }]);
  });

  it('delivers nothing of a transaction that rolls back', async () => {
    const rolledBack = test.db.tenant('a', async tx => {
      await enqueue(tx, 'apply', { decisionId: 'dec_2' });
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    expect(await boss.fetch('apply')).toEqual([]);
  });

  it('keeps one waiting job a key', async () => {
    const send = () => test.db.tenant('a', tx => enqueue(tx, 'train', {}, { key: 'a' }));
    await send();
    await send();
    expect(await boss.fetch('train', { batchSize: 5 })).toHaveLength(1);
  });
});
