import { AppError } from '#lib/core/errors.ts';

/** Does work that Ctrl-C (or a polite kill) ends between two batches; a second one ends it at once, as ever. */
export async function untilInterrupted<T>(
  listen: boolean,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = () =>
    controller.abort(
      new AppError(
        'unavailable',
        'Stopped. What was imported so far is kept; the same command goes on from there.',
      ),
    );
  const signals = listen ? (['SIGINT', 'SIGTERM'] as const) : [];
  for (const name of signals) process.once(name, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of signals) process.off(name, stop);
  }
}
