import type { FactsLike } from './build.ts';
import { maria } from './build.ts';

/** A situation, what should be planned, and what its text must and must not say. */
export type Case = {
  name: string;
  facts: FactsLike;
  expect:
    | { outcome: 'abstain'; reason: RegExp }
    | { outcome: 'propose'; channel: 'email' | 'call'; title: RegExp; says: RegExp[]; due?: string };
};

const ours = {
  channel: 'email',
  direction: 'out',
  title: 'Warehouse planning for Northwind',
  body: 'Dear Maria, …',
} as const;
const theirs = { channel: 'email', direction: 'in', title: 'Re: Warehouse planning for Northwind' } as const;
const company = { account: { name: 'Northwind Foods', industry: 'Food', country: 'United Kingdom' } };

export const cases: Case[] = [
  {
    name: 'a pricing question is answered first, with their own words',
    facts: {
      ...company,
      touches: [
        { ...ours, days: 6 },
        {
          ...theirs,
          days: 1,
          body: 'Hi Tom,\nCan you send pricing for 40 seats before our board meets?\nThanks, Maria',
        },
      ],
    },
    expect: {
      outcome: 'propose',
      channel: 'email',
      title: /Maria Lopez: answer the pricing question/,
      says: [
        /Can you send pricing for 40 seats before our board meets\?/,
        /9 March/,
        /^Hi Maria,/,
        /Best regards,\nTom$/,
      ],
      due: '2027-03-10T10:00:00.000Z',
    },
  },
  {
    name: 'a request for a demo is turned into a time',
    facts: {
      ...company,
      touches: [
        {
          ...theirs,
          days: 2,
          body: 'This sounds great. Could you show us a live demo of the route planner?',
        },
      ],
    },
    expect: {
      outcome: 'propose',
      channel: 'email',
      title: /agree on a time/,
      says: [/route planner/, /Thursday or Friday/],
    },
  },
  {
    name: 'a concern about a competitor is taken up',
    facts: {
      ...company,
      touches: [
        { ...ours, days: 4 },
        { ...theirs, days: 1, body: 'We already use Freightwise and it does the job.' },
      ],
    },
    expect: { outcome: 'propose', channel: 'email', title: /concern/, says: [/Freightwise/] },
  },
  {
    name: 'a complaint asks a person to call',
    facts: {
      ...company,
      touches: [
        {
          ...theirs,
          days: 1,
          body: 'I am disappointed. Nobody answered my question about the invoice of last month.',
        },
      ],
    },
    expect: {
      outcome: 'propose',
      channel: 'call',
      title: /^Call Maria Lopez: a complaint/,
      says: [/Goal: Listen/, /invoice of last month/],
    },
  },
  {
    name: 'after a meeting comes the next step, without quoting internal notes',
    facts: {
      ...company,
      touches: [
        {
          channel: 'meeting',
          days: 2,
          title: 'Pricing and rollout',
          status: 'COMPLETED',
          body: 'Maria seems weak on budget, push hard on pricing and rollout.',
        },
      ],
    },
    expect: {
      outcome: 'propose',
      channel: 'email',
      title: /sum up/,
      says: [/pricing and the rollout/, /8 March/, /^(?![^]*weak on budget)/],
    },
  },
  {
    name: 'a missed meeting gets a new time',
    facts: {
      ...company,
      touches: [{ channel: 'meeting', days: 1, title: 'Route planner demo', status: 'NO_SHOW' }],
    },
    expect: {
      outcome: 'propose',
      channel: 'email',
      title: /new time/,
      says: [/did not take place/, /Route planner demo/],
    },
  },
  {
    name: 'an out-of-office reply waits for the return',
    facts: {
      ...company,
      touches: [
        { ...ours, days: 3 },
        {
          ...theirs,
          days: 3,
          title: 'Automatic reply: Warehouse planning',
          body: 'I am out of the office until 9 March.',
        },
      ].map((t, i) => ({ ...t, days: t.days - i / 100 })),
    },
    expect: {
      outcome: 'propose',
      channel: 'email',
      title: /absence/,
      says: [/Warehouse planning/],
      due: '2027-03-10T12:00:00.000Z',
    },
  },
  {
    name: 'silence after one e-mail is a reminder when it is due',
    facts: { ...company, touches: [{ ...ours, days: 4 }] },
    expect: {
      outcome: 'propose',
      channel: 'email',
      title: /a short reminder/,
      says: [/6 March/, /Warehouse planning for Northwind/],
    },
  },
  {
    name: 'silence after two e-mails is a call',
    facts: {
      ...company,
      touches: [
        { ...ours, days: 9 },
        { ...ours, days: 5 },
      ],
    },
    expect: {
      outcome: 'propose',
      channel: 'call',
      title: /^Call Maria Lopez/,
      says: [/Goal:/, /Warehouse planning/],
    },
  },
  {
    name: 'a new lead is met with what is known of them',
    facts: {
      ...company,
      created: 1,
      fields: { ...maria, recent_conversion_event_name: 'Route planner trial form' },
    },
    expect: {
      outcome: 'propose',
      channel: 'email',
      title: /first contact/,
      says: [/Route planner trial form|Head of Operations/, /Northwind Foods/],
    },
  },
  {
    name: 'a deal without contact is revived through its contact',
    facts: {
      object: 'deals',
      id: '88',
      ...company,
      fields: {
        dealname: 'Northwind Foods 40 seats',
        dealstage: 'proposal',
        closedate: '2027-03-01T00:00:00.000Z',
      },
      person: maria,
      touches: [{ ...ours, days: 30 }],
    },
    expect: {
      outcome: 'propose',
      channel: 'email',
      title: /Maria Lopez \(Northwind Foods 40 seats\)/,
      says: [/^Hi Maria,/, /8 February/],
    },
  },
  {
    name: 'a rep who wrote yesterday is not followed by us',
    facts: { touches: [{ ...ours, days: 0.5 }], fields: maria },
    expect: { outcome: 'abstain', reason: /next touch is due on 12 March/ },
  },
  {
    name: 'after a call the next step is not due yet',
    facts: {
      touches: [
        { ...ours, days: 20 },
        { ...ours, days: 12 },
        { channel: 'call', direction: 'out', days: 1, title: 'Call' },
      ],
    },
    expect: { outcome: 'abstain', reason: /next touch is due on 16 March/ },
  },
  {
    name: 'opted out in the CRM',
    facts: {
      fields: { ...maria, hs_email_optout: 'true' },
      touches: [{ ...theirs, days: 1, body: 'What is the price?' }],
    },
    expect: { outcome: 'abstain', reason: /opted out/ },
  },
  {
    name: 'opted out in words',
    facts: { touches: [{ ...theirs, days: 40, body: 'Please remove me from your list.' }] },
    expect: { outcome: 'abstain', reason: /asked on 29 January not to be contacted/ },
  },
  {
    name: 'the wrong person',
    facts: { touches: [{ ...theirs, days: 1, body: 'I am not the right person for this.' }] },
    expect: { outcome: 'abstain', reason: /wrong person. Update the contact/ },
  },
  {
    name: 'a plain no is respected',
    facts: { touches: [{ ...theirs, days: 1, body: 'We are not interested at this time.' }] },
    expect: { outcome: 'abstain', reason: /no interest/ },
  },
  {
    name: 'an open task is enough',
    facts: {
      touches: [
        { ...ours, days: 9 },
        { channel: 'task', days: -1, title: 'Call Maria back', status: 'NOT_STARTED' },
      ],
    },
    expect: { outcome: 'abstain', reason: /already open for this record: “Call Maria back”/ },
  },
  {
    name: 'a planned meeting is enough',
    facts: { touches: [{ channel: 'meeting', days: -2, title: 'Demo', status: 'SCHEDULED' }] },
    expect: { outcome: 'abstain', reason: /meeting is planned for 12 March/ },
  },
  {
    name: 'enough is enough',
    facts: { touches: [60, 50, 40, 30, 16].map(days => ({ ...ours, days })) },
    expect: { outcome: 'abstain', reason: /5 touches went without an answer/ },
  },
  {
    name: 'a closed deal',
    facts: { object: 'deals', fields: { dealname: 'X', dealstage: 'closedlost' }, person: maria },
    expect: { outcome: 'abstain', reason: /closed/ },
  },
  {
    name: 'nobody to reach',
    facts: { fields: { firstname: 'Maria' } },
    expect: { outcome: 'abstain', reason: /neither an e-mail address nor a phone number/ },
  },
  {
    name: 'a stranger of whom nothing is known',
    facts: { fields: { firstname: 'Maria', email: 'm@x.example', country: 'Germany' } },
    expect: { outcome: 'abstain', reason: /Too little is known/ },
  },
];
