'use client';
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { HeadCell } from './table.tsx';

export interface SortOrder<Key extends string> {
  key: Key;
  down: boolean;
}

/** Rows in order; those without a value come last either way, equal ones keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => number | string | null,
  down: boolean,
): Row[] {
  return [...rows].sort((a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    const order =
      typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en-GB');
    return down ? -order : order;
  });
}

/** The order of a table and a way to turn it: the same column again reverses it. */
export function useSort<Key extends string>(first: SortOrder<Key>) {
  const [order, setOrder] = useState(first);
  const sortBy = (key: Key) => setOrder({ key, down: key === order.key ? !order.down : true });
  return { order, sortBy };
}

/** A column head that sorts. */
export function SortHead<Key extends string>({
  name,
  order,
  onSort,
  numeric = false,
  className,
  children,
}: {
  name: Key;
  order: SortOrder<Key>;
  onSort: (key: Key) => void;
  numeric?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const active = order.key === name;
  let Icon = ArrowUpDown;
  if (active) Icon = order.down ? ArrowDown : ArrowUp;
  const direction = order.down ? 'descending' : 'ascending';
  return (
    <HeadCell numeric={numeric} aria-sort={active ? direction : 'none'} {...(className && { className })}>
      <button
        type="button"
        onClick={() => onSort(name)}
        className="inline-flex min-h-6 items-center gap-1 hover:text-ink"
      >
        {children}
        <Icon aria-hidden className="size-3" />
      </button>
    </HeadCell>
  );
}
