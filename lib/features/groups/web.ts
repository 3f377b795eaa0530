import type { FeatureDefinition, FeatureGroup } from '../types.ts';
import { numberOf } from '../numbers.ts';
import { evidenceOf } from '../see.ts';
import { counted } from '../words.ts';

/** A count that the CRM keeps of what the person did on our web site. */
const counter = (name: string, property: string, meaning: string, noun: string): FeatureDefinition => ({
  name,
  kind: 'numeric',
  unit: `${noun}s`,
  meaning,
  privacy: 'personal',
  sources: [`fields.${property}`],
  uses: ['scoring'],
  derive: ({ field }) => {
    const fact = field(property);
    const count = numberOf(fact);
    if (count === null || count < 0)
      return { value: null, text: `Number of ${noun}s is not known`, evidence: evidenceOf(fact) };
    return { value: count, text: counted(count, noun), evidence: evidenceOf(fact) };
  },
});

export const web: FeatureGroup = {
  name: 'web',
  about: ['person'],
  features: [
    counter('web_visits', 'hs_analytics_num_visits', 'Visits to our web site', 'web site visit'),
    counter('web_page_views', 'hs_analytics_num_page_views', 'Pages seen on our web site', 'page view'),
    counter(
      'form_submissions',
      'num_conversion_events',
      'Forms filled in on our web site',
      'form submission',
    ),
  ],
};
