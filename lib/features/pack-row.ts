import { z } from 'zod';
import { Evidence } from '#lib/core/evidence.ts';
import { Feature, type FeatureRow } from '#lib/core/score.ts';
import type { FeatureSchema } from './types.ts';

/**
 * What a row says, in the order of the schema: texts (null: a feature that this subject does not have), places in a list of
 * evidence, and that list.
 */
const Words = z.tuple([
  z.array(z.string().nullable()),
  z.array(z.array(z.number().int())),
  z.array(Evidence),
]);
const Values = z.array(Feature.shape.value);

/** A feature row as it is stored: without names, which its schema has, and with each piece of evidence once. */
export interface PackedRow {
  values: z.infer<typeof Values>;
  words: z.infer<typeof Words>;
}

/** Packs a row that was derived with this schema. */
export function packRow(row: FeatureRow, schema: FeatureSchema): PackedRow {
  const places = new Map<string, number>();
  const evidence: Evidence[] = [];
  const place = (one: Evidence): number => {
    const key = JSON.stringify(one);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, evidence.length);
    return evidence.push(one) - 1;
  };
  const features = schema.features.map(({ name }) => row.features[name]);
  return {
    values: features.map(feature => feature?.value ?? null),
    words: [
      features.map(feature => feature?.text ?? null),
      features.map(feature => feature?.evidence.map(place) ?? []),
      evidence,
    ],
  };
}

/** The row that was packed. Throws where it was packed with another schema, which its hash should have told. */
export function unpackRow(
  packed: { values: unknown; words: unknown },
  schema: FeatureSchema,
  asOf: string,
): FeatureRow {
  const values = Values.length(schema.features.length).parse(packed.values);
  const [texts, places, evidence] = Words.parse(packed.words);
  const features: Record<string, Feature> = {};
  for (const [i, { name }] of schema.features.entries()) {
    const text = texts[i] ?? null;
    if (text === null) continue;
    const shown = (places[i] ?? []).flatMap(at => evidence[at] ?? []);
    features[name] = { name, value: values[i] ?? null, text, evidence: shown };
  }
  return { schema: schema.version, asOf, features };
}
