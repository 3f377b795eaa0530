import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const levels = {
  info: { look: 'border-line bg-sunken text-ink', Icon: Info, word: 'Note' },
  good: { look: 'border-good bg-good-soft text-good', Icon: CircleCheck, word: 'Done' },
  warning: { look: 'border-warn bg-warn-soft text-warn', Icon: TriangleAlert, word: 'Warning' },
  problem: { look: 'border-bad bg-bad-soft text-bad', Icon: CircleAlert, word: 'Problem' },
} as const;

/** A state that a person should know about. `live` has screen readers say it when it appears. */
export function Notice({
  level,
  title,
  live = false,
  children,
}: {
  level: keyof typeof levels;
  title?: ReactNode;
  live?: boolean;
  children?: ReactNode;
}) {
  const { look, Icon, word } = levels[level];
  const role = level === 'problem' ? 'alert' : 'status';
  return (
    <div {...(live && { role })} className={clsx('flex gap-2 rounded border px-3 py-2', look)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="sr-only">{word}:</span>
      <div className="min-w-0 space-y-1 [&_p]:text-ink">
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children}
      </div>
    </div>
  );
}
