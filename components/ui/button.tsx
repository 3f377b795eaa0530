'use client';
import { clsx } from 'clsx';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

const looks = {
  primary: 'border-accent bg-accent text-accent-ink hover:opacity-90',
  plain: 'border-edge bg-surface text-ink hover:bg-sunken',
  quiet: 'border-transparent bg-transparent text-accent hover:bg-sunken',
  danger: 'border-bad bg-surface text-bad hover:bg-bad-soft',
} as const;

/**
 * A button. While `busy` or `off` it keeps its place in the tab order, so focus is not lost, and does nothing.
 */
export function Button({
  look = 'plain',
  busy = false,
  off = false,
  icon,
  className,
  children,
  onClick,
  ...rest
}: Omit<ComponentProps<'button'>, 'disabled'> & {
  look?: keyof typeof looks;
  busy?: boolean;
  off?: boolean;
  icon?: ReactNode;
}) {
  const still = busy || off;
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={still || undefined}
      aria-busy={busy || undefined}
      onClick={event => (still ? event.preventDefault() : onClick?.(event))}
      className={clsx(
        'inline-flex min-h-8 items-center justify-center gap-1.5 rounded border px-3 py-1 text-sm font-medium',
        looks[look],
        still && 'cursor-not-allowed opacity-60',
        className,
      )}
    >
      {busy ? <LoaderCircle aria-hidden className="size-4 animate-spin" /> : icon}
      {children}
    </button>
  );
}
