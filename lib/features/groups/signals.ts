import { evidenceOfTouch } from '#lib/core/evidence-of.ts';
import type { FeatureDefinition, FeatureGroup } from '../types.ts';
import { findPhrase } from '../phrases.ts';

const DAYS = 90;

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
  uses: ['scoring', 'routing', 'drafting'],
  ...(monotone && { monotone }),
  derive: seen => {
    const found = seen.emailsIn.flatMap(({ touch, days }) => {
      const sentence = days <= DAYS ? findPhrase(touch.body, phrase) : null;
      return sentence === null ? [] : [evidenceOfTouch(touch, seen.subject, sentence)];
    });
    return {
      value: found.length ? 1 : 0,
      text: found.length ? words.yes : words.no,
      evidence: found.slice(0, 3),
    };
  },
});

export const signals: FeatureGroup = {
  name: 'signals',
  features: [
    said(
      'asked_for_pricing',
      /\b(pric(e|es|ing)|quot(e|es|ation)|how much|what\b.{0,60}\bcosts?|rate card|put a number on)\b/i,
      { meaning: 'Wrote about price', yes: 'Wrote about price', no: 'Has not written about price' },
    ),
    said(
      'asked_for_demo',
      /\b(demo|demonstration|walk[ -]?through|trial|pilot|(could|can|would) you show|like to see it)\b/i,
      {
        meaning: 'Asked to see the product',
        yes: 'Asked to see the product',
        no: 'Has not asked to see the product',
      },
      1,
    ),
    said(
      'declined',
      /\b(not interested|no interest|unsubscribe|take me off|remove me|stop (writing|calling|e-?mailing|contacting)|(went|gone|going) with (another|someone|a different)|wrong person)\b/i,
      { meaning: 'Said no', yes: 'Said that they are not interested', no: 'Has not said no' },
      -1,
    ),
    said(
      'put_off',
      /\b(not (this|until next) (year|quarter)|not right now|come back (in|to me)|(budget|spending) (is|has been) (closed|frozen|stopped)|(hiring|spending|budget) (stop|freeze)|next (year|quarter) at the earliest|on hold)\b/i,
      { meaning: 'Put us off until later', yes: 'Put us off until later', no: 'Has not put us off' },
      -1,
    ),
  ],
};
