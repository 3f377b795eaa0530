import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { DecisionStatus } from '#lib/core/decision.ts';
import type { Evidence } from '#lib/core/evidence.ts';
import type { SubjectView, SuggestionView } from '#lib/views/types.ts';
import { Card } from './card.tsx';

const subject = { crm: 'hubspot', object: 'contacts', id: '7' } as const;
const at = '2026-11-22T18:25:00.000Z';
const mail: Evidence = {
  crm: 'hubspot',
  object: 'emails',
  id: '91',
  version: '3',
  at,
  snippet: '<b>Send me prices</b>',
  url: '/contacts/7#emails-91',
};
const draft = {
  subject: 'Prices <script>alert(1)</script>',
  body: 'Hello, you asked for <img src=x onerror=alert(1)> on Friday.',
};
const suggestion: SuggestionView = {
  decisionId: 'dec_1',
  kind: 'propose',
  task: 'follow-up',
  mode: 'rules',
  status: 'open',
  statusReason: null,
  changesHash: 'h1',
  channel: 'email',
  sendAt: at,
  timezone: null,
  draft: { ...draft, claims: [{ text: 'You asked for <img src=x onerror=alert(1)>', evidence: [mail] }] },
  changes: [
    {
      id: 'chg_1',
      subject,
      kind: 'task',
      channel: 'email',
      title: 'Answer Ada',
      body: '',
      draft,
      dueAt: at,
      ownerId: null,
    },
  ],
  why: [{ text: 'She asked.', evidence: [mail] }],
  reason: null,
  confidence: 0.6,
  writtenBy: 'rules',
  expiresAt: at,
  createdAt: at,
  verdicts: [
    { changeId: 'chg_1', effect: 'ask', policies: ['tasks-need-approval'], reason: 'Ask.', policySet: 'p' },
  ],
  receipts: [],
  answer: null,
  sent: null,
  can: { answer: true, undo: false, why: '' },
};
const view: SubjectView = {
  subject,
  name: 'Ada',
  url: 'http://crm.test/contacts/7',
  was: [],
  account: { subject: { ...subject, object: 'companies', id: '1 2' }, name: 'Lind AB' },
  score: null,
  suggestion,
  history: [],
  states: [],
  memory: { known: [], suggested: [], mayTeach: true },
  oddities: [],
  crmPages: { crm: 'hubspot', origin: 'http://crm.test', account: null },
};
const quiet = {
  onAnswer: () => {},
  onUndo: () => {},
  onAsk: () => {},
  onOpened: () => {},
  onTeach: () => {},
};
const render = (part: Partial<SuggestionView>, problem: string | null = null) =>
  renderToStaticMarkup(
    <Card view={{ ...view, suggestion: { ...suggestion, ...part } }} problem={problem} {...quiet} />,
  );

describe('Card', () => {
  it('shows a draft as text, marked claims included', () => {
    const html = render({});
    expect(html).not.toMatch(/<(script|img|b)[\s>]/);
    expect(html).toContain('Prices &lt;script&gt;');
    expect(html).toMatch(
      /<a[^>]*href="#claim-1"[^>]*>you asked for &lt;img src=x onerror=alert\(1\)&gt;<\/a>/,
    );
  });

  it('says what is unknown, who wrote, and which policy decides', () => {
    const html = render({});
    expect(html).toContain('time zone unknown');
    expect(html).toContain('Written without a language model');
    expect(html).toContain('Needs your approval — policy tasks-need-approval');
  });

  it('links evidence into the CRM, out of the frame', () => {
    expect(render({})).toMatch(/<a href="http:\/\/crm.test\/contacts\/7#emails-91"[^>]*target="_top"/);
  });

  it('offers an answer only where the viewer can give one, and says why not', () => {
    const html = render({ can: { answer: false, undo: false, why: 'Only the owner answers.' } });
    expect(html).not.toContain('Approve');
    expect(html).toContain('Only the owner answers.');
  });

  it('shows the words of the CRM and another try when parked', () => {
    const html = render({ status: 'parked', statusReason: 'limit of 19 requests' });
    expect(html).toContain('limit of 19 requests');
    expect(html).toContain('Try again');
  });

  it('offers to undo what was applied, and nothing else', () => {
    const html = render({ status: 'applied', can: { answer: false, undo: true, why: '' } });
    expect(html).toContain('Undo');
    expect(html).not.toContain('Approve');
    expect(html).not.toContain('Suggest again');
  });

  it('stands in every state, with the problem of the last try', () => {
    for (const status of DecisionStatus.options)
      for (const answer of [true, false])
        expect(render({ status, can: { answer, undo: false, why: '' } }, 'It went wrong.')).toContain(
          'It went wrong.',
        );
  });

  it('says what the record was before, with the way there', () => {
    const was = [
      { subject: { ...subject, id: '6' }, name: 'A. Lind', url: 'http://crm.test/contacts/6' },
      {
        subject: { ...subject, object: 'leads', id: '5' } as const,
        name: 'Lind',
        url: 'http://crm.test/leads/5',
      },
    ];
    const html = renderToStaticMarkup(<Card view={{ ...view, was }} {...quiet} />);
    expect(html).toMatch(
      /Merged from <span><a href="http:\/\/crm.test\/contacts\/6"[^>]*>A. Lind<\/a> \(contact 6\)/,
    );
    expect(html).toMatch(
      /Converted from <span><a href="http:\/\/crm.test\/leads\/5"[^>]*>Lind<\/a> \(lead 5\)/,
    );
  });

  it('says quietly what looks wrong in the record, with where it stands', () => {
    const oddities = [
      {
        text: 'Close date is in 1970: 1970-01-01',
        evidence: { ...mail, object: 'deals' as const, field: 'closedate' },
      },
      {
        text: 'Amount is below zero: “-5”',
        evidence: { ...mail, object: 'deals' as const, field: 'amount' },
      },
    ];
    const html = renderToStaticMarkup(<Card view={{ ...view, oddities }} {...quiet} />);
    expect(html).toContain('2 things look wrong in this record:');
    expect(html).toContain('Close date is in 1970: 1970-01-01');
    expect(html).toContain('change it there if it is wrong');
    expect(render({})).not.toContain('wrong in this record');
  });

  it('leads to the map of the account, in a tab of its own', () => {
    expect(render({})).toMatch(
      /Lind AB<.*?<a href="\/accounts\/hubspot\/1%202"[^>]*target="_blank"[^>]*>Account map/,
    );
  });

  it('says when the e-mail was really sent, and how much of it was changed', () => {
    const sent = { at, edited: 0.12, reasons: ['the same subject'], url: '/contacts/7#emails-92' };
    const html = render({ status: 'applied', sent });
    expect(html).toContain('edited by 12');
    expect(html).toContain('the same subject');
    expect(render({ status: 'applied', sent: { ...sent, edited: 0 } })).toContain('as it was');
  });

  it('writes times in UTC until a browser knows its zone', () => {
    expect(render({})).toContain('22 Nov 2026, 18:25 UTC');
  });
});
