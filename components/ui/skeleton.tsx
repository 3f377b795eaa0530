import { clsx } from 'clsx';

/** The place of something that is still coming. */
export const Skeleton = ({ className }: { className: string }) => (
  <div aria-hidden className={clsx('animate-pulse rounded bg-line', className)} />
);
