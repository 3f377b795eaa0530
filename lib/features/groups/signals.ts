import type { Evidence } from '#lib/core/evidence.ts';
import { evidenceOfTouch } from '#lib/core/evidence-of.ts';
import type { FeatureDefinition, FeatureGroup } from '../types.ts';
import { findPhrase, ownWordsOf } from '../phrases.ts';
import type { Seen, Visible } from '../see.ts';

const DAYS = 90;

const PRICING =
  /\b(pric(e|es|ing)|quot(e|es|ation)|how much|what\b.{0,60}\bcosts?|rate card|put a number on)\b/i;
const DEMO =
  /\b(demo|demonstration|walk[ -]?through|trial|pilot|(could|can|would) you show|like to see it)\b/i;
const DECLINED =
  /\b(not interested|no interest|unsubscribe|take me off|remove me|stop (writing|calling|e-?mailing|contacting)|(went|gone|going) with (another|someone|a different)|wrong person)\b/i;
const PUT_OFF =
  /\b(not (this|until next) (year|quarter)|not right now|come back (in|to me)|(budget|spending) (is|has been) (closed|frozen|stopped)|(hiring|spending|budget) (stop|freeze)|next (year|quarter) at the earliest|on hold)\b/i;

/** Most e-mails say none of it, which one look tells. */
const ANY = new RegExp([PRICING, DEMO, DECLINED, PUT_OFF].map(phrase => phrase.source).join('|'), 'i');

const tellingOf = ({ emailsIn }: Visible): Seen[] =>
  emailsIn.filter(({ touch, days }) => days <= DAYS && ANY.test(ownWordsOf(touch)));

/** 1 when an e-mail of the last 90 days says it, else 0. The evidence is the sentence that does. */
const said = (
  name: string,
  phrase: RegExp,
  words: { meaning: string; yes: string; no: string },
  monotone?: 1 | -1,
): FeatureDefinition => ({
  name,
  kind: 'numeric',
  unit: '1 when said in the last 90 days',
  meaning: words.meaning,
  privacy: 'personal',
  sources: ['touches.email'],
  uses: ['scoring', 'routing', 'drafting'],
  ...(monotone && { monotone }),
  derive: seen => {
    const found: Evidence[] = [];
    for (const { touch } of seen.once(tellingOf)) {
      const sentence = findPhrase(touch, phrase);
      if (sentence !== null) found.push(evidenceOfTouch(touch, seen.subject, sentence));
      if (found.length === 3) break;
    }
    return {
      value: found.length ? 1 : 0,
      text: found.length ? words.yes : words.no,
      evidence: found,
    };
  },
});

export const signals: FeatureGroup = {
  name: 'signals',
  features: [
    said('asked_for_pricing', PRICING, {
      meaning: 'Wrote about price',
      yes: 'Wrote about price',
      no: 'Has not written about price',
    }),
    said(
      'asked_for_demo',
      DEMO,
      {
        meaning: 'Asked to see the product',
        yes: 'Asked to see the product',
        no: 'Has not asked to see the product',
      },
      1,
    ),
    said(
      'declined',
      DECLINED,
      { meaning: 'Said no', yes: 'Said that they are not interested', no: 'Has not said no' },
      -1,
    ),
    said(
      'put_off',
      PUT_OFF,
      { meaning: 'Put us off until later', yes: 'Put us off until later', no: 'Has not put us off' },
      -1,
    ),
  ],
};
