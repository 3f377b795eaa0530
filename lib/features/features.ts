import type { Evidence } from '#lib/core/evidence.ts';
import type { Facts } from '#lib/core/fact.ts';
import type { Feature, FeatureRow } from '#lib/core/score.ts';
import type { Instant } from '#lib/core/time.ts';
import { definitions } from './catalog.ts';
import { deriveProperty } from './property.ts';
import { see, type Visible } from './see.ts';
import type { Derived, FeatureSchema, FeatureSpec } from './types.ts';

export { leadOutcome, type LeadOutcome } from './outcome.ts';
export { baseSchema, schemaFor } from './schema.ts';
export type { FeatureSchema, FeatureSpec, FeatureUse, PropertyDefinition } from './types.ts';

/**
 * The features of a schema for one subject, from nothing but what was known and had happened at `asOf` (and meetings
 * then in the calendar). Numbers are finite or null, text is one line, evidence at most three. Odd facts never throw;
 * a schema that asks for a feature this build does not have is a bug and does.
 */
export function derive(facts: Facts, schema: FeatureSchema, asOf: Instant): FeatureRow {
  const seen = see(facts, asOf);
  const features: Record<string, Feature> = {};
  for (const spec of schema.features) {
    const { value, text, evidence } = deriveOne(spec, seen);
    features[spec.name] = { name: spec.name, value, text, evidence: evidence.slice(0, 3).map(storable) };
  }
  return { schema: schema.version, asOf, features };
}

function deriveOne(spec: FeatureSpec, seen: Visible): Derived {
  if (spec.property !== undefined) return deriveProperty(spec, spec.property, seen);
  const definition = definitions.get(spec.name);
  if (!definition) throw new Error(`This build cannot derive the feature "${spec.name}".`);
  return definition.derive(seen);
}

/** Postgres stores no null character and canonical JSON no half of a character pair. */
const storable = (evidence: Evidence): Evidence => ({
  ...evidence,
  snippet: evidence.snippet.replaceAll('\0', '').toWellFormed(),
});
