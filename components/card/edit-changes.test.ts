import { describe, expect, it } from 'vitest';
import { Answer } from '#lib/core/answer.ts';
import type { TaskChange } from '#lib/core/proposal.ts';
import { answerWithEdit, carryEditOver, findEditProblems } from './edit-changes.ts';

const task: TaskChange = {
  id: 'chg_1',
  subject: { crm: 'hubspot', object: 'contacts', id: '7' },
  kind: 'task',
  channel: 'email',
  title: 'Write to Ada',
  body: 'She asked for prices.',
  draft: { subject: 'Prices', body: 'Hello Ada' },
  dueAt: '2026-11-24T08:30:00.000Z',
  ownerId: '3',
};

describe('answerWithEdit', () => {
  it('carries the edited changes under the hash that was read', () => {
    const edited = { ...task, draft: { subject: 'Prices', body: 'Dear Ada' } };
    const answer = answerWithEdit('h1', [task], [edited]);
    expect(answer).toEqual({ kind: 'edit', changesHash: 'h1', changes: [edited] });
    expect(Answer.safeParse(answer).success).toBe(true);
  });

  it('is a plain approval when nothing was edited', () => {
    expect(answerWithEdit('h1', [task], [{ ...task }])).toEqual({ kind: 'approve', changesHash: 'h1' });
  });
});

describe('findEditProblems', () => {
  it('names each part that cannot be approved', () => {
    const bad = {
      ...task,
      title: ' ',
      dueAt: '',
      draft: { subject: 's'.repeat(201), body: 'b'.repeat(8001) },
    };
    expect(findEditProblems([bad]).map(p => p.part)).toEqual(['title', 'dueAt', 'subject', 'message']);
    expect(findEditProblems([task])).toEqual([]);
  });
});

describe('carryEditOver', () => {
  it('keeps the words of the person and the ids and owner of the newer proposal', () => {
    const edited = { ...task, title: 'Call Ada', draft: { subject: 'Mine', body: 'My words' } };
    const newer = { ...task, id: 'chg_2', ownerId: '4', title: 'Write to Ada again' };
    expect(carryEditOver([edited], [newer])).toEqual([
      { ...newer, title: 'Call Ada', draft: { subject: 'Mine', body: 'My words' } },
    ]);
  });

  it('takes over nothing into a change of another kind, and no draft where none is wanted any more', () => {
    const note = { ...task, kind: 'note', body: 'A note' } as const;
    expect(carryEditOver([task], [note])).toEqual([note]);
    expect(carryEditOver([task], [{ ...task, draft: null }])).toEqual([{ ...task, draft: null }]);
  });
});
