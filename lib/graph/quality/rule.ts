import type { Fact, Facts, QualityFlag } from '#lib/core/fact.ts';

/** All that was known as of a time, before anybody looked for what is odd in it. */
export type Unchecked = Omit<Facts, 'flags'>;

/** A filled-in field: its name in lower case, its value as given, and the time as of which it is looked at, in milliseconds. */
export interface Value {
  field: string;
  value: string;
  asOf: number;
}

/** Looks at one value of a field. */
export interface ValueRule {
  name: string;
  /** Of which fields it speaks, by their name in lower case. */
  concerns: (field: string) => boolean;
  /** What is odd, to go on after the field's name ("is in 1970"); null where nothing is. Never throws, whatever the value. */
  oddity: (value: Value) => string | null;
}

/** Looks at how values, records and activities fit together. */
export interface WholeRule {
  name: string;
  flags: (known: Unchecked) => Omit<QualityFlag, 'rule'>[];
}

/** A value as it may stand in a sentence. */
export const quoted = (value: string): string => {
  const line = value.replaceAll(/\s+/g, ' ').trim();
  const short = line.length > 60 ? `${line.slice(0, 57).trimEnd()}…` : line;
  return `“${short.toWellFormed()}”`;
};

/** What a field is called in a sentence: `hs_lead_status` is "Lead status". */
export function fieldWords(name: string): string {
  const known = WORDS[name.toLowerCase()];
  if (known) return known;
  const words = name
    .replace(/^hs_|__c$/gi, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_\s]+/g, ' ')
    .trim()
    .toLowerCase();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

const WORDS: Partial<Record<string, string>> = {
  amount: 'Amount',
  annualrevenue: 'Annual revenue',
  closedate: 'Close date',
  createdate: 'Create date',
  email: 'E-mail address',
  hs_timezone: 'Time zone',
  timezone: 'Time zone',
  jobtitle: 'Job title',
  lifecyclestage: 'Lifecycle stage',
  mobilephone: 'Mobile phone',
  numberofemployees: 'Number of employees',
  numemployees: 'Number of employees',
};

export const oddOf = ({ source, learntAt }: Pick<Fact, 'source' | 'learntAt'>, text: string) => ({
  text,
  source,
  learntAt,
});
