import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactKind } from '#lib/core/artifact.ts';
import { serviceScope } from '#lib/core/scope.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { hashOf } from '#lib/platform/hash.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { current, keepArtifact, promote } from './releases.ts';

describe('releases', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  beforeAll(async () => {
    test = await openTestDb();
  });
  afterAll(() => test.close());

  const now = new Date('2026-03-10T09:30:00.000Z');
  const as = <T>(tenantId: string, work: (tx: TenantTx) => Promise<T>) => test.db.tenant(tenantId, work);
  const keep = (tx: TenantTx, kind: ArtifactKind, body: unknown) =>
    keepArtifact(tx, { kind, name: kind, body }, now);
  const put = (tenantId: string, kind: ArtifactKind, body: unknown) =>
    as(tenantId, async tx =>
      promote(
        tx,
        serviceScope(tenantId),
        { name: kind, artifacts: { [kind]: await keep(tx, kind, body) } },
        now,
      ),
    );

  it('address every body by its hash, and read it back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async body => {
        const wrapped = { body };
        const { release } = await put('bodies', 'prompt', wrapped);
        expect(release.artifacts.prompt).toBe(hashOf(wrapped));
        const { artifact } = await as('bodies', current);
        expect(hashOf(artifact('prompt')?.body)).toBe(hashOf(wrapped));
      }),
      { numRuns: 40 },
    );
  });

  it('keep one artifact of one body, and make no release where nothing changes', async () => {
    const first = await put('same', 'cadence', { days: [1, 2] });
    expect(await put('same', 'cadence', { days: [1, 2] })).toEqual({
      release: first.release,
      replaced: null,
      changed: false,
    });
    const kept = await as('same', tx => rowsOf(tx.sql, sql`select hash from artifacts`));
    expect(kept).toHaveLength(1);
  });

  it('keep what is not replaced, and know what they replaced', async () => {
    const one = await put('chain', 'prompt', { v: 1 });
    const two = await put('chain', 'cadence', { v: 1 });
    expect(two).toMatchObject({ changed: true, replaced: one.release.id });
    expect(two.release.artifacts).toEqual({ prompt: hashOf({ v: 1 }), cadence: hashOf({ v: 1 }) });
    expect((await as('chain', current)).release).toEqual(two.release);
  });

  it('are all in force when many are made at once, the first ones too', async () => {
    const kinds = ['prompt', 'cadence', 'policy-set', 'guardrails', 'lead-model'] as const;
    await Promise.all(kinds.map(kind => put('crowd', kind, { kind })));
    const { artifact } = await as('crowd', current);
    for (const kind of kinds) expect(artifact(kind)?.body).toEqual({ kind });
  });

  it('belong to their tenant', async () => {
    await put('mine', 'prompt', { secret: 'mine' });
    await expect(as('yours', current)).rejects.toMatchObject({ code: 'unavailable' });
    await put('yours', 'prompt', { secret: 'yours' });
    expect((await as('mine', current)).artifact('prompt')?.body).toEqual({ secret: 'mine' });
    expect((await as('yours', current)).artifact('prompt')?.body).toEqual({ secret: 'yours' });
  });

  it('give null for a kind that they do not have', async () => {
    await put('bare', 'prompt', { v: 1 });
    expect((await as('bare', current)).artifact('lead-model')).toBeNull();
  });
});
