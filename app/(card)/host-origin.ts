/**
 * The origin of the page around this frame: as the browser knows it, since a CRM shows records under another host than its
 * interface. Who that may be is settled by frame-ancestors; `fallback` is for browsers that tell nothing.
 */
export function hostOrigin(fallback: string | null): string | null {
  const { ancestorOrigins } = window.location as Location & { ancestorOrigins?: ArrayLike<string> };
  const around = ancestorOrigins?.[0];
  if (around !== undefined && around !== 'null') return around;
  if (document.referrer !== '' && new URL(document.referrer).origin !== window.location.origin)
    return new URL(document.referrer).origin;
  return fallback;
}
