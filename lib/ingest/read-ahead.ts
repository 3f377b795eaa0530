import type { CrmReader } from '#lib/crm/crm.ts';

type Page = Awaited<ReturnType<CrmReader['listPage']>>;

/**
 * Reads pages while earlier ones are being stored: at most `most` wait, so that memory stays bounded. Gives all that
 * are ready, in order. A failure is thrown once everything read before it has been taken.
 */
export async function* readAhead(
  first: string | null,
  read: (after: string | null) => Promise<Page>,
  most: number,
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
      while (ready.length >= most && !state.stopped) await readerWaits.wait();
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
