import { numberOf } from './numbers.ts';
import { evidenceOf, type Visible } from './see.ts';
import type { Derived, FeatureSpec } from './types.ts';
import { oneLine } from './words.ts';

/** A custom property as it is: a number (true 1, false 0), or its words on one line. */
export function deriveProperty(spec: FeatureSpec, property: string, seen: Visible): Derived {
  const fact = seen.field(property);
  if (!fact?.value) return { value: null, text: `${spec.meaning}: not filled in`, evidence: [] };
  const words = oneLine(fact.value, 100);
  const text = `${spec.meaning}: ${spec.labels?.[words] ?? words}`;
  if (spec.kind === 'categorical') return { value: words, text, evidence: evidenceOf(fact) };
  const value = spec.unit === TRUE_OR_FALSE ? truthOf(words) : numberOf(fact);
  return { value, text: value === null ? `${text} (not readable)` : text, evidence: evidenceOf(fact) };
}

/** Raised when the same property could give another value or text. */
export const PROPERTY_REVISION = 1;

export const TRUE_OR_FALSE = '1 when true';

function truthOf(words: string): number | null {
  if (/^(true|yes|1)$/i.test(words)) return 1;
  return /^(false|no|0)$/i.test(words) ? 0 : null;
}
