import { expect, it } from 'vitest';
import { forgetting } from './forget-evidence.ts';

const ana = { crm: 'hubspot', object: 'contacts', id: '7' } as const;
const mail = { crm: 'hubspot', object: 'emails', id: '91' } as const;
const { pattern, forget } = forgetting({
  subjects: [ana],
  activities: [mail],
  marks: [{ kind: 'name', text: 'Ana Silva' }],
});

it('takes quotes of what is gone out, with the sentences that rest on them, and the name out of the rest', () => {
  const about = { ...ana, id: '8' };
  const kept = { text: 'Bo asked for a price', evidence: [{ ...about, snippet: 'price?' }] };
  const value = {
    subject: about,
    why: [
      { text: 'She said no', evidence: [{ ...mail, snippet: 'no, thank you' }] },
      { ...kept, text: 'Bo and Ana Silva met' },
      kept,
    ],
    features: { a: { value: 3, text: 'three e-mails', evidence: [{ ...mail, snippet: 'x' }] } },
  };
  expect(forget(value)).toEqual({
    subject: about,
    why: [
      { text: '[erased]', evidence: [{ ...mail, snippet: '' }] },
      { ...kept, text: 'Bo and [erased] met' },
      kept,
    ],
    features: { a: { value: 3, text: '[erased]', evidence: [{ ...mail, snippet: '' }] } },
  });
  expect(new RegExp(pattern ?? '', 'i').test(JSON.stringify({ id: '91' }))).toBe(true);
  expect(new RegExp(pattern ?? '', 'i').test(JSON.stringify({ id: '911' }))).toBe(false);
});
