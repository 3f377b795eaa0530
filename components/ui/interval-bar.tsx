/** A scale from 0 to 1 with an interval and a mark in it. The text beside it says the same, so it is hidden from readers. */
export function IntervalBar({ low, high, at }: { low: number; high: number; at: number }) {
  const percent = (fraction: number) => `${Math.min(1, Math.max(0, fraction)) * 100}%`;
  return (
    <div aria-hidden className="relative h-4">
      <div className="absolute inset-x-0 top-1.5 h-1 rounded bg-line" />
      <div
        className="absolute top-1 h-2 rounded bg-edge"
        style={{ left: percent(low), width: percent(high - low) }}
      />
      <div
        className="absolute top-0 h-4 w-1 -translate-x-1/2 rounded bg-ink ring-2 ring-surface"
        style={{ left: percent(at) }}
      />
    </div>
  );
}
