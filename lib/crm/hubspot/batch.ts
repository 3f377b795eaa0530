import { AppError } from '#lib/core/errors.ts';

interface Reply<T> {
  results: T[];
  errors?: { category?: string | undefined; message: string }[] | undefined;
}

/** Results of a batch. Inputs that were not found are simply absent; any other error in it throws `refused`. */
export function resultsOf<T>({ results, errors = [] }: Reply<T>, doing: string): T[] {
  const other = errors.filter(error => error.category !== 'OBJECT_NOT_FOUND');
  if (other.length === 0) return results;
  const words = [...new Set(other.map(error => error.message))].join(' ').slice(0, 1000);
  throw new AppError('refused', `HubSpot refused ${doing}. HubSpot says: ${words}`, { doing, words });
}
