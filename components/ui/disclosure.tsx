'use client';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

/** A part that opens on demand; works without script and prints open. */
export function Disclosure({
  summary,
  open = false,
  onOpen,
  children,
}: {
  summary: ReactNode;
  open?: boolean;
  onOpen?: () => void;
  children: ReactNode;
}) {
  return (
    <details
      open={open}
      className="group"
      onToggle={event => {
        if (event.currentTarget.open) onOpen?.();
      }}
    >
      <summary className="flex min-h-6 items-center gap-1 text-accent hover:underline">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 transition-transform group-open:rotate-90 print:hidden"
        />
        <span className="min-w-0">{summary}</span>
      </summary>
      <div className="pt-2">{children}</div>
    </details>
  );
}
