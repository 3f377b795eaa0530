import { Refusal } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { renderItemError } from './render-refusal.ts';

type Input = object & { id?: string; objectWriteTraceId?: string | undefined };
type ItemError = ReturnType<typeof renderItemError>;

/** True if each input has its own trace id, which is how a caller asks for errors per item. */
function asksForItemErrors(inputs: Input[]): boolean {
  const traces = inputs.map(({ objectWriteTraceId }) => objectWriteTraceId);
  return traces.every(Boolean) && new Set(traces).size === traces.length;
}

/**
 * Runs a batch in one transaction. Missing records are always reported per item; any other refusal is so only
 * when the caller gave trace ids, and otherwise refuses the whole batch.
 */
export function runBatch<I extends Input, R>(
  store: Store,
  inputs: I[],
  work: (input: I) => R,
): { results: R[]; errors: ItemError[] } {
  const perItem = asksForItemErrors(inputs);
  return store.transact(() => {
    const results: R[] = [];
    const errors: ItemError[] = [];
    for (const input of inputs) {
      try {
        results.push(work(input));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (!perItem && error.category !== 'OBJECT_NOT_FOUND') throw error;
        const { id, objectWriteTraceId } = input;
        errors.push(
          renderItemError(error, {
            ...(id === undefined ? {} : { ids: [id] }),
            ...(objectWriteTraceId === undefined ? {} : { objectWriteTraceId: [objectWriteTraceId] }),
          }),
        );
      }
    }
    return { results, errors };
  });
}

/** The body of a batch answer; with errors it goes out as 207. */
export function renderBatch(store: Store, results: unknown[], errors: object[] = []) {
  const at = new Date(store.now()).toISOString();
  return {
    status: 'COMPLETE',
    results,
    requestedAt: at,
    startedAt: at,
    completedAt: at,
    ...(errors.length > 0
      ? {
          numErrors: errors.length,
          errors,
        }
      : {}),
  };
}
