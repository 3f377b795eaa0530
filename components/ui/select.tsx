'use client';
import { useId } from 'react';

/** A native select with its label before it; `quiet`: the label is for screen readers alone, where a table says it. */
export function Select<Value extends string>({
  label,
  quiet = false,
  options,
  value,
  onValue,
}: {
  label: string;
  quiet?: boolean;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onValue: (value: Value) => void;
}) {
  const id = useId();
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <label htmlFor={id} className={quiet ? 'sr-only' : 'text-xs text-muted'}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={event => {
          const chosen = options.find(o => o.value === event.target.value);
          if (chosen) onValue(chosen.value);
        }}
        className="min-h-8 min-w-0 rounded border border-edge bg-surface px-2 py-1 text-sm text-ink"
      >
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}
