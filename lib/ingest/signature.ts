import { createHmac, timingSafeEqual } from 'node:crypto';

const mayDifferByMs = 5 * 60_000;

/** The escapes that HubSpot decodes before it signs; every other one stays as it is in the request. */
const decoded = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

export interface SignedRequest {
  /** The app's client secret. */
  secret: string;
  method: string;
  /** The whole URL as HubSpot called it: behind a proxy, built from the configured public origin. */
  uri: string;
  /** As received, before any parsing. */
  body: string | Uint8Array;
  /** Header X-HubSpot-Request-Timestamp: milliseconds since 1970. */
  timestamp: string | null;
  /** Header X-HubSpot-Signature-v3. */
  signature: string | null;
  now: Date;
}

export type SignatureCheck = 'valid' | 'missing' | 'expired' | 'wrong';

/** HubSpot's signature v3, compared in constant time; a timestamp more than 5 minutes off either way is `expired`. */
export function verifyHubSpotSignature(request: SignedRequest): SignatureCheck {
  const { secret, method, uri, body, timestamp, signature, now } = request;
  if (secret === '' || !timestamp || !signature) return 'missing';
  if (!/^\d{1,15}$/.test(timestamp)) return 'wrong';
  if (Math.abs(now.getTime() - Number(timestamp)) > mayDifferByMs) return 'expired';
  const expected = createHmac('sha256', secret)
    .update(method.toUpperCase() + uri.replace(decoded, decodeURIComponent))
    .update(body)
    .update(timestamp)
    .digest('base64');
  const [a, b] = [Buffer.from(expected), Buffer.from(signature)];
  return a.length === b.length && timingSafeEqual(a, b) ? 'valid' : 'wrong';
}
