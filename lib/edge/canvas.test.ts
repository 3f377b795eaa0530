import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { readCanvasRequest, verifyCanvasSignature } from './canvas.ts';
import { salesforceSubject } from './salesforce-launch.ts';

vi.mock('next/headers', () => ({}));

const secret = 'a consumer secret';
const sign = (payload: string, by = secret) =>
  `${createHmac('sha256', by).update(payload).digest('base64')}.${payload}`;
const said = {
  algorithm: 'HMACSHA256',
  client: { oauthToken: 'x' },
  context: {
    user: { userId: '005x0000001SyyEAAS', fullName: 'Ana', email: 'ana@us.example', language: 'en_US' },
    organization: { organizationId: '00Dx00000001hxyEAA' },
    environment: { record: { Id: '00Qx0000001hxyEAAQ', attributes: { type: 'Lead', url: '/x' } } },
  },
};
const payload = Buffer.from(JSON.stringify(said)).toString('base64');

describe('a signed request of Canvas', () => {
  it('is read and believed when the app’s secret signed it', () => {
    expect(verifyCanvasSignature(sign(payload), secret)).toBe(true);
    expect(readCanvasRequest(sign(payload))?.context.user.userId).toBe('005x0000001SyyEAAS');
  });

  it('is believed in one spelling alone, so that it counts once', () => {
    const [signature = ''] = sign(payload).split('.');
    for (const other of [`${signature}=`, signature.slice(0, -1), `${signature}AAAA`, `=${signature}`])
      expect(verifyCanvasSignature(`${other}.${payload}`, secret)).toBe(false);
    // Two bits of the last letter stand for nothing.
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
      if (letter !== signature.at(-2))
        expect(verifyCanvasSignature(`${signature.slice(0, -2)}${letter}=.${payload}`, secret)).toBe(false);
  });

  it('is not when anything of it was changed', () => {
    const [signature = ''] = sign(payload).split('.');
    fc.assert(
      fc.property(fc.nat(payload.length - 1), fc.constantFrom('A', 'b', '0', '+', '/'), (at, letter) => {
        fc.pre(payload[at] !== letter);
        const changed = payload.slice(0, at) + letter + payload.slice(at + 1);
        expect(verifyCanvasSignature(`${signature}.${changed}`, secret)).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
        const forged = Buffer.from(bytes).toString('base64');
        expect(verifyCanvasSignature(`${forged}.${payload}`, secret)).toBe(forged === signature);
      }),
    );
  });

  it.each([
    ['another secret', sign(payload, 'other'), secret],
    ['no secret', sign(payload, ''), ''],
    ['no signature', `.${payload}`, secret],
    ['three parts', `${sign(payload)}.x`, secret],
    ['nothing', '', secret],
  ])('is not with %s', (_, signed, by) => {
    expect(verifyCanvasSignature(signed, by)).toBe(false);
  });

  it('of another algorithm, or that is no JSON, is not read', () => {
    for (const other of [
      '{"algorithm":"none"}',
      'x',
      '[]',
      JSON.stringify({ ...said, algorithm: 'HMACSHA1' }),
    ])
      expect(readCanvasRequest(sign(Buffer.from(other).toString('base64')))).toBeNull();
    expect(readCanvasRequest('no dot')).toBeNull();
  });
});

describe('Salesforce’s records', () => {
  it('are called by our words', () => {
    expect(salesforceSubject({ type: 'Opportunity', id: '006x0000001hxyEAAQ' })).toEqual({
      crm: 'salesforce',
      object: 'deals',
      id: '006x0000001hxyEAAQ',
    });
    expect(() => salesforceSubject({ type: 'Case', id: '500x0000001hxyEAAQ' })).toThrow(/Case/);
    expect(() => salesforceSubject({ type: 'constructor', id: '500x0000001hxyEAAQ' })).toThrow();
  });
});
