/** Numbers from a seed (mulberry32): the same seed gives the same run, on every machine. */
export function drawFrom(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    /** A whole number in [0, n). */
    below,
    one: <T>(of: readonly T[]): T => {
      const drawn = of[below(of.length)];
      if (drawn === undefined) throw new RangeError('nothing to draw from');
      return drawn;
    },
    chance: (probability: number): boolean => next() < probability,
  };
}
export type Draw = ReturnType<typeof drawFrom>;
