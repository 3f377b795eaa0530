import type { CrmReader } from '#lib/crm/crm.ts';

type Page = Awaited<ReturnType<CrmReader['listPage']>>;

/** What may wait at once, whichever is reached first; `characters` are those of the records' values. */
export interface Most {
  pages: number;
  characters: number;
}

/**
 * Reads pages while earlier ones are being stored: no more is read while the most that may wait does, so that memory
 * stays bounded. Gives all that are ready, in order. A failure is thrown once everything read before it has been taken.
 */
export async function* readAhead(
  first: string | null,
  read: (after: string | null) => Promise<Page>,
  most: Most,
): AsyncGenerator<Page[], void> {
  const ready: Page[] = [];
  const state: { over: boolean; stopped: boolean; failure: { reason: unknown } | null } = {
    over: false,
    stopped: false,
    failure: null,
  };
  const [readerWaits, takerWaits] = [newBell(), newBell()];
  const readAll = async (): Promise<void> => {
    for (let after = first; !state.stopped;) {
      const page = await read(after);
      ready.push(page);
      takerWaits.ring();
      if (page.next === null) return;
      after = page.next;
      while (isFull(ready, most) && !state.stopped) await readerWaits.wait();
    }
  };
  const reading = readAll()
    .catch((reason: unknown) => {
      state.failure = { reason };
    })
    .finally(() => {
      state.over = true;
      takerWaits.ring();
    });
  try {
    while (ready.length > 0 || !state.over) {
      if (ready.length === 0) await takerWaits.wait();
      const pages = ready.splice(0);
      readerWaits.ring();
      if (pages.length > 0) yield pages;
    }
    if (state.failure) throw state.failure.reason;
  } finally {
    state.stopped = true;
    readerWaits.ring();
    await reading;
  }
}

const isFull = (ready: readonly Page[], { pages, characters }: Most): boolean =>
  ready.length >= pages || ready.reduce((sum, page) => sum + charactersIn(page), 0) >= characters;

function charactersIn({ records }: Page): number {
  let sum = 0;
  for (const { record } of records)
    for (const name of Object.keys(record.fields)) sum += record.fields[name]?.length ?? 0;
  return sum;
}

/** Wakes whoever waits; a ring that nobody waits for is lost, so check before waiting. */
function newBell(): { wait(): Promise<void>; ring(): void } {
  let wake = (): void => undefined;
  return {
    wait: () =>
      new Promise<void>(resolve => {
        wake = resolve;
      }),
    ring: () => wake(),
  };
}
