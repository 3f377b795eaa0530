'use client';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { PipelineView } from '#lib/views/types.ts';
import { formatCompact } from '#components/ui/number-format.ts';

type Stage = PipelineView['stages'][number];
const rowHeight = 40;
const text = { fill: 'var(--muted)', fontSize: 12 };

/** Amount (outlined) over weighted amount (filled) for each stage: told apart by shape, not hue. The table holds the data. */
export function StagePlot({ stages, currency }: { stages: readonly Stage[]; currency: string }) {
  const height = stages.length * rowHeight + 30;
  return (
    <figure aria-hidden className="min-w-0">
      <figcaption className="mb-1 flex flex-wrap gap-x-4 text-xs text-muted">
        <span className="inline-flex items-center gap-1.5">
          <span className="inline-block h-2.5 w-4 border border-edge bg-sunken" /> Amount
        </span>
        <span className="inline-flex items-center gap-1.5">
          <span className="inline-block h-2.5 w-4 bg-accent" /> Weighted amount
        </span>
        <span>{currency}</span>
      </figcaption>
      <div style={{ height }}>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height }}>
          <BarChart
            layout="vertical"
            data={[...stages]}
            accessibilityLayer={false}
            barGap={2}
            barCategoryGap={8}
            margin={{ top: 0, right: 12, bottom: 0, left: 0 }}
          >
            <CartesianGrid horizontal={false} stroke="var(--line)" />
            <XAxis
              type="number"
              tickFormatter={formatCompact}
              tick={text}
              stroke="var(--line)"
              tickCount={4}
            />
            <YAxis type="category" dataKey="name" width={126} tick={text} stroke="var(--line)" interval={0} />
            <Bar dataKey="amount" fill="var(--sunken)" stroke="var(--edge)" isAnimationActive={false} />
            <Bar dataKey="weighted" fill="var(--accent)" isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
