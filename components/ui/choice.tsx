'use client';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** A few choices of which one holds, as radio buttons that look like chips. */
export function Choice<Value extends string>({
  legend,
  name,
  options,
  value,
  onValue,
  showLegend = true,
}: {
  legend: string;
  name: string;
  options: readonly { value: Value; label: ReactNode }[];
  value: Value | null;
  onValue: (value: Value) => void;
  showLegend?: boolean;
}) {
  return (
    <fieldset>
      <legend className={showLegend ? 'mb-1 text-xs font-medium text-muted' : 'sr-only'}>{legend}</legend>
      <div className="flex flex-wrap gap-1.5">
        {options.map(option => (
          <label
            key={option.value}
            className={clsx(
              'flex min-h-7 cursor-pointer items-center gap-1.5 rounded border px-2 py-0.5 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
              option.value === value
                ? 'border-accent bg-accent-soft font-medium text-accent'
                : 'border-edge bg-surface hover:bg-sunken',
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onValue(option.value)}
              className="size-3 accent-accent"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
