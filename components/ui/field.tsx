'use client';
import { clsx } from 'clsx';
import { useId } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { formatCount } from './number-format.ts';

export const inputLook =
  'w-full rounded border border-edge bg-surface px-2 py-1 text-sm text-ink aria-invalid:border-bad aria-invalid:outline-bad';

/** A label, its input, and below it a hint, the problem with what was typed, and how much room is left. */
function Frame({
  id,
  label,
  hint,
  problem,
  length,
  max,
  children,
}: {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  problem?: string | null;
  length?: number;
  max?: number;
  children: ReactNode;
}) {
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block text-xs font-medium text-muted">
        {label}
      </label>
      {children}
      <div id={`${id}-below`} className="flex justify-between gap-3 text-xs text-muted empty:hidden">
        {(problem ?? hint) && <span className={clsx(problem && 'text-bad')}>{problem ?? hint}</span>}
        {max !== undefined && (
          <span className={clsx('ml-auto whitespace-nowrap', (length ?? 0) > max && 'font-medium text-bad')}>
            {formatCount(length ?? 0)} of {formatCount(max)} characters
          </span>
        )}
      </div>
    </div>
  );
}

type Shared = {
  label: ReactNode;
  value: string;
  onValue: (value: string) => void;
  hint?: ReactNode;
  problem?: string | null;
  max?: number;
};

/** Frame and attributes that every kind of field has; the rest is its own. */
function useField({ label, value, hint, problem, max }: Shared) {
  const id = useId();
  const counted = max === undefined ? {} : { max };
  return {
    frame: { id, label, hint, problem: problem ?? null, length: value.length, ...counted },
    own: {
      id,
      value,
      'aria-invalid': problem ? true : undefined,
      'aria-describedby': `${id}-below`,
    },
  } as const;
}

export function TextField(props: Shared & Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'max'>) {
  const { label, value, onValue, hint, problem, max, ...rest } = props;
  const { frame, own } = useField(props);
  return (
    <Frame {...frame}>
      <input
        {...rest}
        {...own}
        onChange={event => onValue(event.target.value)}
        className={clsx(inputLook, 'min-h-8')}
      />
    </Frame>
  );
}

export function TextArea(props: Shared & Omit<ComponentProps<'textarea'>, 'value' | 'onChange'>) {
  const { label, value, onValue, hint, problem, max, ...rest } = props;
  const { frame, own } = useField(props);
  return (
    <Frame {...frame}>
      <textarea
        {...rest}
        {...own}
        onChange={event => onValue(event.target.value)}
        className={clsx(inputLook, 'field-sizing-content max-h-96 min-h-16')}
      />
    </Frame>
  );
}
