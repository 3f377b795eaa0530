import { createHmac } from 'node:crypto';

const DECODED = /%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/** The URI as it enters the signature: some reserved characters decoded, everything else as called. */
export function signedUri(url: string): string {
  return url.replace(DECODED, code => decodeURIComponent(code));
}

/**
 * The headers of HubSpot's signature v3: base64 of HMAC-SHA256 over method, URI, raw body and timestamp.
 * `timestamp` in milliseconds.
 */
export function signatureHeaders(
  secret: string,
  { method, url, body, timestamp }: { method: string; url: string; body: string; timestamp: number },
): Record<string, string> {
  const text = `${method}${signedUri(url)}${body}${timestamp}`;
  return {
    'X-HubSpot-Signature-v3': createHmac('sha256', secret).update(text).digest('base64'),
    'X-HubSpot-Request-Timestamp': String(timestamp),
  };
}
