import { valueOf, type Facts } from '#lib/core/fact.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import { contactTimesOf } from './contact-times.ts';
import { movementsOf, spellsOf, type Movement, type Spell } from './deal-history.ts';
import { readCurrency, NO_CURRENCY } from './money.ts';

/** What is wrong with a deal's own values: shown, never corrected. */
export type Problem = 'unreadable-amount' | 'unreadable-close-date' | 'unknown-currency' | 'negative-amount';

/** A deal as the pipeline sees it. */
export interface DealFacts {
  crm: string;
  recordId: string;
  version: string;
  name: string;
  pipelineId: string;
  stageId: string;
  /** Major units, as the CRM wrote it. */
  amount: string | null;
  /** null: the account's own currency, which CRMs leave out. */
  currency: string | null;
  closeDate: Instant | null;
  ownerId: string | null;
  accountId: string | null;
  createdAt: Instant;
  stageSince: Instant;
  people: number;
  lastTouchAt: Instant | null;
  lastReplyAt: Instant | null;
  unanswered: number;
  plannedUntil: Instant | null;
  /** How often the close date was moved to a later day. */
  pushes: number;
  problems: Problem[];
  archived: boolean;
  movements: Movement[];
  spells: Spell[];
}

/** Of a deal's facts as of a time. */
export function dealFactsFrom(facts: Facts): DealFacts {
  const { subject, asOf } = facts;
  const text = (name: string): string | null => valueOf(facts, name)?.trim() || null;
  const createdAt = timeOf(text('createdate')) ?? facts.createdAt;
  const closeDate = timeOf(text('closedate'));
  const code = text('deal_currency_code');
  const currency = code && readCurrency(code);
  const contact = contactTimesOf(facts.touches, asOf);
  const planned = [contact.plannedUntil, timeOf(text('notes_next_activity_date'))].filter(
    time => time !== null && time > asOf,
  );
  const movements = movementsOf(facts.history, createdAt, timeOf);
  return {
    crm: subject.crm,
    recordId: subject.id,
    version: newestVersionOf(facts),
    name: text('dealname') ?? `Deal ${subject.id}`,
    pipelineId: text('pipeline') ?? '',
    stageId: text('dealstage') ?? '',
    amount: text('amount'),
    currency,
    closeDate,
    ownerId: text('hubspot_owner_id'),
    accountId: facts.account?.subject.id ?? null,
    createdAt,
    stageSince: facts.fields['dealstage']?.at ?? createdAt,
    people: facts.people.length,
    lastTouchAt: contact.touches.at(-1) ?? null,
    lastReplyAt: contact.lastReplyAt,
    unanswered: contact.unanswered,
    plannedUntil: planned.toSorted(byTime).at(-1) ?? null,
    pushes: movements.filter(isPush).length,
    problems: [
      ...(text('closedate') !== null && closeDate === null ? (['unreadable-close-date'] as const) : []),
      ...(currency === NO_CURRENCY ? (['unknown-currency'] as const) : []),
    ],
    archived: valueOf(facts, 'record_archived') === 'true',
    movements,
    spells: spellsOf(facts.history, contact.touches, asOf),
  };
}

const byTime = (a: string | null, b: string | null): number => ((a ?? '') < (b ?? '') ? -1 : 1);

const isPush = ({ kind, from, to }: Movement): boolean =>
  kind === 'close-date' && from !== null && to !== null && to.slice(0, 10) > from.slice(0, 10);

/** A CRM's time, ISO or in milliseconds since 1970; null when it is neither, or outside the years 1 to 9999. */
function timeOf(text: string | null): Instant | null {
  if (text === null || text.trim() === '') return null;
  const time = new Date(/^-?\d{5,}$/.test(text.trim()) ? Number(text) : text);
  const year = time.getUTCFullYear();
  return year >= 1 && year <= 9999 ? toInstant(time) : null;
}

/** The version that told the latest news. */
const newestVersionOf = ({ fields }: Facts): string =>
  Object.values(fields)
    .toSorted((a, b) => (a.learntAt + a.at < b.learntAt + b.at ? -1 : 1))
    .at(-1)?.source.version ?? '';
