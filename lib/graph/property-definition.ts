import { z } from 'zod';
import type { Instant } from '#lib/core/time.ts';

const Type = z.enum(['string', 'number', 'enumeration', 'datetime', 'date', 'bool']);

/** A field that people have in the CRM's account. */
export interface PropertyDefinition {
  object: 'contacts' | 'leads';
  name: string;
  label: string;
  type: z.infer<typeof Type>;
  group: string;
  options: { value: string; label: string }[];
  /** Made by the account's people, not by the CRM's vendor. */
  custom: boolean;
  /** Different values that are known of it. */
  distinct: number;
}

const Options = z.array(z.object({ value: z.string(), label: z.string() }));

/** A time that the CRM did not tell: what comes with the CRM has no day on which somebody made it. */
const UNKNOWN_TIME: Instant = '1970-01-01T00:00:00.000Z';

/** Of a `properties` record of contacts or leads. A type of value that we do not know is text. */
export function definitionOf(
  record: { id: string; createdAt: Instant; fields: Record<string, string | null> },
  distinct: ReadonlyMap<string, number>,
): PropertyDefinition {
  const { fields } = record;
  const name = fields['name'] ?? record.id;
  return {
    object: fields['object'] === 'leads' ? 'leads' : 'contacts',
    name,
    label: fields['label'] ?? name,
    type: Type.catch('string').parse(fields['type']),
    group: fields['groupName'] ?? '',
    options: optionsOf(fields['options']),
    custom:
      typeof fields['custom'] === 'string' ? fields['custom'] === 'true' : record.createdAt !== UNKNOWN_TIME,
    distinct: distinct.get(name) ?? 0,
  };
}

function optionsOf(json: string | null | undefined): PropertyDefinition['options'] {
  try {
    return Options.parse(JSON.parse(json ?? '[]'));
  } catch {
    return []; // a field whose choices cannot be read is a field of free text
  }
}
