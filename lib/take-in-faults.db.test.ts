import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stages } from './stages.ts';
import { toInstant } from '#lib/core/time.ts';
import { sessionTo } from '#lib/crm/testing/test-crm.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { collectWebhooks } from '#lib/platform/testing/demo/collect-webhooks.ts';
import { takeInFaultily } from '#lib/platform/testing/demo/faulty-take-in.ts';
import { graphState } from '#lib/platform/testing/demo/graph-state.ts';
import { liveInCrm } from '#lib/platform/testing/demo/live-in-crm.ts';
import { openDemo, webhookSecret, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { drawFrom, type Draw } from '#lib/platform/testing/draw.ts';

const seeds = 6;
const hour = 3_600_000;

describe('webhooks that are lost, doubled, mixed up and late, with workers that die', () => {
  let demo: Demo;
  let inbox: Awaited<ReturnType<typeof collectWebhooks>>;
  let life: ReturnType<typeof liveInCrm>;
  beforeAll(async () => {
    demo = await openDemo({ people: 1 });
    inbox = await collectWebhooks(demo.crm, webhookSecret);
    life = liveInCrm(demo.crm, demo.clock.now);
  });
  afterAll(async () => {
    await inbox.stop();
    await demo.close();
  });

  it('leave the graph as a first reading would find it', { timeout: 300_000 }, async () => {
    const totals = { deaths: 0, failures: 0, delivered: 0 };
    for (let seed = 1; seed <= seeds; seed++) {
      const { deaths, failures, delivered } = await live(seed);
      totals.deaths += deaths;
      totals.failures += failures;
      totals.delivered += delivered;
    }
    expect(totals.deaths).toBeGreaterThan(seeds);
    expect(totals.failures).toBeGreaterThan(seeds / 4);
    expect(totals.delivered).toBeGreaterThan(seeds);
  });

  async function live(seed: number) {
    const draw = drawFrom(seed);
    const product = takeInFaultily(demo, stages, draw, webhookSecret);
    await breakWebhooks(draw);
    let late: string[] = [];
    for (let round = 0; round < 5; round++) {
      for (let deeds = 1 + draw.below(8); deeds > 0; deeds--) {
        await life.act(draw);
        demo.clock.tick(draw.one([1, 40, 1500, 90_000]));
      }
      const calls = [...late, ...(await inbox.take())];
      late = calls.filter(() => draw.chance(0.3));
      demo.network.breakWith(() =>
        draw.chance(0.15) ? draw.one(['lose', 'cut', { status: 502, body: '' }] as const) : null,
      );
      for (const body of calls.filter(call => !late.includes(call))) await product.deliver(body);
      await product.settle();
      if (draw.chance(0.3)) await product.look();
      demo.network.heal();
    }
    await demo.crm.call('DELETE', '/sandbox/faults');
    for (const body of [...late, ...(await inbox.take())]) await product.deliver(body, true);
    for (let round = 0; round < 2 || product.waiting() > 0; round++) {
      if (round > 20) throw new Error(`seed ${seed}: records never settle`);
      demo.clock.tick(hour);
      await product.look(true);
      demo.clock.tick(1000);
      await product.settle(true);
    }
    await expectWhole(seed);
    for (const [subject, events] of product.seen.asked)
      expect(events.length, `seed ${seed}: events of ${subject}`).toBe(new Set(events).size);
    return product.seen;
  }

  const breakWebhooks = (draw: Draw) =>
    demo.crm.call('POST', '/sandbox/faults', {
      rules: [
        {
          match: { probability: 0.3, seed: draw.below(1e6) },
          effect: { kind: 'webhook-drop' },
        },
        { match: { probability: 0.3, seed: draw.below(1e6) }, effect: { kind: 'webhook-duplicate' } },
        { match: { probability: 0.5, seed: draw.below(1e6) }, effect: { kind: 'webhook-reorder' } },
      ],
    });

  async function expectWhole(seed: number): Promise<void> {
    const fresh = `fresh-${seed}`;
    const reader = stages.ingest.openReader(sessionTo(demo.crmUrl));
    await stages.ingest.backfill(demo.flow.db, reader, {
      tenantId: fresh,
      clock: demo.clock.now,
      sealingKey: demo.flow.sealingKey,
      objects: reader.objects,
      keep: (tx, records) => stages.graph.project(tx, records, toInstant(demo.clock.now())),
    });
    const wanted = await demo.database.db.tenant(fresh, graphState);
    const found = await demo.tenant(graphState);
    expect({ seed, lacks: wanted.filter(line => !found.includes(line)) }).toEqual({ seed, lacks: [] });
    expect({ seed, has: found.filter(line => !wanted.includes(line)) }).toEqual({ seed, has: [] });
    const open = await demo.tenant(tx =>
      rowsOf(
        tx.sql,
        sql`select key from inbound_events where taken_at is null union all select record_id from unsettled_records`,
      ),
    );
    expect({ seed, open }).toEqual({ seed, open: [] });
  }
});
