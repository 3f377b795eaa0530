import { z } from 'zod';
import { CrmObject } from '#lib/core/subject.ts';
import { importable, linkWays } from './house-field.ts';
import { valueTypes } from './value-evidence.ts';

const Linkable = CrmObject.extract(['contacts', 'companies', 'deals', 'leads', 'campaigns']);

/** Our own marks on what we wrote in a CRM: a file that carries them must not pass for it. */
const ours = /^sidecard_/i;

/** What one column becomes: the record's id, a field, a link to another record. None of these: it is left out. */
export const ColumnMapping = z.strictObject({
  column: z.string().min(1),
  id: z.literal(true).optional(),
  field: z
    .string()
    .min(1)
    .max(128)
    .refine(name => !ours.test(name), 'fields that begin with sidecard_ are the product’s own')
    .optional(),
  link: z.strictObject({ object: Linkable, by: z.enum(linkWays) }).optional(),
  type: z.enum(valueTypes).default('text'),
  /** How its dates are written; found out from the file where it is not given. */
  dates: z.enum(['iso', 'dmy', 'mdy', 'ymd', 'excel', 'unix', 'unclear']).optional(),
  /** Of the guess, 0 to 1; 1 for what somebody said. */
  confidence: z.number().min(0).max(1).default(1),
  reason: z.string().default('as the mapping says'),
});
export type ColumnMapping = z.infer<typeof ColumnMapping>;

/** How the columns of a file become records of one kind. */
export const Mapping = z.strictObject({
  version: z.literal(1),
  object: z.enum(importable),
  columns: z.array(ColumnMapping).min(1),
  /** Columns that together tell one row from another where there is no id; none: the whole row does. */
  key: z.array(z.string()),
});
export type Mapping = z.infer<typeof Mapping>;
