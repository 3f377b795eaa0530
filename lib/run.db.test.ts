import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { release } from './release.ts';
import { run } from './run.ts';
import { stages, type Stages } from './stages.ts';
import type { Score } from '#lib/core/score.ts';
import type { LeadModelArtifact } from '#lib/models/models.ts';
import { canonicalJson } from '#lib/platform/hash.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { openDemo, type Demo } from '#lib/platform/testing/demo/open-demo.ts';

describe('run', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await openDemo({ people: 40 });
  });
  afterAll(() => demo.close());

  const query = (text: ReturnType<typeof sql>) => demo.tenant(tx => rowsOf(tx.sql, text));
  const contacts = async () =>
    Number((await query(sql`select count(*)::int as n from entities where object = 'contacts'`))[0]?.['n']);

  /** RFC 6962, written down once more: what somebody else would recompute a root by. */
  function rootOf(leaves: readonly string[]): Buffer {
    const hash = (prefix: number, ...parts: (string | Buffer)[]) => {
      const sha = createHash('sha256').update(Buffer.of(prefix));
      for (const part of parts) sha.update(part);
      return sha.digest();
    };
    if (leaves.length === 1) return hash(0, leaves[0] ?? '');
    const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
    return hash(1, rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
  }

  it('scores everybody, in one manifest whose root anybody can recompute', async () => {
    const { rows } = await run(demo.flow, demo.service);
    expect(rows).toBe(await contacts());
    const [kept, ...more] = await query(sql`select id, state, rows, root, release_id from runs`);
    expect(more).toEqual([]);
    expect(kept).toMatchObject({ state: 'done', rows });
    const scores = await query(
      sql`select crm, object, record_id as id, score from scores where run_id = ${kept?.['id']} order by record_id collate "C"`,
    );
    const leaves = scores.map(({ score, ...subject }) => canonicalJson({ subject, score }));
    expect(kept?.['root']).toBe(rootOf(leaves).toString('hex'));
    const manifests = await query(sql`select entry from audit_log where kind = 'run-finished'`);
    expect(manifests.map(row => row['entry'])).toMatchObject([
      { runId: kept?.['id'], rows, root: kept?.['root'], release: kept?.['release_id'] },
    ]);
  });

  it('asks for decisions about who is alive or not cold, once', async () => {
    const asked = demo.jobs.take('decide');
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThan(await contacts());
    expect(new Set(asked.map(({ subject }) => subject.id)).size).toBe(asked.length);
    demo.clock.tick(1000);
    expect(await run(demo.flow, demo.service)).toMatchObject({ decisions: 0 });
    expect(demo.jobs.take('decide')).toEqual([]);
    const [trigger] = asked;
    if (!trigger) throw new Error('nobody');
    const decision = await decide(demo.flow, demo.service, trigger);
    expect(decision.lineage.trigger).toMatchObject({
      kind: 'band-changed',
      events: [expect.stringMatching(/^run_/)],
    });
    expect((await decide(demo.flow, demo.service, trigger)).id).toBe(decision.id);
  });

  it('asks, under another model, only where the band changed', async () => {
    const bands = async () =>
      new Map(
        (await query(sql`select record_id, band from latest_scores`)).map(row => [
          row['record_id'],
          row['band'],
        ]),
      );
    const before = await bands();
    const model = (await demo.tenant(tx => stages.releases.current(tx))).artifact('lead-model');
    const body = model?.body as LeadModelArtifact;
    await demo.tenant(tx =>
      release(
        tx,
        demo.service,
        {
          name: 'stricter',
          artifacts: [
            {
              kind: 'lead-model',
              name: 'stricter',
              body: { ...body, bands: { warm: body.bands.warm * 1.5, hot: 0.99 } },
            },
          ],
        },
        demo.clock.now(),
      ),
    );
    demo.clock.tick(1000);
    const { decisions } = await run(demo.flow, demo.service);
    const asked = demo.jobs.take('decide').map(({ subject }) => subject.id);
    expect(asked).toHaveLength(decisions);
    const after = await bands();
    const moved = [...after].flatMap(([id, band]) => (before.get(id) === band ? [] : [id]));
    expect(moved.length).toBeGreaterThan(0);
    for (const id of asked) expect(moved).toContain(id);
  });

  it('ends one that died half-way by a new one, and asks nobody twice', async () => {
    const dying: Stages = {
      ...stages,
      decisions: { ...stages.decisions, finishRun: () => Promise.reject(new Error('killed')) },
    };
    const body = {
      ...((await demo.tenant(tx => stages.releases.current(tx))).artifact('lead-model')
        ?.body as LeadModelArtifact),
    };
    await demo.tenant(tx =>
      release(
        tx,
        demo.service,
        {
          name: 'looser',
          artifacts: [
            { kind: 'lead-model', name: 'looser', body: { ...body, bands: { warm: 0.001, hot: 0.002 } } },
          ],
        },
        demo.clock.now(),
      ),
    );
    demo.clock.tick(1000);
    await expect(run(demo.flow, demo.service, dying)).rejects.toThrow('killed');
    const first = demo.jobs.take('decide');
    expect(first.length).toBeGreaterThan(0);
    demo.clock.tick(1000);
    expect(await run(demo.flow, demo.service)).toEqual({ rows: await contacts(), decisions: 0 });
    expect(demo.jobs.take('decide')).toEqual([]);
  });

  it('names the model and the release’s artifacts in every score', async () => {
    const { release: current } = await demo.tenant(tx => stages.releases.current(tx));
    const scores = await query(sql`select score from latest_scores`);
    expect(new Set(scores.map(row => (row['score'] as Score).model))).toEqual(
      new Set([current.artifacts['lead-model']]),
    );
    await demo.tenant(tx => stages.decisions.sequence(tx));
    expect(await demo.tenant(tx => stages.decisions.verify(tx))).toMatchObject({ ok: true, problems: [] });
  });
});
