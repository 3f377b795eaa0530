/**
 * Deals with parts one after another. After one that fails it deals with none: the place after a later part must not be
 * kept while an earlier one is not.
 */
export function inOrder<T>(work: (part: T) => Promise<void>, failed: (error: unknown) => void) {
  let working: Promise<void> = Promise.resolve();
  let broken = false;
  return {
    add: (part: T): void => {
      working = working
        .then(() => (broken ? undefined : work(part)))
        .catch((error: unknown) => {
          broken = true;
          failed(error);
        });
    },
    /** Resolves when all that was added so far is dealt with. */
    done: (): Promise<void> => working,
  };
}
