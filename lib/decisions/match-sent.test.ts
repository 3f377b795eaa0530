import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchSentEmail, type LoggedEmail, type SuggestedEmail } from './match-sent.ts';

const body =
  'Hi Ada,\n\nyou asked what it would cost for 40 vans. I have put a quote together for you, with the trackers included. Does Thursday at ten suit you for a short call about it?\n\nBest regards,\nOlga';
const suggested = (more: Partial<SuggestedEmail> = {}): SuggestedEmail => ({
  decisionId: 'dec_1',
  draft: { subject: 'Your quote for 40 vans', body },
  at: '2026-03-02T09:00:00.000Z',
  threadIds: [],
  ...more,
});
const email = (more: Partial<LoggedEmail> = {}): LoggedEmail => ({
  ref: { crm: 'hubspot', object: 'emails', id: '1' },
  at: '2026-03-02T11:00:00.000Z',
  subject: 'Your quote for 40 vans',
  body,
  threadId: null,
  ...more,
});

describe('an e-mail that the CRM logged', () => {
  it('is the draft as it was', () => {
    expect(matchSentEmail(email(), [suggested()])).toMatchObject({ decisionId: 'dec_1', edited: 0 });
  });

  it('is the draft with a few words changed, and says how many', () => {
    const changed = email({ body: body.replace('Thursday at ten', 'Friday at noon') });
    const match = matchSentEmail(changed, [suggested()]);
    expect(match?.edited).toBeGreaterThan(0);
    expect(match?.edited).toBeLessThan(0.2);
    expect(match?.reasons.length).toBeGreaterThan(1);
  });

  it.each<[string, LoggedEmail, SuggestedEmail]>([
    [
      'about something else',
      email({ body: 'See you at the fair next week!', subject: 'The fair' }),
      suggested(),
    ],
    ['sent before it was suggested', email({ at: '2026-03-01T09:00:00.000Z' }), suggested()],
    ['sent weeks later', email({ at: '2026-03-20T09:00:00.000Z' }), suggested()],
    ['for an empty draft', email({ body: '' }), suggested({ draft: { subject: '', body: '' } })],
  ])('is none of ours: %s', (_, logged, draft) => {
    expect(matchSentEmail(logged, [draft])).toBeNull();
  });

  it('comes from the one of several that is most like it', () => {
    const other = suggested({
      decisionId: 'dec_2',
      draft: { subject: 'Your quote for 40 vans', body: body.replace('Thursday at ten', 'Monday at two') },
    });
    expect(matchSentEmail(email(), [other, suggested()])?.decisionId).toBe('dec_1');
  });

  it('never fails, and edits are a share', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (draft, text) => {
        const one = suggested({ draft: { subject: '', body: draft } });
        const match = matchSentEmail(email({ body: text }), [one]);
        if (match) expect(match.edited >= 0 && match.edited <= 1).toBe(true);
      }),
    );
  });
});
