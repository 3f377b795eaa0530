import { createHmac } from 'node:crypto';

/** A call as HubSpot's `hubspot.fetch` sends it: account and user in the query, all of it signed. */
export function signedCall(
  call: { origin: string; path: string; query: string; body: unknown },
  secret: string,
  now: Date,
): Request {
  const body = JSON.stringify(call.body);
  const url = `${call.origin}${call.path}?${call.query}`;
  const timestamp = String(now.getTime());
  const signed = `POST${url.replaceAll('%40', '@')}${body}${timestamp}`;
  return new Request(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-hubspot-request-timestamp': timestamp,
      'x-hubspot-signature-v3': createHmac('sha256', secret).update(signed).digest('base64'),
    },
  });
}
