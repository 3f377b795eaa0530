import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectCrm, type NewCrm } from './connect.ts';
import { bindRelease, release } from './release.ts';
import { stages } from './stages.ts';
import { serviceScope } from '#lib/core/scope.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { openDemo, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { loadPolicySet } from '#lib/policy/load.ts';

describe('releases of a tenant', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await openDemo({ people: 1, readIt: false });
  });
  afterAll(() => demo.close());

  const current = () => demo.tenant(tx => stages.releases.current(tx));
  const put = (kind: 'prompt' | 'cadence', body: object) =>
    demo.tenant(tx =>
      release(
        tx,
        demo.service,
        { name: `new ${kind}`, artifacts: [{ kind, name: kind, body }] },
        demo.clock.now(),
      ),
    );
  const entriesOf = async (tenantId: string, kind: string) => {
    const rows = await demo.flow.db.tenant(tenantId, tx =>
      rowsOf(tx.sql, sql`select entry from audit_log where kind = ${kind} order by at, id`),
    );
    return rows.map(row => row['entry']);
  };

  it('replace what is given, keep the rest, and say so in the ledger', async () => {
    const before = (await current()).release;
    await put('prompt', { version: 'x' });
    const { release: now, artifact } = await current();
    expect(artifact('prompt')).toMatchObject({ body: { version: 'x' }, hash: now.artifacts.prompt });
    expect(now.artifacts.cadence).toBe(before.artifacts.cadence);
    expect((await entriesOf('demo', 'release-promoted')).at(-1)).toMatchObject({
      release: now.id,
      artifacts: now.artifacts,
      replaced: before.id,
    });
    await put('prompt', { version: 'x' });
    expect((await current()).release.id).toBe(now.id);
  });

  it('do not lose each other when two are made at once', async () => {
    await Promise.all([put('prompt', { version: 'p' }), put('cadence', { version: 'c' })]);
    const { artifact } = await current();
    expect(artifact('prompt')?.body).toEqual({ version: 'p' });
    expect(artifact('cadence')?.body).toEqual({ version: 'c' });
  });

  it('name the artifact that is missing', async () => {
    const { release: now } = await current();
    expect(() => bindRelease({ release: now, artifact: () => null })).toThrow(
      /has no runtime-config: the tenant's set-up has not finished/,
    );
    await expect(demo.flow.db.tenant('nobody', tx => stages.releases.current(tx))).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  describe('connecting', () => {
    const crm = (tenantId: string, more: Partial<NewCrm> = {}): NewCrm => ({
      tenantId,
      crm: 'hubspot',
      name: 'CRM',
      apiUrl: demo.network.url,
      appUrl: demo.network.url,
      kind: 'connected',
      secrets: { accessToken: 'sandbox', webhookSecret: 's' },
      policySet: loadPolicySet(),
      ...more,
    });

    it('a CRM account that another tenant has is refused', async () => {
      await expect(connectCrm(demo.flow, crm('other'))).rejects.toMatchObject({ code: 'conflict' });
      await expect(demo.flow.db.tenant('other', tx => stages.releases.current(tx))).rejects.toMatchObject({
        code: 'unavailable',
      });
    });

    it('starts with all writing off, once, however many processes start', async () => {
      await demo.database.db.owner.execute(sql`delete from crm_connections`);
      demo.jobs.waiting.splice(0);
      await Promise.all([1, 2, 3].map(() => connectCrm(demo.flow, crm('fresh'))));
      const { settings } = bindRelease(await demo.flow.db.tenant('fresh', tx => stages.releases.current(tx)));
      expect(Object.values(settings.writes)).toEqual([false, false, false, false, false]);
      expect(await entriesOf('fresh', 'crm-connected')).toHaveLength(1);
      expect(await entriesOf('fresh', 'release-promoted')).toHaveLength(1);
      expect(demo.jobs.take('backfill')).toHaveLength(1);
      const again = await demo.flow.db.tenant('fresh', tx =>
        stages.decisions.verify({ ...tx, tenantId: 'fresh' }),
      );
      expect(again.ok).toBe(true);
    });

    it('again leaves the settings and the learnt model as they are', async () => {
      const before = await demo.flow.db.tenant('fresh', tx => stages.releases.current(tx));
      await demo.flow.db.tenant('fresh', tx =>
        release(
          tx,
          serviceScope('fresh'),
          { name: 'x', artifacts: [{ kind: 'lead-model', name: 'x', body: { learnt: 1 } }] },
          demo.clock.now(),
        ),
      );
      await connectCrm(demo.flow, crm('fresh'));
      const now = await demo.flow.db.tenant('fresh', tx => stages.releases.current(tx));
      expect(now.artifact('lead-model')?.body).toEqual({ learnt: 1 });
      expect(now.release.artifacts['runtime-config']).toBe(before.release.artifacts['runtime-config']);
    });

    it('to what refuses us says so, and changes nothing', async () => {
      await expect(
        connectCrm(demo.flow, crm('wrong', { secrets: { accessToken: 'no', webhookSecret: 's' } })),
      ).rejects.toMatchObject({ code: 'unauthenticated' });
      await demo.network.stop();
      await expect(connectCrm(demo.flow, crm('wrong'))).rejects.toMatchObject({ code: 'unavailable' });
    });
  });
});
