import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { run } from './run.ts';
import { changeSettings, settingsInForce } from './settings.ts';
import { stages, type Stages } from './stages.ts';
import { settle, takeInMissed } from './take-in.ts';
import { writeScores } from './write-scores.ts';
import { becameKind } from '#lib/core/record.ts';
import type { TenantSettings } from '#lib/core/settings.ts';
import type { Subject } from '#lib/core/subject.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { refusedScores } from '#lib/writeback/read.ts';
import { deliver } from '#lib/platform/testing/demo/deliver.ts';
import { openDemo, scopeOf, tenantId, type Demo } from '#lib/platform/testing/demo/open-demo.ts';

let demo: Demo;
let shipped: TenantSettings;
beforeAll(async () => {
  demo = await openDemo({ people: 250 });
  shipped = await demo.tenant(tx => settingsInForce(tx));
});
afterAll(() => demo.close());
afterEach(async () => {
  demo.network.heal();
  await set({});
  demo.jobs.waiting.splice(0);
});

const query = (of: ReturnType<typeof sql>) => demo.tenant(tx => rowsOf(tx.sql, of));
const set = (settings: Partial<TenantSettings>) =>
  demo.flow.db.tenant(tenantId, tx =>
    changeSettings(tx, scopeOf('admin'), { ...shipped, ...settings }, demo.clock.now()),
  );
const write = (s?: Stages) => writeScores(demo.flow, demo.service, s);
const shown = async ({ id }: Subject) => {
  const names = 'sidecard_score,sidecard_score_band,sidecard_scored_at';
  const read = await demo.crm.call('GET', `/crm/objects/2026-09/contacts/${id}?properties=${names}`);
  return read['properties'] as Record<string, string | null>;
};
const batches = () => query(sql`select entry from audit_log where kind = 'scores-written' order by at, id`);
const sent = () => demo.network.asked.filter(({ path }) => path.endsWith('/contacts/batch/update')).length;
/** As if the person were scored anew. */
const want = (subject: Subject, score: number, band: 'hot' | 'warm' | 'cold') => {
  demo.clock.tick(1000);
  const scoredAt = demo.clock.now().toISOString();
  return demo.tenant(tx => stages.writeback.wantScores(tx, [{ subject, score, band, scoredAt }]));
};
const someone = async (): Promise<Subject> => {
  const [row] = await query(
    sql`select crm, object, record_id as id from written_scores order by record_id limit 1`,
  );
  return row as unknown as Subject;
};

describe('scores of a run', () => {
  it('go into the CRM’s own fields, a hundred at a time, with an entry for each batch', async () => {
    const { rows } = await run(demo.flow, demo.service);
    expect(rows).toBeGreaterThan(200);
    expect(demo.jobs.take('write-scores')).toHaveLength(1);
    const before = sent();
    expect(await write()).toEqual({ written: rows, refused: 0 });
    expect(sent() - before).toBe(Math.ceil(rows / 200) + Math.floor(rows / 200) + (rows % 200 > 100 ? 1 : 0));
    const kept = await query(sql`select record_id, value, band, scored_at from latest_scores`);
    for (const row of kept.slice(0, 20))
      expect(await shown({ crm: 'hubspot', object: 'contacts', id: String(row['record_id']) })).toMatchObject(
        {
          sidecard_score: String(row['value']),
          sidecard_score_band: row['band'],
          sidecard_scored_at: new Date(String(row['scored_at'])).toISOString(),
        },
      );
    const entries = (await batches()).map(({ entry }) => entry as Record<string, unknown>);
    expect(entries.reduce((sum, { count }) => sum + Number(count), 0)).toBe(rows);
    expect(entries[0]).toMatchObject({
      count: 200,
      refused: 0,
      effect: 'allow',
      policies: ['scores-by-sidecard'],
      root: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.stringify(entries)).not.toContain('contacts');
    await demo.tenant(tx => stages.decisions.sequence(tx));
    expect(await demo.tenant(tx => stages.decisions.verify(tx))).toMatchObject({ ok: true });
  });

  it('are not written again, and come back from the CRM without a decision', async () => {
    demo.clock.tick(1000);
    await run(demo.flow, demo.service);
    demo.jobs.take('decide');
    expect(await write()).toEqual({ written: 0, refused: 0 });
    const subject = await someone();
    const fields = ['sidecard_score', 'sidecard_score_band', 'sidecard_scored_at'];
    await deliver(
      demo.flow,
      fields.map(field => ({ ref: subject, field, own: true })),
    );
    await settle(demo.flow, demo.service, [subject]);
    expect(demo.jobs.take('decide')).toEqual([]);
    // No webhook told of the others: they are found by looking.
    demo.clock.tick(3_600_000);
    await takeInMissed(demo.flow, demo.service);
    const told = await query(
      sql`select record_id, values::text like '%"email_subscriptions"%' as more from fact_sets
        where values::text like '%"sidecard_score"%'`,
    );
    expect(told.length).toBeGreaterThan(200);
    // Of some it was learnt on the way what they want of e-mails, which is news.
    const news = told.flatMap(row => (row['more'] ? [String(row['record_id'])] : []));
    expect(news.length).toBeLessThan(50);
    for (const asked of demo.jobs.take('decide')) expect(news).toContain(asked.subject.id);
  });

  it('make room for somebody else’s change that comes with them', async () => {
    const subject = await someone();
    await want(subject, 1, 'cold');
    await want(subject, 99, 'hot');
    await write();
    await demo.crm.update('contacts', subject.id, { jobtitle: 'Head of everything' });
    demo.clock.tick(3_600_000);
    await takeInMissed(demo.flow, demo.service);
    expect(demo.jobs.take('decide')).toMatchObject([{ subject }]);
  });
});

describe('a decision’s score', () => {
  it('is written soon after, once for all that come until then', async () => {
    const [one, two] = [await demo.newLead(), await demo.newLead()];
    demo.jobs.take('write-scores');
    const { lineage } = await demo.decide(one);
    await demo.decide(two);
    const waiting = demo.jobs.waiting.filter(({ name }) => name === 'write-scores');
    expect(waiting).toHaveLength(1);
    expect(waiting[0]?.options.startAfter?.getTime()).toBeGreaterThan(Date.parse(lineage.asOf));
    expect((await write()).written).toBe(2);
    expect((await shown(one))['sidecard_score']).toBe(String(lineage.score?.value));
    demo.jobs.take('write-scores');
    await demo.decide(one);
    expect(demo.jobs.take('write-scores')).toEqual([]);
  });
});

describe('nothing is written', () => {
  it.each<[string, Partial<TenantSettings>]>([
    [
      'writing scores is turned off',
      { writes: { task: true, note: true, field: true, assignment: true, score: false } },
    ],
    ['the kill switch is pulled', { killSwitch: true }],
  ])('while %s, and it is made up for after', async (_, settings) => {
    const subject = await someone();
    await want(subject, 2, 'cold');
    await write();
    await set(settings);
    demo.jobs.take('write-scores');
    await want(subject, 77, 'hot');
    const [before, entries] = [sent(), (await batches()).length];
    expect(await write()).toEqual({ written: 0, refused: 0 });
    expect([sent(), (await batches()).length]).toEqual([before, entries]);
    await set({});
    expect(demo.jobs.take('write-scores')).toHaveLength(1);
    expect(await write()).toEqual({ written: 1, refused: 0 });
    expect((await shown(subject))['sidecard_score']).toBe('77');
  });

  it('to a record that was deleted, and the others are', async () => {
    const [gone, other] = [await demo.newLead(), await demo.newLead()];
    await demo.decide(gone);
    await demo.decide(other);
    await demo.crm.remove('contacts', gone.id);
    await deliver(demo.flow, [{ ref: gone, field: 'x' }]);
    await settle(demo.flow, demo.service, [gone]);
    await want(gone, 50, 'hot');
    expect(await write()).toEqual({ written: 1, refused: 0 });
    expect(await query(sql`select 1 from written_scores where record_id = ${gone.id}`)).toEqual([]);
  });
});

describe('what the CRM does not take', () => {
  it('is kept with its words, is no reason to try again, and stops nobody else', async () => {
    const [gone, other] = [await demo.newLead(), await demo.newLead()];
    await demo.decide(gone);
    await demo.decide(other);
    await demo.crm.remove('contacts', gone.id);
    expect(await write()).toEqual({ written: 1, refused: 1 });
    const kept = sql`select problem, written_at from written_scores where record_id = ${gone.id}`;
    expect(await query(kept)).toEqual([{ problem: expect.stringMatching(/./), written_at: null }]);
    expect(await demo.tenant(tx => refusedScores(tx))).toMatchObject({ count: 1 });
    expect((await batches()).at(-1)).toMatchObject({ entry: { count: 1, refused: 1 } });
    expect(await write()).toEqual({ written: 0, refused: 0 });
  });

  it.each<[string, string, number]>([
    ['the CRM is down', 'unavailable', 88],
    ['it has enough of us', 'limited', 33],
  ])('waits for another try while %s', async (_, code, score) => {
    const subject = await someone();
    await want(subject, score, 'hot');
    demo.network.breakWith(({ path }) =>
      path.endsWith('/batch/update')
        ? { status: code === 'limited' ? 429 : 503, body: '{"message":"no"}' }
        : null,
    );
    await expect(write()).rejects.toMatchObject({ code });
    demo.network.heal();
    demo.clock.tick(120_000);
    expect(await write()).toEqual({ written: 1, refused: 0 });
    expect((await shown(subject))['sidecard_score']).toBe(String(score));
  });

  it('is written again where a process died before it noted that it was', async () => {
    const subject = await someone();
    await want(subject, 4, 'cold');
    await want(subject, 91, 'hot');
    const dying: Stages = {
      ...stages,
      writeback: { ...stages.writeback, confirmScores: () => Promise.reject(new Error('killed')) },
    };
    await expect(write(dying)).rejects.toThrow('killed');
    expect((await shown(subject))['sidecard_score']).toBe('91');
    expect(await write()).toEqual({ written: 1, refused: 0 });
    expect(await write()).toEqual({ written: 0, refused: 0 });
  });
});

describe('a person who was merged into another', () => {
  it('leaves their score to that one, unless it has its own', async () => {
    const [from, into] = [await demo.newLead(), await demo.newLead({ says: null })];
    const score = (await demo.decide(from)).lineage.score;
    const at = demo.clock.now().toISOString();
    await demo.tenant(tx =>
      stages.graph.project(
        tx,
        [
          {
            ref: from,
            version: 'merged',
            createdAt: at,
            updatedAt: at,
            archived: true,
            fields: {},
            history: [],
            links: [{ to: into, kind: becameKind }],
          },
        ],
        at,
      ),
    );
    demo.clock.tick(1000);
    expect(await write()).toEqual({ written: 1, refused: 0 });
    expect((await shown(into))['sidecard_score']).toBe(String(score?.value));
    expect((await shown(from))['sidecard_score'] ?? null).toBeNull();
    await want(from, 100, 'hot');
    expect(await write()).toEqual({ written: 0, refused: 0 });
    expect((await shown(into))['sidecard_score']).toBe(String(score?.value));
  });
});

describe('more than one job should do', () => {
  it('is left to the next', async () => {
    const subject = await someone();
    let given = 0;
    const endless: Stages = {
      ...stages,
      writeback: {
        ...stages.writeback,
        dueScores: () =>
          Promise.resolve([{ subject, score: 5, band: 'cold', scoredAt: '2026-03-01T00:00:00.000Z' }]),
        sendScores: (_, rows) => Promise.resolve({ written: rows.slice(0, (given += 1)), refused: [] }),
      },
    };
    expect((await write(endless)).written).toBe(given);
    expect(given).toBeLessThan(100);
    expect(demo.jobs.take('write-scores')).toHaveLength(1);
  });
});
