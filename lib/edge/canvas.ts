import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What we take of Salesforce's signed request; much more stands beside it. */
export const CanvasRequest = z.object({
  algorithm: z.literal('HMACSHA256'),
  context: z.object({
    user: z.object({
      userId: z.string(),
      fullName: z.string().nullish(),
      email: z.string().nullish(),
    }),
    organization: z.object({ organizationId: z.string() }),
    environment: z.object({
      record: z
        .object({ Id: z.string().optional(), attributes: z.object({ type: z.string() }).optional() })
        .optional(),
    }),
  }),
});
export type CanvasRequest = z.infer<typeof CanvasRequest>;

/**
 * What a signed request says, before anybody has checked who says it: to find the account whose secret can check it, and
 * for nothing else. Null for one that cannot be read.
 */
export function readCanvasRequest(signed: string): CanvasRequest | null {
  const [, payload] = parts(signed);
  if (payload === undefined) return null;
  try {
    const read = CanvasRequest.safeParse(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/**
 * Whether the app's consumer secret signed it, compared in constant time. No secret signs nothing. The signature counts only as
 * Salesforce writes it: base64 has other spellings of the same bytes, and a request in another one would pass for a new one.
 */
export function verifyCanvasSignature(signed: string, secret: string): boolean {
  const [signature, payload] = parts(signed);
  if (secret === '' || signature === undefined || payload === undefined) return false;
  const expected = Buffer.from(createHmac('sha256', secret).update(payload).digest('base64'));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Signature and payload, both base64. Anything but the two is no signed request. */
function parts(signed: string): [string, string] | [undefined, undefined] {
  const [, signature, payload] = /^([A-Za-z0-9+/=]{1,100})\.([A-Za-z0-9+/=]{1,100000})$/.exec(signed) ?? [];
  return signature === undefined || payload === undefined ? [undefined, undefined] : [signature, payload];
}
