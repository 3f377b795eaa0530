import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Receipt } from '#lib/core/answer.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Change } from '#lib/core/proposal.ts';
import type { Subject } from '#lib/core/subject.ts';
import { startTestCrm, type TestCrm } from '#lib/crm/testing/test-crm.ts';
import { installProperties } from '#lib/crm/setup.ts';
import { openWriter, type CrmWriter } from '#lib/crm/writer.ts';
import type { Db } from '#lib/platform/db.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { receiptsOf, undoReceiptsOf, writesOf } from './read.ts';
import { apply, undo } from './writeback.ts';

const now = new Date('2026-11-20T10:00:00.000Z');

describe('write-back', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  let crm: TestCrm;
  let writer: CrmWriter;
  let subject: Subject;
  let n = 0;

  beforeAll(async () => {
    test = await openTestDb();
    crm = await startTestCrm();
    await installProperties(crm.session);
    writer = openWriter(crm.session);
  });
  afterAll(async () => {
    await crm.stop();
    await test.close();
  });
  beforeEach(async () => {
    n += 1;
    const id = await crm.create('contacts', { email: `w${n}@x.io`, jobtitle: 'Buyer' });
    subject = { crm: 'hubspot', object: 'contacts', id };
  });

  const decisionOf = (id: string) => ({ id, tenantId: 'a', suggestion: { agent: 'follow-up' } });
  const task = (id: string): Change => ({
    id,
    kind: 'task',
    subject,
    channel: 'call',
    title: 'Call her',
    body: 'About prices',
    draft: null,
    dueAt: '2026-12-01T09:00:00.000Z',
    ownerId: null,
  });
  const field = (id: string, from: string | null, to: string | null): Change => ({
    id,
    kind: 'field',
    subject,
    field: 'jobtitle',
    from,
    to,
  });
  const run = (decisionId: string, changes: Change[], over: { db?: Db; writer?: CrmWriter } = {}) =>
    apply(over.db ?? test.db, over.writer ?? writer, {
      decision: decisionOf(decisionId),
      changes,
      approvedBy: 'Dana',
      now,
    });
  const revert = (decisionId: string, receipts: Receipt[], over: { db?: Db; writer?: CrmWriter } = {}) =>
    undo(over.db ?? test.db, over.writer ?? writer, { decision: decisionOf(decisionId), receipts, now });
  const read = <T>(work: (tx: Parameters<Parameters<Db['tenant']>[1]>[0]) => Promise<T>) =>
    test.db.tenant('a', work);
  const ours = async (object: 'tasks' | 'notes', changeId: string) =>
    (await crm.list(object, ['sidecard_change_id'])).filter(
      ({ properties }) => properties['sidecard_change_id'] === changeId,
    );
  const jobtitle = async () => (await writer.read(subject, ['jobtitle']))?.values['jobtitle'];

  it('writes each change, keeps before and after, and shows what it did', async () => {
    const changes: Change[] = [
      task('chg_a1'),
      { id: 'chg_a2', kind: 'note', subject, body: 'Noted.' },
      field('chg_a3', 'Buyer', 'Head of buying'),
      { id: 'chg_a4', kind: 'assignment', subject, from: null, to: null },
    ];
    const { receipts } = await run('dec_a', changes);
    for (const receipt of receipts) Receipt.parse(receipt);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'updated', 'unchanged']);
    expect(receipts[2]).toMatchObject({
      before: { jobtitle: 'Buyer' },
      after: { jobtitle: 'Head of buying' },
      url: `/contacts/${subject.id}`,
    });
    expect(receipts[0]?.url).toBe(`/contacts/${subject.id}#tasks-${receipts[0]?.ref.id}`);
    expect(await read(tx => receiptsOf(tx, 'dec_a'))).toEqual(receipts);
    expect(await run('dec_a', changes)).toEqual({ receipts });
    expect(await test.db.tenant('b', tx => receiptsOf(tx, 'dec_a'))).toEqual([]);
  });

  it('takes everything back, newest first, once', async () => {
    const changes: Change[] = [task('chg_b1'), field('chg_b2', 'Buyer', 'Boss')];
    const { receipts } = await run('dec_b', changes);
    const undone = await revert('dec_b', receipts);
    expect(undone.receipts.map(({ changeId, outcome }) => [changeId, outcome])).toEqual([
      ['chg_b2', 'updated'],
      ['chg_b1', 'archived'],
    ]);
    expect(await jobtitle()).toBe('Buyer');
    expect(await ours('tasks', 'chg_b1')).toEqual([]);
    expect(await revert('dec_b', receipts)).toEqual(undone);
    expect(await read(tx => undoReceiptsOf(tx, 'dec_b'))).toHaveLength(2);
  });

  it('says on the record who changed it, and who took it back', async () => {
    const stamped = async () =>
      (await writer.read(subject, ['sidecard_last_change']))?.values['sidecard_last_change'];
    const { receipts } = await run('dec_s', [field('chg_s', 'Buyer', 'Boss')]);
    expect(await stamped()).toBe(
      'decision dec_s, follow-up agent, approved by Dana, at 2026-11-20T10:00:00.000Z: jobtitle',
    );
    expect(receipts[0]?.after).toEqual({ jobtitle: 'Boss' });
    await undo(test.db, writer, { decision: decisionOf('dec_s'), receipts, by: 'Ola', now });
    expect(await stamped()).toBe(
      'decision dec_s, follow-up agent, taken back by Ola, at 2026-11-20T10:00:00.000Z: jobtitle',
    );
  });

  it('leaves a field alone that somebody changed, and says all three values', async () => {
    await crm.update('contacts', subject.id, { jobtitle: 'Owner' });
    const error = await caught(run('dec_c', [task('chg_c1'), field('chg_c2', 'Buyer', 'Boss')]));
    expect(error).toMatchObject({
      code: 'conflict',
      details: { changeId: 'chg_c2', field: 'jobtitle', expected: 'Buyer', current: 'Owner', wanted: 'Boss' },
    });
    expect(await jobtitle()).toBe('Owner');
    expect(await read(tx => writesOf(tx, 'dec_c'))).toMatchObject([
      { changeId: 'chg_c1', state: 'done' },
      { changeId: 'chg_c2', state: 'refused', problem: error.message },
    ]);
    await crm.update('contacts', subject.id, { jobtitle: 'Buyer' });
    expect((await run('dec_c', [field('chg_c2', 'Buyer', 'Boss')])).receipts).toMatchObject([
      { outcome: 'updated' },
    ]);
    await crm.update('contacts', subject.id, { jobtitle: 'Owner' });
    const receipts = await read(tx => receiptsOf(tx, 'dec_c'));
    expect(await caught(revert('dec_c', receipts))).toMatchObject({
      code: 'conflict',
      details: { expected: 'Boss', current: 'Owner', wanted: 'Buyer' },
    });
  });

  it('finds nothing to do where it is so already, and undoes nothing then', async () => {
    const { receipts } = await run('dec_d', [field('chg_d1', 'Intern', 'Buyer')]);
    expect(receipts).toMatchObject([{ outcome: 'unchanged', before: { jobtitle: 'Buyer' } }]);
    expect((await revert('dec_d', receipts)).receipts).toMatchObject([{ outcome: 'unchanged' }]);
    expect(await jobtitle()).toBe('Buyer');
  });

  it('notes a failure that passes, and succeeds later; a refusal in HubSpot’s words', async () => {
    const down: CrmWriter = {
      ...writer,
      createTask: () => Promise.reject(new AppError('unavailable', 'Down.')),
    };
    expect(await caught(run('dec_e', [task('chg_e1')], { writer: down }))).toMatchObject({
      code: 'unavailable',
    });
    expect(await read(tx => writesOf(tx, 'dec_e'))).toMatchObject([{ state: 'reserved', problem: 'Down.' }]);
    expect((await run('dec_e', [task('chg_e1')])).receipts).toHaveLength(1);
    const nonsense: Change = { ...field('chg_e2', null, 'x'), field: 'no_such_field' } as Change;
    const error = await caught(run('dec_e', [nonsense]));
    expect(error.code).toBe('refused');
    expect(error.message).toContain('no_such_field');
  });

  it('says so when the record is gone', async () => {
    await crm.remove('contacts', subject.id);
    expect(await caught(run('dec_f', [field('chg_f1', 'Buyer', 'x')]))).toMatchObject({ code: 'conflict' });
  });

  it('has each effect exactly once, wherever it dies and however often', async () => {
    let survived = false;
    for (let step = 0; !survived; step++) {
      const [first, second, dec] = [`chg_k${step}`, `chg_l${step}`, `dec_k${step}`];
      await crm.update('contacts', subject.id, { jobtitle: 'Buyer' });
      const changes = [task(first), field(second, 'Buyer', 'Boss')];
      const work = () => run(dec, changes, mortal(test.db, writer, step));
      survived = await work().then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof Death)) throw error;
          return false;
        },
      );
      await run(dec, changes, mortal(test.db, writer, step + 1)).catch(() => undefined);
      const { receipts } = await run(dec, changes);
      expect(await ours('tasks', first)).toHaveLength(1);
      expect(await jobtitle()).toBe('Boss');
      expect(receipts).toMatchObject([
        { outcome: 'created', ref: { id: (await ours('tasks', first))[0]?.id } },
        { outcome: 'updated', before: { jobtitle: 'Buyer' }, after: { jobtitle: 'Boss' } },
      ]);
      await revert(dec, receipts, mortal(test.db, writer, step)).catch(() => undefined);
      const undone = await revert(dec, receipts);
      expect(await ours('tasks', first)).toHaveLength(0);
      expect(await jobtitle()).toBe('Buyer');
      expect(undone.receipts).toMatchObject([
        { outcome: 'updated', after: { jobtitle: 'Buyer' } },
        { outcome: 'archived' },
      ]);
      if (survived) expect(step).toBeGreaterThan(12);
    }
  });

  it('has each effect once when two workers do it at the same time', async () => {
    const changes = [task('chg_p1'), field('chg_p2', 'Buyer', 'Boss')];
    const both = await Promise.all([run('dec_p', changes), run('dec_p', changes)]);
    expect(both[0]).toEqual(both[1]);
    expect(both[0].receipts[1]).toMatchObject({ outcome: 'updated', before: { jobtitle: 'Buyer' } });
    expect(await ours('tasks', 'chg_p1')).toHaveLength(1);
    expect(await jobtitle()).toBe('Boss');
  });
});

class Death extends Error {}

/** A database and a writer that die, before or after the work, at the given boundary between two awaits. */
function mortal(db: Db, writer: CrmWriter, diesAt: number): { db: Db; writer: CrmWriter } {
  let boundary = 0;
  const cross = () => {
    if (boundary++ === diesAt) throw new Death();
  };
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    cross();
    const result = await work();
    cross();
    return result;
  };
  return {
    db: { ...db, tenant: (id, work) => around(() => db.tenant(id, work)) },
    writer: {
      ownerField: writer.ownerField,
      findByChange: (...a) => around(() => writer.findByChange(...a)),
      createTask: (...a) => around(() => writer.createTask(...a)),
      createNote: (...a) => around(() => writer.createNote(...a)),
      read: (...a) => around(() => writer.read(...a)),
      updateFields: (...a) => around(() => writer.updateFields(...a)),
      archive: (...a) => around(() => writer.archive(...a)),
    },
  };
}

async function caught(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error('expected an AppError', { cause: error });
  return error;
}
