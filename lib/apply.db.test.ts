import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { apply, park } from './apply.ts';
import { changeSettings, settingsInForce } from './settings.ts';
import { stages, type Stages } from './stages.ts';
import { finishUndo, undo } from './undo.ts';
import type { Decision } from '#lib/core/decision.ts';
import type { TenantSettings } from '#lib/core/settings.ts';
import type { Flow } from '#lib/flow.ts';
import { rowsOf, type Db } from '#lib/platform/db.ts';
import { deliver } from '#lib/platform/testing/demo/deliver.ts';
import { answerTo } from '#lib/platform/testing/demo/mixed-history.ts';
import { openDemo, otherRep, owner, scopeOf, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import type { Fault } from '#lib/platform/testing/demo/faulty-crm.ts';
import { settle } from '#lib/take-in.ts';
import { undoReceiptsOf, writesOf } from '#lib/writeback/read.ts';

describe('apply', () => {
  let demo: Demo;
  let shipped: TenantSettings;
  beforeAll(async () => {
    demo = await openDemo();
    shipped = await demo.tenant(tx => settingsInForce(tx));
  });
  afterAll(() => demo.close());
  afterEach(async () => {
    demo.network.heal();
    await set({});
  });

  const manager = scopeOf('manager');
  const set = (settings: Partial<TenantSettings>) =>
    demo.tenant(tx => changeSettings(tx, scopeOf('admin'), { ...shipped, ...settings }, demo.clock.now()));
  const approved = async (): Promise<Decision> =>
    answerTo(demo, await demo.decide(await demo.newLead()), { kind: 'approve' });
  const carryOut = (decision: Decision, flow: Flow = demo.flow, s?: Stages) =>
    apply(flow, demo.service, decision.id, s);
  const load = (decision: Decision) => demo.tenant(tx => stages.decisions.load(tx, decision.id));
  const tasksOf = async (decision: Decision) => {
    const tasks = await demo.crm.call('POST', '/crm/objects/2026-09/tasks/search', {
      filterGroups: [
        { filters: [{ propertyName: 'sidecard_decision_id', operator: 'EQ', value: decision.id }] },
      ],
      properties: ['sidecard_change_id', 'hs_task_subject', 'hs_task_body'],
      limit: 10,
    });
    return tasks['results'] as { id: string; properties: Record<string, string> }[];
  };
  const count = async (query: ReturnType<typeof sql>): Promise<number> => {
    const [row] = await demo.tenant(tx => rowsOf(tx.sql, query));
    return Number(row?.['n']);
  };
  const budgetOf = ({ subject }: Decision) =>
    count(sql`select count(*)::int as n from contact_budget where record_id = ${subject.id}`);
  const entries = ({ id }: Decision, kind: string) =>
    count(sql`select count(*)::int as n from audit_log where decision_id = ${id} and kind = ${kind}`);

  /** What must hold once it is carried out, whatever happened on the way. */
  async function expectOnce(decision: Decision): Promise<void> {
    expect((await load(decision)).status).toBe('applied');
    const tasks = await tasksOf(decision);
    expect(tasks).toHaveLength(1);
    const writes = await demo.tenant(tx => writesOf(tx, decision.id));
    expect(writes).toMatchObject([
      { direction: 'apply', state: 'done', receipt: { ref: { id: tasks[0]?.id } } },
    ]);
    expect(await budgetOf(decision)).toBe(1);
    expect(await entries(decision, 'crm-changed')).toBe(1);
  }

  it('brings the task into the CRM once, with who stands behind it', async () => {
    const decision = await approved();
    await carryOut(decision);
    await expectOnce(decision);
    const [task] = await tasksOf(decision);
    expect(task?.properties['hs_task_body']).toContain(`approved by Test manager · decision ${decision.id}`);
    await carryOut(decision);
    await expectOnce(decision);
  });

  it('does nothing that nobody approved', async () => {
    const decision = await demo.decide(await demo.newLead());
    expect((await carryOut(decision)).status).toBe('open');
    expect(await tasksOf(decision)).toEqual([]);
  });

  it('has one task and one receipt when two workers take the job', async () => {
    const decision = await approved();
    await Promise.all([carryOut(decision), carryOut(decision), carryOut(decision)]);
    await expectOnce(decision);
  });

  it(
    'has one task and one receipt wherever a process dies, and undoes it once',
    { timeout: 60_000 },
    async () => {
      let survived = false;
      for (let step = 0; !survived; step++) {
        const decision = await approved();
        survived = await dies(step, (flow, s) => carryOut(decision, flow, s));
        // Dies once more, a little later, before a third process carries it through.
        await dies(step + 1, (flow, s) => carryOut(decision, flow, s));
        await carryOut(decision);
        await expectOnce(decision);
        if (survived) expect(step).toBeGreaterThan(8);
      }
    },
  );

  it('undoes once wherever a process dies, without anybody asking again', { timeout: 60_000 }, async () => {
    let survived = false;
    for (let step = 0; !survived; step++) {
      const decision = await approved();
      await carryOut(decision);
      demo.jobs.take('undo');
      survived = await dies(step, (flow, s) => undo(flow, manager, decision.id, s));
      const jobs = demo.jobs.take('undo');
      for (const job of jobs) await finishUndo(demo.flow, { ...manager, actor: job.by }, job.decisionId);
      if (jobs.length === 0) {
        // It died before anything was promised: nothing happened.
        await expectOnce(decision);
        continue;
      }
      expect((await load(decision)).status).toBe('undone');
      expect(await tasksOf(decision)).toEqual([]);
      expect(await budgetOf(decision)).toBe(0);
      expect(await demo.tenant(tx => undoReceiptsOf(tx, decision.id))).toMatchObject([
        { outcome: 'archived' },
      ]);
      if (survived) expect(step).toBeGreaterThan(6);
    }
  });

  describe('when the CRM', () => {
    const creating = (fault: Fault) =>
      demo.network.breakWith(({ method, path }) =>
        method === 'POST' && path.endsWith('/tasks') ? fault : null,
      );

    it.each<[string, Fault, string]>([
      ['answers 500', { status: 500, body: '{"message":"oops"}' }, 'unavailable'],
      ['answers a page', { status: 200, body: '<html>Bad gateway</html>' }, 'unavailable'],
      ['is not there', 'lose', 'unavailable'],
      ['does it and loses the answer', 'cut', 'unavailable'],
      ['has enough of us', { status: 429, body: '{"message":"slow down"}' }, 'limited'],
    ])('%s, the job is tried again until it is done', async (_, fault, code) => {
      const decision = await approved();
      creating(fault);
      await expect(carryOut(decision)).rejects.toMatchObject({ code });
      if (code === 'limited') demo.clock.tick(11_000); // the silence that it asked for
      // What took effect unheard is found by its key, and needs no third try.
      if (fault !== 'cut') await expect(carryOut(decision)).rejects.toMatchObject({ code });
      expect((await load(decision)).status).toBe('approved');
      if (code === 'limited') demo.clock.tick(11_000);
      demo.network.heal();
      await carryOut(decision);
      await expectOnce(decision);
    });

    it.each<[string, Fault, RegExp]>([
      ['does not accept our access', { status: 401, body: '{"message":"expired"}' }, /Reconnect HubSpot/],
      [
        'refuses',
        {
          status: 400,
          body: '{"category":"VALIDATION_ERROR","message":"Property values were not valid","errors":[{"message":"hs_task_subject is too rude"}]}',
        },
        /HubSpot says: hs_task_subject is too rude/,
      ],
    ])('%s, it is parked in its words, and done when the cause is gone', async (_, fault, words) => {
      const decision = await approved();
      creating(fault);
      expect(await carryOut(decision)).toMatchObject({
        status: 'parked',
        statusReason: expect.stringMatching(words),
      });
      expect(await budgetOf(decision)).toBe(0);
      expect(await tasksOf(decision)).toEqual([]);
      demo.network.heal();
      await answerTo(demo, decision, { kind: 'approve' });
      await carryOut(decision);
      await expectOnce(decision);
    });

    it('did it and was not heard until we gave up, another approval finds the task', async () => {
      const decision = await approved();
      creating('cut');
      await expect(carryOut(decision)).rejects.toMatchObject({ code: 'unavailable' });
      await park(demo.flow, demo.service, decision.id, 'HubSpot cannot be reached.');
      expect(await load(decision)).toMatchObject({
        status: 'parked',
        statusReason: 'HubSpot cannot be reached.',
      });
      expect(await budgetOf(decision)).toBe(1); // it may have reached the person, and did
      demo.network.heal();
      await answerTo(demo, decision, { kind: 'approve' });
      await carryOut(decision);
      await expectOnce(decision);
    });

    it('is down for an undo, what was applied stays applied and says why', async () => {
      const decision = await approved();
      await carryOut(decision);
      demo.network.breakWith(() => ({ status: 503, body: '' }));
      await expect(undo(demo.flow, manager, decision.id)).rejects.toMatchObject({ code: 'unavailable' });
      expect(await load(decision)).toMatchObject({
        status: 'applied',
        statusReason: expect.stringContaining('Not undone: HubSpot at'),
      });
      demo.network.heal();
      expect((await undo(demo.flow, manager, decision.id)).status).toBe('undone');
      expect(await tasksOf(decision)).toEqual([]);
    });
  });

  describe('judges again, and parks with the reason', () => {
    const refused = async (decision: Decision, reason: RegExp) => {
      const asked = demo.network.asked.length;
      expect(await carryOut(decision)).toMatchObject({
        status: 'parked',
        statusReason: expect.stringMatching(reason),
      });
      expect(demo.network.asked.length).toBe(asked);
      expect(await demo.tenant(tx => writesOf(tx, decision.id))).toEqual([]);
      expect(await budgetOf(decision)).toBe(0);
      expect(await entries(decision, 'judged-again')).toBe(1);
    };

    it.each<[string, Partial<TenantSettings>, RegExp]>([
      ['the kill switch was pulled', { killSwitch: true }, /kill switch/],
      [
        'writing tasks was turned off',
        { writes: { task: false, note: true, field: false, assignment: false, score: false } },
        /Writing tasks is turned off/,
      ],
      ['the budget was lowered', { touchesPerWeek: 0 }, /contacted as often this week/],
    ])('%s', async (_, settings, reason) => {
      const decision = await approved();
      await set(settings);
      await refused(decision, reason);
      await set({});
      await answerTo(demo, decision, { kind: 'approve' });
      await carryOut(decision);
      await expectOnce(decision);
    });

    it('the person opted out meanwhile', async () => {
      const decision = await approved();
      await demo.crm.update('contacts', decision.subject.id, { hs_email_optout: 'true' });
      demo.clock.tick(1000);
      await deliver(demo.flow, [{ ref: decision.subject, field: 'hs_email_optout' }]);
      await settle(demo.flow, demo.service, [decision.subject]);
      await refused(decision, /opted out of e-mail/);
    });

    it('the record got another owner, and a rep had approved', async () => {
      const open = await demo.decide(await demo.newLead());
      const decision = await answerTo(demo, open, { kind: 'approve' }, scopeOf('rep', owner));
      await demo.crm.update('contacts', decision.subject.id, { hubspot_owner_id: otherRep });
      demo.clock.tick(1000);
      await deliver(demo.flow, [{ ref: decision.subject, field: 'hubspot_owner_id' }]);
      await settle(demo.flow, demo.service, [decision.subject]);
      await refused(decision, /only to records that the rep owns/);
    });

    it('nobody’s approval covers what now stands there', async () => {
      const decision = await approved();
      await demo.database.db.owner.execute(
        sql`update decisions set suggestion = jsonb_set(suggestion, '{changes,0,title}', '"Wire the money"') where id = ${decision.id}`,
      );
      await refused(decision, /given to other changes than these/);
      await demo.database.db.owner.execute(
        sql`update decisions set suggestion = lineage -> 'suggestion' where id = ${decision.id}`,
      );
    });
  });

  describe('undo', () => {
    const applied = async () => {
      const decision = await approved();
      await carryOut(decision);
      return decision;
    };

    it('takes the task back, frees the budget, and does it once', async () => {
      const decision = await applied();
      const all = await Promise.all([1, 2, 3].map(() => undo(demo.flow, manager, decision.id)));
      expect(all.map(each => each.status)).toEqual(['undone', 'undone', 'undone']);
      expect(await undo(demo.flow, manager, decision.id)).toMatchObject({ status: 'undone' });
      expect(await tasksOf(decision)).toEqual([]);
      expect(await budgetOf(decision)).toBe(0);
      expect(await entries(decision, 'crm-changed')).toBe(2);
    });

    it.each([
      ['another rep', scopeOf('rep', otherRep)],
      ['operations', scopeOf('operations')],
      ['an auditor', scopeOf('auditor')],
    ])('is not for %s', async (_, by) => {
      const decision = await applied();
      await expect(undo(demo.flow, by, decision.id)).rejects.toMatchObject({ code: 'forbidden' });
      await expectOnce(decision);
    });

    it('is stopped by the kill switch, and not by limits on contacting people', async () => {
      const decision = await applied();
      await set({ killSwitch: true });
      await expect(undo(demo.flow, manager, decision.id)).rejects.toMatchObject({ code: 'forbidden' });
      await set({ touchesPerWeek: 0 });
      expect((await undo(demo.flow, manager, decision.id)).status).toBe('undone');
    });

    it('finds nothing to do where somebody removed the task already', async () => {
      const decision = await applied();
      const [task] = await tasksOf(decision);
      await demo.crm.remove('tasks', task?.id ?? '');
      expect((await undo(demo.flow, manager, decision.id)).status).toBe('undone');
      expect(await demo.tenant(tx => undoReceiptsOf(tx, decision.id))).toMatchObject([
        { outcome: 'unchanged' },
      ]);
    });

    it('refuses what was never applied', async () => {
      const decision = await demo.decide(await demo.newLead());
      await expect(undo(demo.flow, manager, decision.id)).rejects.toMatchObject({ code: 'conflict' });
      await expect(undo(demo.flow, manager, 'dec_nobody')).rejects.toMatchObject({ code: 'not_found' });
    });
  });

  it('leaves a ledger that proves all of this', async () => {
    await demo.tenant(tx => stages.decisions.sequence(tx));
    expect(await demo.tenant(tx => stages.decisions.verify(tx))).toMatchObject({ ok: true, problems: [] });
  });

  class Death extends Error {}

  /** Runs work in a process that dies at a boundary: before or after any transaction or request. True: it lived. */
  async function dies(at: number, work: (flow: Flow, s: Stages) => Promise<unknown>): Promise<boolean> {
    let boundary = 0;
    const cross = () => {
      // Once dead, always dead: no handler of the process does anything any more.
      if (boundary++ >= at) throw new Death();
    };
    const around = async <T>(step: () => Promise<T>): Promise<T> => {
      cross();
      const result = await step();
      cross();
      return result;
    };
    const db: Db = { ...demo.flow.db, tenant: (id, step) => around(() => demo.flow.db.tenant(id, step)) };
    const mortal: Stages = {
      ...stages,
      writeback: {
        ...stages.writeback,
        openWriter: connection => {
          const writer = stages.writeback.openWriter(connection);
          return {
            ownerField: writer.ownerField,
            findByChange: (...a) => around(() => writer.findByChange(...a)),
            createTask: (...a) => around(() => writer.createTask(...a)),
            createNote: (...a) => around(() => writer.createNote(...a)),
            read: (...a) => around(() => writer.read(...a)),
            updateFields: (...a) => around(() => writer.updateFields(...a)),
            archive: (...a) => around(() => writer.archive(...a)),
          };
        },
      },
    };
    return work({ ...demo.flow, db }, mortal).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof Death)) throw error;
        return false;
      },
    );
  }
});
