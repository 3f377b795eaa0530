/** Classes of size, in order. */
export const SIZES = ['small', 'mid-size', 'large', 'very large'] as const;

/** What an account is like, as far as it is known: class of size, family of industry, way of buying. */
export type Cell = { size: string | null; industry: string | null; behaviour: string };

/** A kind of account: the most typical cell, and a name that says what its accounts have in common. */
export type Persona = { name: string; like: Cell };

const UNKNOWN = 0.5;

/** How different two accounts are, from 0 to 3: a third each for size, industry and way of buying. */
export function distance(a: Cell, b: Cell): number {
  const size =
    a.size === null || b.size === null
      ? a.size === b.size
        ? 0
        : UNKNOWN
      : Math.abs(rankOf(a.size) - rankOf(b.size)) / (SIZES.length - 1);
  const industry = a.industry === b.industry ? 0 : a.industry === null || b.industry === null ? UNKNOWN : 1;
  return size + industry + (a.behaviour === b.behaviour ? 0 : 1);
}

const rankOf = (size: string): number => SIZES.findIndex(one => one === size);
