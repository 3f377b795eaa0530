import { DAY_MS } from '#lib/core/time.ts';
import { between } from '../engaged.ts';
import type { EventKind } from '../event-kind.ts';
import { rounded } from '../numbers.ts';
import type { Happened, Visible } from '../see.ts';
import { numberTold, wordsTold } from '../told.ts';
import type { FeatureDefinition, FeatureGroup } from '../types.ts';
import { counted, lasting, times } from '../words.ts';

const DAYS = 30;
const PRICING = /pric(e|es|ing)|\bplans?\b|quot(e|es|ation)|tariff|preis/i;

/** Events of the last 30 days by kind. */
function recentOf(seen: Visible): (kind: EventKind) => Happened[] {
  const kinds = Map.groupBy(between(seen.marketing, 0, DAYS), one => one.kind);
  return kind => kinds.get(kind) ?? [];
}

const recent = (kind: EventKind) => (seen: Visible) => seen.once(recentOf)(kind);
const pagesOf = recent('page');

/** In which properties senders say which page it was, and how long and how far it was read. */
const PLACES = ['url', 'path', 'page', 'title'].map(name => [name]);
const SECONDS = ['seconds', 'duration_seconds', 'time_on_page', 'duration'];
const DEPTHS = ['scroll', 'scroll_depth', 'scroll_percent'];

const isAboutPrice = ({ interaction: { properties } }: Happened): boolean =>
  PLACES.some(name => {
    const words = wordsTold(properties, name);
    return words !== null && PRICING.test(words.slice(0, 300));
  });

const secondsOn = ({ interaction }: Happened): number | null =>
  numberTold(interaction.properties, SECONDS, 0, DAY_MS / 1000);

/** In [0, 1]; senders give a share or per cent. */
function scrolledTo({ interaction }: Happened): number | null {
  const depth = numberTold(interaction.properties, DEPTHS, 0, 100);
  return depth === null || depth <= 1 ? depth : depth / 100;
}

const counting = (
  name: string,
  of: (seen: Visible) => Happened[],
  words: { unit: string; meaning: string; some: (count: number) => string; none: string },
  more: Partial<FeatureDefinition> = {},
): FeatureDefinition => ({
  name,
  kind: 'numeric',
  unit: words.unit,
  meaning: words.meaning,
  privacy: 'personal',
  sources: ['interactions.marketing'],
  uses: ['scoring', 'routing', 'drafting'],
  monotone: 1,
  ...more,
  derive: seen => {
    const events = of(seen);
    const text = events.length ? words.some(events.length) : words.none;
    return { value: events.length, text, evidence: seen.evidence(events) };
  },
});

const last = `in the last ${DAYS} days`;

export const online: FeatureGroup = {
  name: 'online',
  features: [
    counting('pages_viewed_30d', pagesOf, {
      unit: 'page views',
      meaning: `Pages of ours that the person looked at ${last}, as events told`,
      some: count => `Looked at ${counted(count, 'page')} of ours ${last}`,
      none: `Looked at no page of ours ${last}`,
    }),
    counting('pricing_pages_30d', seen => pagesOf(seen).filter(isAboutPrice), {
      unit: 'page views',
      meaning: `Pages about prices among them, by address or title`,
      some: count => `Looked at prices ${times(count)} ${last}`,
      none: `Has not looked at prices ${last}`,
    }),
    {
      name: 'reading_minutes_30d',
      kind: 'numeric',
      unit: 'minutes',
      meaning: `Time spent on our pages ${last}, where events say it`,
      privacy: 'personal',
      sources: ['interactions.marketing'],
      uses: ['scoring', 'drafting'],
      derive: seen => {
        const read = pagesOf(seen).flatMap(page => {
          const seconds = secondsOn(page);
          return seconds === null ? [] : [{ page, seconds }];
        });
        if (read.length === 0)
          return { value: null, text: 'It is not known how long they read our pages', evidence: [] };
        const seconds = read.reduce((sum, one) => sum + one.seconds, 0);
        return {
          value: rounded(seconds / 60),
          text: `Spent ${lasting(seconds / 3600)} on our pages ${last}`,
          evidence: seen.evidence(read.map(one => one.page)),
        };
      },
    },
    {
      name: 'scroll_share_30d',
      kind: 'numeric',
      unit: 'share',
      meaning: `How far down our pages the person read ${last}, on average, where events say it`,
      privacy: 'personal',
      sources: ['interactions.marketing'],
      uses: ['scoring'],
      derive: seen => {
        const read = pagesOf(seen).flatMap(page => {
          const depth = scrolledTo(page);
          return depth === null ? [] : [{ page, depth }];
        });
        if (read.length === 0)
          return { value: null, text: 'It is not known how far they read our pages', evidence: [] };
        const share = read.reduce((sum, one) => sum + one.depth, 0) / read.length;
        return {
          value: rounded(share),
          text: `Reads ${Math.round(100 * share)} % of a page on average`,
          evidence: seen.evidence(read.map(one => one.page)),
        };
      },
    },
    counting('forms_30d', recent('form'), {
      unit: 'forms',
      meaning: `Forms that the person filled in ${last}, as events told`,
      some: count => `Filled in ${counted(count, 'form')} ${last}`,
      none: `Filled in no form ${last}`,
    }),
    counting(
      'emails_opened_30d',
      recent('open'),
      {
        unit: 'e-mails',
        meaning: `E-mails that were opened ${last}; mail programs that load pictures by themselves count too`,
        some: count => `E-mails were opened ${times(count)} ${last}`,
        none: `No e-mail was seen to be opened ${last}`,
      },
      { uses: ['scoring'] },
    ),
    counting('links_clicked_30d', recent('click'), {
      unit: 'clicks',
      meaning: `Links in our e-mails that the person followed ${last}`,
      some: count => `Followed links in our e-mails ${times(count)} ${last}`,
      none: `Followed no link in our e-mails ${last}`,
    }),
  ],
};
