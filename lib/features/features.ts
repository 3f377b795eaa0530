import type { Evidence } from '#lib/core/evidence.ts';
import type { Facts } from '#lib/core/fact.ts';
import type { Feature, FeatureRow } from '#lib/core/score.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { definitions } from './catalog.ts';
import { defaultPersonas } from './persona/persona.ts';
import { deriveProperty } from './property.ts';
import { see, type Visible } from './see.ts';
import type { About, Derived, FeatureSchema, FeatureSpec, FeatureUse } from './types.ts';

export { erase, held } from './store-erase.ts';
export { countChanges, noteChanges, noteManyChanges, sourcesOf } from './store-changes.ts';
export { endRebuild, openRebuild, saveRebuild } from './store-rebuild.ts';
export {
  derivedFrom,
  forgetRows,
  haveRows,
  keepSchemas,
  storedRows,
  storeRows,
  type DerivedRow,
  type KeptRow,
  type StoredSchema,
} from './store.ts';
export { leadOutcome, type LeadOutcome } from './outcome.ts';
export { inPersonasOf, withPersonasOf } from './persona/refit.ts';
export { baseSchema, schemaFor } from './schema.ts';
export type { FeatureSchema, FeatureSpec, FeatureUse, PropertyDefinition } from './types.ts';

/**
 * The features of a schema for one subject, those that its kind of record has, from nothing but what was known and had
 * happened at `asOf` (and what was then planned). Numbers are finite or null, text is one line, evidence at most three.
 * Odd facts never throw; a schema that asks for a feature this build does not have is a bug and does.
 */
export function derive(facts: Facts, schema: FeatureSchema, asOf: Instant): FeatureRow {
  const seen = see(facts, asOf, schema.personas ?? defaultPersonas);
  const about = aboutOf(facts.subject);
  const features: Record<string, Feature> = {};
  for (const spec of schema.features) {
    if (spec.about && !spec.about.includes(about)) continue;
    const { value, text, evidence } = deriveOne(spec, seen);
    features[spec.name] = { name: spec.name, value, text, evidence: evidence.slice(0, 3).map(storable) };
  }
  return { schema: schema.version, asOf, features };
}

/** What of a row may be used for something: a feature that the schema does not allow for it, or does not know, is left out. */
export function featuresFor(row: FeatureRow, schema: FeatureSchema, use: FeatureUse): FeatureRow {
  const allowed = schema.features.filter(({ uses }) => uses.includes(use));
  const features = allowed.flatMap(({ name }) => {
    const feature = Object.hasOwn(row.features, name) ? row.features[name] : undefined;
    return feature ? [[name, feature] as const] : [];
  });
  return { ...row, features: Object.fromEntries(features) };
}

const aboutOf = (subject: Subject): About =>
  subject.object === 'deals' ? 'deal' : subject.object === 'companies' ? 'account' : 'person';

function deriveOne(spec: FeatureSpec, seen: Visible): Derived {
  if (spec.property !== undefined) return deriveProperty(spec, spec.property, seen);
  const definition = definitions.get(spec.name);
  if (!definition) throw new Error(`This build cannot derive the feature "${spec.name}".`);
  return definition.derive(seen);
}

const UNSTORABLE = /[\0\uD800-\uDFFF]/;

/** Postgres stores no null character and canonical JSON no half of a character pair; the type of an event is its sender's word too. */
function storable(evidence: Evidence): Evidence {
  const { snippet, field } = evidence;
  if (!UNSTORABLE.test(snippet) && !(field !== undefined && UNSTORABLE.test(field))) return evidence;
  return { ...evidence, snippet: clean(snippet), ...(field !== undefined && { field: clean(field) }) };
}

const clean = (words: string): string => words.replaceAll('\0', '').toWellFormed();
