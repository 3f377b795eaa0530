import { AppError } from '#lib/core/errors.ts';
import type { Rows } from './rows.ts';
import { sourcesOf, type SourcedObject } from './sources.ts';

/**
 * Places of the sources of an object that the account has and shows to us. Throws what Salesforce said about the first
 * of them when there is none, so that the object's absence is seen.
 */
export async function availableSources({ describe }: Rows, object: SourcedObject): Promise<number[]> {
  const available: number[] = [];
  const refusals: AppError[] = [];
  for (const [index, { sobject }] of sourcesOf(object).entries())
    try {
      await describe(sobject);
      available.push(index);
    } catch (error) {
      if (!(error instanceof AppError && (error.code === 'forbidden' || error.code === 'not_found')))
        throw error;
      refusals.push(error);
    }
  const [first] = refusals;
  if (available.length === 0 && first !== undefined) throw first;
  return available;
}
