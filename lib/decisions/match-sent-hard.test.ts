import { describe, expect, it } from 'vitest';
import { ownText } from './mail-words.ts';
import { matchSentEmail, type LoggedEmail, type SuggestedEmail } from './match-sent.ts';

const draft = {
  subject: 'Telematics for your depot in Malmö',
  body: 'Hello Jonas,\n\nyou wrote that the depot in Malmö loses two hours a day to key handovers. Two of our customers solved that with driver cards. Shall I show you how on Tuesday at 14:00?\n\nKind regards,\nMira Holm',
};
const suggested = (more: Partial<SuggestedEmail> = {}): SuggestedEmail => ({
  decisionId: 'dec_1',
  draft,
  at: '2026-05-04T08:00:00.000Z',
  threadIds: [],
  ...more,
});
const sent = (more: Partial<LoggedEmail> = {}): LoggedEmail => ({
  ref: { crm: 'hubspot', object: 'emails', id: '9' },
  at: '2026-05-04T12:00:00.000Z',
  subject: draft.subject,
  body: draft.body,
  threadId: null,
  ...more,
});

describe('e-mails that are hard to match', () => {
  it('as HTML, with a signature and the thread quoted below', () => {
    const html = `<div dir="ltr">${draft.body.replaceAll('\n', '<br>')}</div><br><p>Halvern AB &amp; Co</p>
      <div>On Mon, 4 May 2026 at 09:12, Jonas Ek &lt;j@ek.se&gt;<br>wrote:</div><blockquote>How about driver cards?</blockquote>`;
    expect(matchSentEmail(sent({ body: html }), [suggested()])?.edited).toBe(0);
  });

  it.each([
    ['On 4 May 2026, Jonas Ek <j@ek.se> wrote:\n> our words'],
    ['Am 04.05.2026 um 09:12 schrieb Jonas Ek <j@ek.se>:\n> unsere Worte'],
    ['-----Original Message-----\nFrom: j@ek.se'],
    ['________________________________\nVon: j@ek.se'],
  ])('the thread below does not count: %s', quoted => {
    expect(ownText(`Mine.\n\n${quoted}`).trim()).toBe('Mine.');
  });

  it('an answer that quotes the draft and says something else did not come from it', () => {
    const quoting = `No, thank you, we are fine with what we have.\n\n> ${draft.body.replaceAll('\n', '\n> ')}`;
    expect(matchSentEmail(sent({ body: quoting }), [suggested()])).toBeNull();
  });

  it('of two suggestions to one person each e-mail finds its own, in either order', () => {
    const other = suggested({
      decisionId: 'dec_2',
      draft: {
        subject: 'The fair in June',
        body: 'Hello Jonas,\n\nwe shall be at the logistics fair in June, hall B4. Shall I keep an hour for you there, with a look at the new driver cards?\n\nKind regards,\nMira Holm',
      },
    });
    for (const open of [
      [suggested(), other],
      [other, suggested()],
    ]) {
      expect(matchSentEmail(sent(), open)?.decisionId).toBe('dec_1');
      expect(matchSentEmail(sent(other.draft), open)?.decisionId).toBe('dec_2');
    }
  });

  it('of two equal suggestions the newest is meant', () => {
    const again = suggested({ decisionId: 'dec_2', at: '2026-05-04T11:00:00.000Z' });
    expect(matchSentEmail(sent(), [suggested(), again])?.decisionId).toBe('dec_2');
    expect(matchSentEmail(sent(), [again, suggested()])?.decisionId).toBe('dec_2');
  });

  it('the same letter to somebody else came from another suggestion', () => {
    const forJonas = suggested({ recipients: ['Jonas@Ek.se'] });
    expect(matchSentEmail(sent({ to: ['Pia Lund <pia@lund.se>'] }), [forJonas])).toBeNull();
    expect(matchSentEmail(sent({ to: ['Jonas Ek <jonas@ek.se>'] }), [forJonas])).not.toBeNull();
  });

  it('a colleague’s own letter under the same subject is not ours, and one that sends our draft is', () => {
    const mine = suggested({ ownerId: '1' });
    const body =
      'Hello Jonas,\n\nyou wrote that the depot in Malmö needs new keys. I have asked the workshop.\n\nPer';
    expect(matchSentEmail(sent({ body, ownerId: '2' }), [mine])).toBeNull();
    expect(matchSentEmail(sent({ ownerId: '2' }), [mine])?.reasons).toContain(
      'Somebody else sent it than the suggestion was for.',
    );
  });

  it('a short polite draft proves nothing by its words', () => {
    const thanks = suggested({ draft: { subject: 'Thanks', body: 'Thank you!' } });
    const letter = sent({ subject: 'Invoice', body: 'Thank you! The invoice is attached.' });
    expect(matchSentEmail(letter, [thanks])).toBeNull();
    expect(matchSentEmail({ ...letter, subject: 'Re: Thanks' }, [thanks])).not.toBeNull();
  });

  it('a circular with the same greeting and regards did not come from it', () => {
    const body =
      'Hello Jonas,\n\nour newsletter of May is out: electric vans, a new office in Oslo, and a word from our founder.\n\nKind regards,\nMira Holm';
    expect(matchSentEmail(sent({ subject: 'News in May', body }), [suggested()])).toBeNull();
  });
});
