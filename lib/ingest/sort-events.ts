import type { ReadEvent } from './read-events.ts';
import { eventHash } from './store-sent-events.ts';

/**
 * Events whose ids are new, those that were taken before with the same content, and those whose id has other content
 * already. Of two in one batch the first counts.
 */
export function sortOut(
  events: readonly ReadEvent[],
  known: ReadonlyMap<string, string>,
): { fresh: (ReadEvent & { hash: string })[]; duplicate: number; conflicts: number[] } {
  const hashes = new Map(known);
  const fresh: (ReadEvent & { hash: string })[] = [];
  const conflicts: number[] = [];
  for (const one of events) {
    const hash = eventHash(one.event);
    const before = hashes.get(one.event.id);
    if (before === undefined) {
      fresh.push({ ...one, hash });
      hashes.set(one.event.id, hash);
    } else if (before !== hash) conflicts.push(one.index);
  }
  return { fresh, duplicate: events.length - fresh.length - conflicts.length, conflicts };
}
