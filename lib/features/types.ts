import type { Evidence } from '#lib/core/evidence.ts';
import type { Feature } from '#lib/core/score.ts';
import type { Visible } from './see.ts';

export type FeatureUse = 'scoring' | 'routing' | 'drafting';

/** What a feature is, as the artifact records it. */
export type FeatureSpec = {
  name: string;
  kind: 'numeric' | 'categorical';
  /** Of the number: "days", "hours", "log10 people" …; "category" for words. */
  unit: string;
  meaning: string;
  group: string;
  privacy: 'none' | 'business' | 'personal';
  uses: FeatureUse[];
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

export type FeatureDefinition = Omit<FeatureSpec, 'group' | 'property' | 'labels'> & {
  derive: (seen: Visible) => Derived;
};

export type FeatureGroup = { name: string; features: FeatureDefinition[] };
