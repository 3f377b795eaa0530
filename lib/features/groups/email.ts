import type { FeatureDefinition, FeatureGroup } from '../types.ts';
import { median, rounded } from '../numbers.ts';
import { answered, theirReplies, unanswered } from '../replies.ts';
import { ago, counted, lasting, times } from '../words.ts';
import type { Seen } from '../see.ts';

const within = (seen: Seen[], days: number) => seen.filter(one => one.days <= days);

const incoming = (days: number): FeatureDefinition => ({
  name: `emails_in_${days}d`,
  kind: 'numeric',
  unit: 'e-mails',
  meaning: `E-mails from the person in the last ${days} days, automatic replies left out`,
  privacy: 'personal',
  sources: ['touches.email'],
  uses: ['scoring', 'routing', 'drafting'],
  monotone: 1,
  derive: seen => {
    const emails = within(seen.emailsIn, days);
    const text = emails.length
      ? `Wrote to us ${times(emails.length)} in the last ${days} days`
      : `Has not written to us in the last ${days} days`;
    return { value: emails.length, text, evidence: seen.evidence(emails) };
  },
});

export const email: FeatureGroup = {
  name: 'email',
  features: [
    incoming(7),
    incoming(30),
    incoming(90),
    {
      name: 'emails_out_30d',
      kind: 'numeric',
      unit: 'e-mails',
      meaning: 'Our e-mails to the person in the last 30 days',
      privacy: 'personal',
      sources: ['touches.email'],
      uses: ['scoring', 'drafting'],
      derive: seen => {
        const emails = within(seen.emailsOut, 30);
        const text = emails.length
          ? `We wrote ${times(emails.length)} in the last 30 days`
          : 'We have not written in the last 30 days';
        return { value: emails.length, text, evidence: seen.evidence(emails) };
      },
    },
    {
      name: 'reply_share_90d',
      kind: 'numeric',
      unit: 'share',
      meaning: 'Share of our e-mails of the last 90 days that were answered within 14 days',
      privacy: 'personal',
      sources: ['touches.email'],
      uses: ['scoring', 'drafting'],
      monotone: 1,
      derive: seen => {
        const sent = within(seen.emailsOut, 90);
        if (sent.length === 0)
          return { value: null, text: 'We have not written in the last 90 days', evidence: [] };
        const replied = sent.filter(one => answered(one, seen.emailsIn));
        const text = `Answered ${replied.length} of our last ${counted(sent.length, 'e-mail')}`;
        return { value: rounded(replied.length / sent.length), text, evidence: seen.evidence(replied) };
      },
    },
    {
      name: 'unanswered_emails',
      kind: 'numeric',
      unit: 'e-mails',
      meaning: 'Our e-mails of the last 90 days since the person last wrote',
      privacy: 'personal',
      sources: ['touches.email'],
      uses: ['scoring', 'drafting'],
      monotone: -1,
      derive: seen => {
        const open = within(unanswered(seen), 90);
        const text = open.length
          ? `No reply to our last ${open.length === 1 ? 'e-mail' : `${open.length} e-mails`}`
          : 'None of our e-mails waits for a reply';
        return { value: open.length, text, evidence: seen.evidence(open) };
      },
    },
    {
      name: 'days_since_email_in',
      kind: 'numeric',
      unit: 'days',
      meaning: 'Days since the person last wrote',
      privacy: 'personal',
      sources: ['touches.email'],
      uses: ['scoring', 'routing', 'drafting'],
      monotone: -1,
      derive: seen => {
        const [last] = seen.emailsIn;
        if (!last) return { value: null, text: 'Has never written to us', evidence: [] };
        return {
          value: rounded(last.days),
          text: `Last wrote ${ago(last.days)}`,
          evidence: seen.evidence([last]),
        };
      },
    },
    {
      name: 'days_since_email_out',
      kind: 'numeric',
      unit: 'days',
      meaning: 'Days since we last wrote',
      privacy: 'personal',
      sources: ['touches.email'],
      uses: ['scoring', 'drafting'],
      derive: seen => {
        const [last] = seen.emailsOut;
        if (!last) return { value: null, text: 'We have never written', evidence: [] };
        return {
          value: rounded(last.days),
          text: `We last wrote ${ago(last.days)}`,
          evidence: seen.evidence([last]),
        };
      },
    },
    {
      name: 'reply_hours_median',
      kind: 'numeric',
      unit: 'hours',
      meaning: 'Median time that the person took to answer us, over the last 90 days',
      privacy: 'personal',
      sources: ['touches.email'],
      uses: ['scoring', 'drafting'],
      monotone: -1,
      derive: seen => {
        const replies = seen.once(theirReplies);
        if (replies.length === 0)
          return { value: null, text: 'No reply to measure in the last 90 days', evidence: [] };
        const hours = median(replies.map(reply => reply.hours));
        const evidence = seen.evidence(replies.map(reply => reply.reply));
        return { value: rounded(hours), text: `Usually answers within ${lasting(hours)}`, evidence };
      },
    },
    {
      name: 'emails_bounced',
      kind: 'numeric',
      unit: 'e-mails',
      meaning: 'Our e-mails of the last 90 days that could not be delivered',
      privacy: 'personal',
      sources: ['touches.email'],
      uses: ['scoring', 'drafting'],
      monotone: -1,
      derive: seen => {
        const bounced = within(seen.bounced, 90);
        const text = bounced.length
          ? `${counted(bounced.length, 'e-mail')} to this address came back undelivered`
          : 'No e-mail came back undelivered';
        return { value: bounced.length, text, evidence: seen.evidence(bounced) };
      },
    },
  ],
};
