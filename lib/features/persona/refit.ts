import type { FeatureRow } from '#lib/core/score.ts';
import { cellOf, describePersona } from '../groups/persona.ts';
import { versionOf } from '../schema.ts';
import type { FeatureSchema } from '../types.ts';
import { fitPersonas } from './fit-personas.ts';
import { defaultPersonas } from './persona.ts';

const TRAITS = ['company_size_class', 'industry_family', 'buying_behaviour'] as const;

/** The three traits of a row; null where the row is from before they were derived. */
function traitsOf({ features }: FeatureRow) {
  const [size, industry, behaviour] = TRAITS.map(name => features[name]);
  return size && industry && behaviour ? ([size, industry, behaviour] as const) : null;
}

/**
 * A schema whose personas are those of the tenant's own accounts, as rows derived with it show them. `inUse` is the schema
 * in force: its personas stay unless others fit clearly better.
 */
export function withPersonasOf(
  schema: FeatureSchema,
  rows: readonly FeatureRow[],
  inUse: FeatureSchema | null,
): FeatureSchema {
  const cells = rows.flatMap(row => {
    const traits = traitsOf(row);
    return traits ? [cellOf(...traits)] : [];
  });
  const made = { ...schema, personas: fitPersonas(cells, inUse?.personas ?? []) };
  return { ...made, version: versionOf(made) };
}

/** A row as another schema with the same features and other personas would have derived it. */
export function inPersonasOf(schema: FeatureSchema, row: FeatureRow): FeatureRow {
  const traits = traitsOf(row);
  const name = 'account_persona';
  if (!traits || !row.features[name]) return { ...row, schema: schema.version };
  const [size, industry, behaviour] = traits;
  const persona = describePersona([size, industry, behaviour], schema.personas ?? defaultPersonas);
  return { ...row, schema: schema.version, features: { ...row.features, [name]: { name, ...persona } } };
}
