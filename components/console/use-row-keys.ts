'use client';
import { useEffect } from 'react';
import type { RefObject } from 'react';

const typing = 'input, select, textarea, [contenteditable=true]';

/**
 * j and k move the focus to the next and the previous link marked `data-row` inside `box`; Enter then follows it, as on
 * any link. Silent while someone types or holds a modifier.
 */
export function useRowKeys(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.key !== 'j' && event.key !== 'k') || event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(typing)) return;
      const links = [...(box.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
      const at = links.findIndex(link => link.closest('tr')?.contains(document.activeElement));
      const next = event.key === 'j' ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0);
      links[next]?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [box]);
}
