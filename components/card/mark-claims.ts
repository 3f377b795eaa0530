import type { Claim } from '#lib/core/evidence.ts';

/** A stretch of a draft from the letter `at` on; `claim` is the index of the claim that it states, or null. */
export interface Segment {
  at: number;
  text: string;
  claim: number | null;
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Matches the claim's words whatever the case, line breaks, and the full stop at the end; never part of a longer word. */
function patternOf(claim: Claim): RegExp | null {
  const words = claim.text
    .trim()
    .replace(/[.!?…]+$/u, '')
    .split(/\s+/u)
    .filter(word => word !== '');
  if (words.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}])${words.map(escape).join('\\s+')}(?![\\p{L}\\p{N}])`, 'giu');
}

/**
 * Cuts a draft where its claims stand in it. The segments together are the draft, letter for letter; where claims overlap,
 * the earlier and then the longer one is marked. Text stays text: nothing in it is read as markup.
 */
export function markClaims(draft: string, claims: readonly Claim[]): Segment[] {
  const hits = claims.flatMap((claim, index) => {
    const pattern = patternOf(claim);
    return pattern === null
      ? []
      : [...draft.matchAll(pattern)].map(m => ({ claim: index, from: m.index, to: m.index + m[0].length }));
  });
  hits.sort((a, b) => a.from - b.from || b.to - a.to);
  const segments: Segment[] = [];
  let done = 0;
  for (const hit of hits) {
    if (hit.from < done) continue;
    if (hit.from > done) segments.push({ at: done, text: draft.slice(done, hit.from), claim: null });
    segments.push({ at: hit.from, text: draft.slice(hit.from, hit.to), claim: hit.claim });
    done = hit.to;
  }
  if (done < draft.length) segments.push({ at: done, text: draft.slice(done), claim: null });
  return segments;
}
