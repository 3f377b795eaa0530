import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyHubSpotSignature, type SignedRequest } from './signature.ts';

const now = new Date('2026-11-20T10:00:00.000Z');

/** Signs as HubSpot does: what is signed has the escapes decoded already. */
const signed = (text: {
  secret: string;
  method: string;
  uri: string;
  body: string;
  at: number;
}): SignedRequest => ({
  secret: text.secret,
  method: text.method,
  uri: text.uri,
  body: text.body,
  timestamp: String(text.at),
  signature: createHmac('sha256', text.secret)
    .update(`${text.method}${text.uri}${text.body}${text.at}`)
    .digest('base64'),
  now,
});

const base = {
  secret: 'client-secret',
  method: 'POST',
  uri: 'https://app.example.com/api/webhooks/hubspot',
  body: '[{"objectId":1}]',
  at: now.getTime() - 1000,
};

const request = fc
  .record({
    secret: fc.string({ minLength: 1 }),
    method: fc.constantFrom('POST', 'GET', 'PUT'),
    uri: fc.webUrl().filter(uri => !uri.includes('%')),
    body: fc.string({ unit: 'grapheme' }),
    at: fc.integer({ min: -300_000, max: 300_000 }).map(off => now.getTime() + off),
  })
  .map(signed);

describe('HubSpot signature v3', () => {
  it('accepts whatever was signed within five minutes either way, as text and as bytes', () => {
    fc.assert(
      fc.property(request, r => {
        expect(verifyHubSpotSignature(r)).toBe('valid');
        expect(verifyHubSpotSignature({ ...r, body: Buffer.from(r.body as string) })).toBe('valid');
      }),
    );
  });

  it('refuses it when any part was changed', () => {
    fc.assert(
      fc.property(request, fc.string({ minLength: 1 }), (r, more) => {
        const changed: SignedRequest[] = [
          { ...r, secret: r.secret + more },
          { ...r, uri: `${r.uri}x` },
          { ...r, body: `${r.body as string}${more}` },
          { ...r, method: 'DELETE' },
          { ...r, signature: `${r.signature}${more}` },
          { ...r, signature: (r.signature ?? '').slice(0, -2) },
          {
            ...r,
            timestamp: String(Number(r.timestamp) === now.getTime() ? now.getTime() - 1 : now.getTime()),
          },
        ];
        for (const c of changed) expect(verifyHubSpotSignature(c)).toBe('wrong');
      }),
    );
  });

  it('refuses what is older or newer than five minutes, however well signed', () => {
    const off = (ms: number) => verifyHubSpotSignature(signed({ ...base, at: now.getTime() + ms }));
    expect([off(-300_000), off(300_000)]).toEqual(['valid', 'valid']);
    expect([off(-300_001), off(300_001)]).toEqual(['expired', 'expired']);
  });

  it('decodes the escapes that HubSpot decodes, in either case, and no others', () => {
    const uri = "https://app.example.com/hooks?x=a:b/c?d@e!f$g'h(i)j*k,l;m&y=%20%26%3D";
    const r = signed({ ...base, uri });
    const escaped =
      'https://app.example.com/hooks?x=a%3Ab%2fc%3Fd%40e%21f%24g%27h%28i%29j%2ak%2Cl%3Bm&y=%20%26%3D';
    expect(verifyHubSpotSignature({ ...r, uri: escaped })).toBe('valid');
    expect(verifyHubSpotSignature({ ...r, uri: escaped.replace('%20', ' ') })).toBe('wrong');
  });

  it('refuses what carries no signature, an empty secret, or a timestamp that is no number', () => {
    const r = signed(base);
    expect(verifyHubSpotSignature({ ...r, signature: null })).toBe('missing');
    expect(verifyHubSpotSignature({ ...r, timestamp: null })).toBe('missing');
    expect(verifyHubSpotSignature({ ...signed({ ...base, secret: '' }) })).toBe('missing');
    for (const timestamp of ['1e3', '-1', '0x10', ' 5', '5 ', 'now'])
      expect(verifyHubSpotSignature({ ...r, timestamp })).toBe('wrong');
  });
});
