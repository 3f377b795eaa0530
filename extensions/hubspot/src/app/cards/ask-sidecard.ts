import { hubspot } from '@hubspot/ui-extensions';

/** `kind`: `offline` is worth another try, `refused` says the same again. */
export type Asked<T> =
  { ok: true; value: T } | { ok: false; kind: 'offline' | 'refused' | 'unknown'; text: string };

export interface Place {
  /** Origin of the Sidecard installation. */
  base: string;
  record: { object: 'contacts' | 'companies' | 'deals'; id: string };
}

const timeoutMs = 15_000;

/**
 * Asks Sidecard through HubSpot, which signs the request and says who looks. HubSpot repeats a request that failed, so
 * what changes something carries an idempotency key in its body.
 */
export async function askSidecard<T>(
  { base, record }: Place,
  what: 'subject' | 'answer' | 'launch',
  more: Record<string, unknown> = {},
): Promise<Asked<T>> {
  let response: Response;
  try {
    response = await hubspot.fetch(`${base}/api/hubspot/card/${what}`, {
      method: 'POST',
      timeout: timeoutMs,
      body: { ...record, ...more },
    });
  } catch {
    return { ok: false, kind: 'offline', text: 'Sidecard cannot be reached. Nothing was lost: try again.' };
  }
  const body = (await response.json().catch(() => null)) as (T & { detail?: string }) | null;
  if (response.ok && body !== null) return { ok: true, value: body };
  const text = body?.detail ?? `Sidecard answered with status ${response.status}.`;
  if (response.status === 404) return { ok: false, kind: 'unknown', text };
  return { ok: false, kind: response.status >= 500 ? 'offline' : 'refused', text };
}
