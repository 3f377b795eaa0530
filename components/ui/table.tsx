import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

/** A table that scrolls inside itself when the window is narrow; the caption names it. */
export function Table({
  caption,
  showCaption = false,
  children,
}: {
  caption: string;
  showCaption?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-left">
        <caption className={showCaption ? 'pb-1 text-left text-xs text-muted' : 'sr-only'}>{caption}</caption>
        {children}
      </table>
    </div>
  );
}

type CellProps = { numeric?: boolean; className?: string };

export function HeadCell({
  numeric = false,
  className,
  ...rest
}: CellProps & Omit<ComponentProps<'th'>, 'className'>) {
  return (
    <th
      scope="col"
      {...rest}
      className={clsx(
        'border-b border-edge px-2 py-1.5 text-xs font-medium whitespace-nowrap text-muted first:pl-0 last:pr-0',
        numeric && 'text-right',
        className,
      )}
    />
  );
}

export function Cell({
  numeric = false,
  className,
  ...rest
}: CellProps & Omit<ComponentProps<'td'>, 'className'>) {
  return (
    <td
      {...rest}
      className={clsx(
        'border-b border-line px-2 py-1.5 align-top first:pl-0 last:pr-0',
        numeric && 'text-right whitespace-nowrap',
        className,
      )}
    />
  );
}

/** The cell that names its row. */
export function RowHead({
  className,
  ...rest
}: { className?: string } & Omit<ComponentProps<'th'>, 'className'>) {
  return (
    <th
      scope="row"
      {...rest}
      className={clsx(
        'border-b border-line px-2 py-1.5 text-left align-top font-medium first:pl-0',
        className,
      )}
    />
  );
}
