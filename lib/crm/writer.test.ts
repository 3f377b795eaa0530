import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskChange } from '#lib/core/proposal.ts';
import { installProperties } from './setup.ts';
import { startTestCrm, type TestCrm } from './testing/test-crm.ts';
import { openWriter, type CrmWriter } from './writer.ts';

const stamp = { decisionId: 'dec_1', agent: 'follow-up', approvedBy: 'Dana Reyes' };
const changeStamp = { ...stamp, at: '2026-11-20T08:00:00.000Z', undo: false };

describe('writing to HubSpot through its own client', () => {
  let crm: TestCrm;
  let writer: CrmWriter;
  let contact: { crm: 'hubspot'; object: 'contacts'; id: string };

  beforeAll(async () => {
    crm = await startTestCrm();
    writer = openWriter(crm.session);
  });
  afterAll(() => crm.stop());

  const task = (id: string): TaskChange => ({
    id,
    kind: 'task',
    subject: contact,
    channel: 'email',
    title: 'Answer about pricing',
    body: 'She asked on Monday & waits.',
    draft: { subject: 'Prices', body: 'Dear Ann,\n<b>here</b> they are.' },
    dueAt: '2026-12-01T09:00:00.000Z',
    ownerId: null,
  });

  it('sets up its properties once, and again without effect', async () => {
    const { created } = await installProperties(crm.session);
    expect(created).toContain('tasks.sidecard_change_id');
    expect(created).toContain('contacts.sidecard_score_band');
    expect(await installProperties(crm.session)).toEqual({ created: [] });
    contact = { crm: 'hubspot', object: 'contacts', id: await crm.create('contacts', { email: 'ann@x.io' }) };
  });

  it('creates a task with draft and stamp on the record, as text and not as markup', async () => {
    const made = await writer.createTask(task('chg_1'), stamp);
    expect(made.ref.object).toBe('tasks');
    const [found] = await crm.list('tasks', ['hs_task_body', 'hs_task_type', 'hs_task_status'], ['contacts']);
    expect(found?.id).toBe(made.ref.id);
    expect(found?.associations?.['contacts']?.results[0]?.id).toBe(contact.id);
    expect(found?.properties).toMatchObject({ hs_task_type: 'EMAIL', hs_task_status: 'NOT_STARTED' });
    const body = found?.properties['hs_task_body'] ?? '';
    expect(body).toContain(
      'Monday &amp; waits.<br><br>Subject: Prices<br><br>Dear Ann,<br>&lt;b&gt;here&lt;/b&gt;',
    );
    expect(body).toMatch(/follow-up agent · approved by Dana Reyes · decision dec_1$/);
  });

  it('answers a repeated creation with the first, and finds it by the change', async () => {
    const first = await writer.findByChange('tasks', 'chg_1');
    const again = await writer.createTask({ ...task('chg_1'), title: 'Another title' }, stamp);
    expect(again.ref).toEqual(first?.ref);
    expect(await crm.list('tasks', [])).toHaveLength(1);
    expect(await writer.findByChange('tasks', 'chg_unknown')).toBeNull();
  });

  it('creates exactly one of five at once', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => writer.createTask(task('chg_2'), stamp)));
    expect(new Set(made.map(({ ref }) => ref.id)).size).toBe(1);
  });

  it('creates notes, says when nobody had to approve, and takes them back', async () => {
    const note = { id: 'chg_3', kind: 'note', subject: contact, body: 'Line 1\nLine 2' } as const;
    const made = await writer.createNote(note, { ...stamp, approvedBy: null }, '2026-11-20T08:00:00.000Z');
    expect((await writer.read(made.ref, ['hs_note_body']))?.values['hs_note_body']).toMatch(
      /^Line 1<br>Line 2<br><br>.*allowed by policy/,
    );
    await writer.archive(made.ref);
    await writer.archive(made.ref);
    expect(await writer.read(made.ref, [])).toBeNull();
  });

  it('reads, changes and clears fields', async () => {
    expect((await writer.read(contact, ['firstname']))?.values).toEqual({ firstname: null });
    const change = (values: Record<string, string | null>) =>
      writer.updateFields(contact, values, changeStamp);
    expect((await change({ firstname: 'Ann' })).values).toEqual({ firstname: 'Ann' });
    expect((await change({ firstname: null })).values).toEqual({ firstname: null });
  });
});
