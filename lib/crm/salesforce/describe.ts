import { z } from 'zod';
import type { Salesforce } from './api.ts';

const WireField = z.looseObject({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  custom: z.boolean().default(false),
  calculated: z.boolean().default(false),
  unique: z.boolean().default(false),
  externalId: z.boolean().default(false),
  updateable: z.boolean().default(true),
  inlineHelpText: z.string().nullish(),
  picklistValues: z
    .array(
      z.looseObject({ value: z.string(), label: z.string().nullish(), active: z.boolean().default(true) }),
    )
    .nullish(),
});
export type WireField = z.infer<typeof WireField>;

const WireDescribe = z.looseObject({
  name: z.string(),
  replicateable: z.boolean().default(true),
  fields: z.array(WireField),
});
export type Describe = z.infer<typeof WireDescribe>;

/** Compound fields, whose parts come as fields of their own, and blobs. */
const unreadable = new Set(['address', 'location', 'base64', 'complexvalue']);

export const readableFields = ({ fields }: Describe): WireField[] =>
  fields.filter(field => !unreadable.has(field.type));

export type DescribeOnce = (sobject: string) => Promise<Describe>;

/**
 * What the account has of an object, as far as our user may see it; asked once for each. Throws AppError('not_found')
 * or ('forbidden') for an object that the account lacks or hides.
 */
export function describing(salesforce: Salesforce): DescribeOnce {
  const known = new Map<string, Promise<Describe>>();
  return sobject => {
    const asked =
      known.get(sobject) ??
      salesforce.send(
        { method: 'GET', path: `/sobjects/${sobject}/describe`, doing: `reading how ${sobject} is set up` },
        WireDescribe,
      );
    known.set(sobject, asked);
    // A failure is not an answer: the next one who asks tries again.
    asked.catch(() => known.delete(sobject));
    return asked;
  };
}
