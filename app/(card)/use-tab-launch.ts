'use client';
import { useEffect } from 'react';
import { holdsBearer } from './bearer.ts';

/**
 * Our links from the card into a tab of its own take the session along: the frame's cookie, or its token in memory, is not
 * there. Without a session in memory, as in the demo, links are just links.
 */
export function useTabLaunch(): void {
  useEffect(() => {
    const open = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[target="_blank"]') : null;
      if (!(link instanceof HTMLAnchorElement) || link.origin !== window.location.origin || !holdsBearer())
        return;
      event.preventDefault();
      const tab = window.open('about:blank', '_blank');
      if (tab) void lead(tab, link.pathname);
    };
    document.addEventListener('click', open, true);
    return () => document.removeEventListener('click', open, true);
  }, []);
}

/** Sends the tab on its way, signed in where the server says so, and else as it is. */
async function lead(tab: Window, place: string): Promise<void> {
  tab.opener = null;
  try {
    const response = await fetch('/api/session/launch', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ place }),
    });
    const { path } = (await response.json()) as { path?: string };
    tab.location.replace(new URL(path ?? place, window.location.origin));
  } catch {
    tab.location.replace(new URL(place, window.location.origin));
  }
}
