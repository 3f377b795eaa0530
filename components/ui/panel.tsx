import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** A titled part of a page. With an `id` it can be linked to. */
export function Panel({
  title,
  id,
  aside,
  className,
  children,
}: {
  title: ReactNode;
  id?: string;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section
      id={id}
      aria-labelledby={id && `${id}-title`}
      className={clsx(
        'min-w-0 rounded border border-line bg-surface p-4 print:border-0 print:p-0',
        className,
      )}
    >
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id={id && `${id}-title`} className="text-base font-semibold">
          {title}
        </h2>
        {aside && <div className="text-xs text-muted">{aside}</div>}
      </div>
      {children}
    </section>
  );
}

/** A page's heading and, to its right, what concerns the whole page. */
export function PageHead({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
      <h1 className="text-xl font-semibold">{title}</h1>
      {children && <div className="text-muted">{children}</div>}
    </header>
  );
}

export const Empty = ({ children }: { children: ReactNode }) => <p className="py-2 text-muted">{children}</p>;
