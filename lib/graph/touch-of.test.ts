import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CrmRecord } from '#lib/core/record.ts';
import type { CrmObject } from '#lib/core/subject.ts';
import { textOfHtml } from './text-of-html.ts';
import { touchOf } from './touch-of.ts';

const record = (object: CrmObject, fields: Record<string, string | null>): CrmRecord => ({
  ref: { crm: 'hubspot', object, id: '1' },
  version: 'v',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-05T00:00:00.000Z',
  archived: false,
  fields,
  history: [],
  links: [],
});

describe('touchOf', () => {
  it('reads an incoming e-mail, from its HTML where there is no text', () => {
    const fields = {
      hs_email_direction: 'INCOMING_EMAIL',
      hs_email_subject: 'Re: Pilot',
      hs_email_text: null,
      hs_email_html: '<p>Yes &amp; soon.</p><p>Ana</p>',
      hs_email_status: 'SENT',
      hs_email_thread_id: 't1',
      hs_timestamp: '2026-01-02T10:00:00Z',
    };
    expect(touchOf(record('emails', fields))).toMatchObject({
      channel: 'email',
      direction: 'in',
      title: 'Re: Pilot',
      body: 'Yes & soon.\n\nAna',
      status: 'SENT',
      threadId: 't1',
      at: '2026-01-02T10:00:00.000Z',
    });
  });

  it.each([
    [
      'calls',
      { hs_call_direction: 'OUTBOUND', hs_call_disposition: '73a0d17f-1163-4015-bdd5-ec830791da20' },
      'NO_ANSWER',
    ],
    ['calls', { hs_call_direction: 'OUTBOUND', hs_call_disposition: 'Left voicemail' }, 'LEFT_VOICEMAIL'],
    ['meetings', { hs_meeting_outcome: 'NO_SHOW' }, 'NO_SHOW'],
    ['tasks', { hs_task_status: 'NOT_STARTED' }, 'NOT_STARTED'],
    ['notes', { hs_note_body: 'x' }, ''],
  ] as const)('reads the status of %s in the CRM’s word', (object, fields, status) => {
    expect(touchOf(record(object, { ...fields }))?.status).toBe(status);
  });

  it('takes the start of a meeting, milliseconds too, and the creation where a time cannot be read', () => {
    const at = (fields: Record<string, string>) => touchOf(record('meetings', fields))?.at;
    const start = '2026-03-01T09:00:00.000Z';
    expect(at({ hs_meeting_start_time: start, hs_timestamp: '2026-02-01T00:00:00Z' })).toBe(start);
    expect(at({ hs_timestamp: String(Date.parse(start)) })).toBe(start);
    expect(at({ hs_timestamp: 'next Tuesday' })).toBe('2026-01-01T00:00:00.000Z');
    expect(at({ hs_timestamp: '+123456-01-01T00:00:00Z' })).toBe('2026-01-01T00:00:00.000Z');
  });

  it('knows the tasks that Sidecard made, and nothing of other objects', () => {
    expect(touchOf(record('tasks', { sidecard_change_id: 'chg_1' }))?.ourChange).toBe('chg_1');
    expect(touchOf(record('contacts', {}))).toBeNull();
  });
});

describe('textOfHtml', () => {
  it('leaves plain text alone, also with a smaller-than sign or an address', () => {
    expect(textOfHtml('5 < 6 and <ana@example.com> wrote')).toBe('5 < 6 and <ana@example.com> wrote');
  });

  it('drops what a reader does not see', () => {
    expect(textOfHtml('<style>p{}</style><p>Hi<br>there</p><script>alert(1)</script>!')).toBe('Hi\nthere\n!');
  });

  it('never fails, whatever the markup', () => {
    const piece = fc.constantFrom(
      '<p>',
      '<script',
      '</',
      '>',
      '<!--',
      '&#0;',
      '&#x110000;',
      '&lt;',
      'a',
      '\n',
      '<b',
    );
    fc.assert(
      fc.property(fc.array(piece), pieces => {
        expect(textOfHtml(pieces.join(''))).toBeTypeOf('string');
      }),
    );
  });

  it('takes time in proportion to the length', () => {
    const text = '<script '.repeat(200_000);
    expect(textOfHtml(`<p>${text}`).length).toBeGreaterThan(0);
  });
});
