import { DAY_MS } from '#lib/core/time.ts';
import { valueOf, type Touch } from '#lib/core/fact.ts';
import { oddOf, quoted, type WholeRule } from './rule.ts';

/** Characters of an activity that are read: one that has so many here has more in the CRM. */
const read = 20_000;
const earliest = Date.UTC(1990, 0);
const sourceOf = ({ ref, version }: Touch) => ({
  crm: ref.crm,
  object: ref.object,
  id: ref.id,
  field: null,
  version,
});
const wordOf = ({ channel }: Touch): string => (channel === 'email' ? 'An e-mail' : `A ${channel}`);
/** These have taken place when they are written down. */
const isPast = ({ channel }: Touch): boolean =>
  channel === 'email' || channel === 'call' || channel === 'note';

const touchRule = (name: string, odd: (touch: Touch, asOf: number) => string | null): WholeRule => ({
  name,
  flags: ({ touches, asOf }) =>
    touches.flatMap(touch => {
      const oddity = odd(touch, Date.parse(asOf));
      return oddity === null
        ? []
        : [oddOf({ source: sourceOf(touch), learntAt: touch.learntAt }, `${wordOf(touch)} ${oddity}`)];
    }),
});

export const wholeRules: WholeRule[] = [
  touchRule('activity-in-the-future', (touch, asOf) =>
    isPast(touch) && Date.parse(touch.at) > asOf + DAY_MS
      ? `has a date in the future: ${touch.at.slice(0, 10)}`
      : null,
  ),
  touchRule('activity-in-the-past-century', touch =>
    Date.parse(touch.at) < earliest ? `is dated ${touch.at.slice(0, 10)}` : null,
  ),
  touchRule('activity-very-long', ({ body }) =>
    body.length >= read ? 'is so long that only its beginning is read' : null,
  ),
  touchRule('activity-character-lost', ({ body, title }) =>
    title.includes('\uFFFD') || body.includes('\uFFFD')
      ? 'has characters that are no text, shown as \uFFFD'
      : null,
  ),
  {
    name: 'currencies-mixed',
    flags: known => {
      const deals = known.subject.object === 'deals' ? [known, ...known.deals] : known.deals;
      const facts = deals.flatMap(deal =>
        deal.fields['deal_currency_code']?.value && valueOf(deal, 'amount')
          ? [deal.fields['deal_currency_code']]
          : [],
      );
      const codes = [...new Set(facts.map(fact => (fact.value ?? '').trim().toUpperCase()))];
      const [first] = facts;
      const other = facts.find(fact => (fact.value ?? '').trim().toUpperCase() !== codes[0]);
      return first && other
        ? [
            oddOf(
              other,
              `Deals here are in ${codes.slice(0, 4).map(quoted).join(' and ')}: they cannot be added up`,
            ),
          ]
        : [];
    },
  },
];
