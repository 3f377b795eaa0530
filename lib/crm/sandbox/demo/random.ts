/** A seeded source of chance (sfc32, Chris Doty-Humphrey, PractRand). The same seed gives the same draws. */
export type Random = {
  /** Uniform in [0, 1). */
  next: () => number;
  /** Whole number from `low` to `high`, both included. */
  int: (low: number, high: number) => number;
  chance: (probability: number) => boolean;
  /** Standard normal (Box-Muller). */
  normal: () => number;
  pick: <T>(items: readonly T[]) => T;
  weighted: <T>(items: readonly (readonly [T, number])[]) => T;
  /** An independent source named by `label`, so that adding draws in one place leaves all others as they were. */
  fork: (label: string) => Random;
};

function hash(text: string, start: number): number {
  let h = start ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

function sfc32(seed: number): () => number {
  let a = seed >>> 0;
  let b = Math.imul(seed, 0x9e3779b1) >>> 0;
  let c = ~seed >>> 0;
  let counter = 1;
  const step = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) step();
  return step;
}

export function createRandom(seed: number): Random {
  const next = sfc32(seed);
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new RangeError('pick from an empty list');
    return items[Math.floor(next() * items.length)]!;
  };
  return {
    next,
    pick,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: probability => next() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    weighted: items => {
      const total = items.reduce((sum, [, weight]) => sum + weight, 0);
      let left = next() * total;
      for (const [item, weight] of items) if ((left -= weight) < 0) return item;
      return items.at(-1)![0];
    },
    fork: label => createRandom(hash(label, seed)),
  };
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
