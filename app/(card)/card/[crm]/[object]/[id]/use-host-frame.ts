'use client';
import { useEffect, useRef } from 'react';
import { hostOrigin } from '../../../../host-origin.ts';
import type { SubjectView } from '#lib/views/types.ts';

/** Tells the CRM page around us, and no other, how tall the card is and when it changed the record. */
export function useHostFrame(view: SubjectView | null): void {
  const crm = view?.crmPages ? new URL(view.crmPages.origin).origin : null;
  useEffect(() => {
    const host = hostOrigin(crm);
    if (!host || window.parent === window) return undefined;
    // The document is never shorter than its frame, so the card's own height is what lets the frame shrink.
    const tell = () =>
      window.parent.postMessage(
        { type: 'sidecard:height', height: Math.ceil(document.body.offsetHeight) },
        host,
      );
    const observer = new ResizeObserver(tell);
    observer.observe(document.body);
    tell();
    return () => observer.disconnect();
  }, [crm]);

  const status = view?.suggestion?.status ?? null;
  const before = useRef(status);
  useEffect(() => {
    const changed = before.current !== status && (status === 'applied' || status === 'undone');
    before.current = status;
    const host = hostOrigin(crm);
    if (changed && host && window.parent !== window)
      window.parent.postMessage({ type: 'sidecard:changed' }, host);
  }, [status, crm]);
}
