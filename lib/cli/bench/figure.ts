/** Something that takes time, and what the least that must be done took in the same run on the same machine. */
export interface Figure {
  what: string;
  value: number;
  unit: 'ms' | 'µs' | 's' | 'per second';
  baseline: { what: string; value: number };
  /** How many times the baseline's time it takes: above 1 is slower, whatever the unit. */
  ratio: number;
  /** Anything that a reader needs to make sense of it. */
  note: string | null;
}

export function figure(
  what: string,
  value: number,
  unit: Figure['unit'],
  baseline: Figure['baseline'],
  note: string | null = null,
): Figure {
  const ratio = unit === 'per second' ? baseline.value / value : value / baseline.value;
  return { what, value, unit, baseline, ratio, note };
}
