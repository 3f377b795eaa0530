'use client';
import type { ReactNode } from 'react';
import { Tooltip } from 'radix-ui';

/** Text that says more on hover and on keyboard focus. */
export function Tip({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <Tooltip.Provider delayDuration={200}>
      <Tooltip.Root>
        <Tooltip.Trigger
          type="button"
          className="cursor-help underline decoration-dotted decoration-edge underline-offset-2"
        >
          {children}
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            sideOffset={4}
            collisionPadding={8}
            className="z-50 max-w-72 rounded border border-edge bg-surface px-2 py-1 text-xs text-ink shadow-sm"
          >
            {text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
