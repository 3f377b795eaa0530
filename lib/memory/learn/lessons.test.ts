import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskChange } from '#lib/core/proposal.ts';
import type { Taught } from './lesson.ts';
import { lessonsOf } from './lessons.ts';

const subject = { crm: 'hubspot', object: 'contacts', id: '7' } as const;
const body = `Hi Maria,

Thank you for your message of 9 March. You asked: “What does it cost?”

I would like to understand what you are looking for before I send you anything.

Would a short call on Thursday or Friday suit you?

Best regards,
Tom`;
const before: TaskChange = {
  id: 'chg_1',
  subject,
  kind: 'task',
  channel: 'email',
  title: 'Follow up',
  body: '',
  draft: { subject: 'Prices', body },
  dueAt: '2026-11-20T15:00:00.000Z',
  ownerId: '11',
};
const base: Taught = { before, after: null, reason: '', name: 'Maria', zone: 'Europe/London' };
const edited = (text: string, more: Partial<TaskChange> = {}) =>
  lessonsOf({ ...base, after: { ...before, draft: { subject: 'Prices', body: text }, ...more } });
const rejected = (reason: string, more: Partial<Taught> = {}) =>
  lessonsOf({ ...base, reason, ...more }).map(({ kind, text }) => `${kind}: ${text}`);

describe('an edit teaches', () => {
  it('nothing where nothing but this one matter changed', () => {
    expect(edited(body)).toEqual([]);
    expect(edited(body.replace('What does it cost?', 'How much is it?'))).toEqual([]);
    expect(edited(body, { dueAt: '2026-11-23T16:00:00.000Z' })).toEqual([]);
  });

  it('the signature, privately', () => {
    expect(edited(body.replace('Best regards,\nTom', 'Cheers,\nTom Baker\nHead of Sales'))).toEqual([
      {
        scope: 'private',
        kind: 'signature',
        text: 'Cheers,\nTom Baker\nHead of Sales',
        about: 'all',
        confidence: 0.7,
      },
    ]);
  });

  it('the greeting, privately', () => {
    expect(edited(body.replace('Hi Maria', 'Dear Maria'))).toMatchObject([
      { scope: 'private', kind: 'tone', text: 'Greet with “Dear”', about: 'all' },
    ]);
  });

  it('a sentence that is left out, where it names nothing of this record', () => {
    const plain = 'I would like to understand what you are looking for before I send you anything.';
    expect(edited(body.replace(plain, ''))).toMatchObject([
      { scope: 'private', kind: 'do-not', text: `Leave out “${plain}”` },
    ]);
    expect(edited(body.replace('Thank you for your message of 9 March.', ''))).toEqual([]);
  });

  it('the half of the day on the recipient’s clock, for everybody', () => {
    expect(edited(body, { dueAt: '2026-11-23T09:00:00.000Z' })).toMatchObject([
      { scope: 'account', kind: 'preference', text: 'Maria is best reached in the morning', about: 'record' },
    ]);
    expect(
      lessonsOf({ ...base, zone: 'Asia/Tokyo', after: { ...before, dueAt: '2026-11-20T02:00:00.000Z' } }),
    ).toEqual([]);
  });

  it('at most three things, whatever is written', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (was, is) => {
        const draft = (text: string) => ({ ...before, draft: { subject: '', body: text } });
        const lessons = lessonsOf({ ...base, before: draft(was), after: draft(is) });
        expect(lessons.length).toBeLessThanOrEqual(3);
        for (const { text } of lessons) expect(text.length).toBeLessThanOrEqual(500);
      }),
    );
  });
});

describe('a rejection teaches', () => {
  it.each([
    ['Wrong time: Maria prefers calls in the morning', 'preference: Maria prefers calls in the morning'],
    ['do not call before noon', 'do-not: Do not call before noon'],
    ['Wrong channel: no e-mails please', 'do-not: No e-mails please'],
    ['Wrong content: contact the assistant instead', 'relation: Contact the assistant instead'],
    ['Ben decides there', 'relation: Ben decides there'],
    ['Wrong channel', 'preference: Maria prefers calls to e-mails'],
  ])('%s', (reason, expected) => {
    expect(rejected(reason)).toEqual([expected]);
  });

  it.each([
    'Wrong time',
    'Already done',
    'Already done: met her yesterday',
    'Not worth pursuing: too small',
    'no',
  ])('nothing lasting: %s', reason => {
    expect(rejected(reason)).toEqual([]);
  });

  it('words of any length become one that can be kept', () => {
    expect(rejected('x'.repeat(1900))[0]?.length).toBeLessThan(520);
  });
});
