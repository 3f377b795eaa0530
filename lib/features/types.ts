import type { Evidence } from '#lib/core/evidence.ts';
import type { Channel } from '#lib/core/fact.ts';
import type { Feature } from '#lib/core/score.ts';
import type { Persona } from './persona/cell.ts';
import type { Visible } from './see.ts';

export type FeatureUse = 'scoring' | 'routing' | 'drafting';

/** What a record is about. */
export type About = 'person' | 'deal' | 'account';

/**
 * Facts that a feature reads, and no others: the subject's own fields with their history, fields of the records around
 * it, activities by channel, events by sender. `*` stands for all of them.
 */
export type FactSource =
  | 'createdAt'
  | 'relations'
  | 'flags'
  | `${'fields' | 'account' | 'people' | 'deals'}.${string}`
  | `touches.${Channel | '*'}`
  | `interactions.${'marketing' | 'product' | '*'}`;

/** What a feature is, as the artifact records it. */
export type FeatureSpec = {
  name: string;
  kind: 'numeric' | 'categorical';
  /** Of the number: "days", "hours", "log10 people" …; "category" for words. */
  unit: string;
  meaning: string;
  group: string;
  /** Raised whenever the same facts could give another value, text or evidence. */
  revision: number;
  sources: FactSource[];
  privacy: 'none' | 'business' | 'personal';
  uses: FeatureUse[];
  /** Which records have it; all where this is absent. */
  about?: About[];
  /** A larger value never makes a win less likely (1), or never more likely (-1). */
  monotone?: 1 | -1;
  /** A CRM custom property, taken as it is. */
  property?: string;
  /** Of a property with choices: what people read instead of the stored value. */
  labels?: Record<string, string>;
};

/** Body of a `feature-schema` artifact. */
export type FeatureSchema = {
  version: string;
  features: FeatureSpec[];
  quarantined: { property: string; why: string }[];
  /** Kinds of account among which each finds its own; absent in schemas from before there were any. */
  personas?: Persona[];
};

/** A property of the CRM's people, as its definition says. */
export type PropertyDefinition = {
  object: 'contacts' | 'leads';
  name: string;
  label: string;
  type: 'string' | 'number' | 'enumeration' | 'datetime' | 'date' | 'bool';
  group: string;
  options?: { value: string; label: string }[];
  custom: boolean;
  /** Different values seen in the tenant's records; free text is a feature only when these are few. */
  distinct?: number;
};

/** A value, what it says in plain words, and the facts behind it. */
export type Derived = { value: Feature['value']; text: string; evidence: Evidence[] };

/** `revision` is 1 where it is not said. */
export type FeatureDefinition = Omit<FeatureSpec, 'group' | 'property' | 'labels' | 'revision'> & {
  revision?: number;
  derive: (seen: Visible) => Derived;
};

/** `about` holds for all features of the group that do not say it themselves. */
export type FeatureGroup = { name: string; about?: About[]; features: FeatureDefinition[] };
