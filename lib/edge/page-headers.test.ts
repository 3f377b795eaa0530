import { describe, expect, it } from 'vitest';
import { frameAncestorsOf, pageHeaders } from './page-headers.ts';

const setting = { frameAncestors: ['https://*.hubspot.com'], nonce: 'bm9uY2U', dev: false };
const directive = (url: string, name: string, more = {}) =>
  (pageHeaders(url, { ...setting, ...more })['content-security-policy'] ?? '')
    .split('; ')
    .find(one => one.startsWith(`${name} `));

describe('the headers of a page', () => {
  it.each([
    '/card/hubspot/contacts/7',
    '/card/hubspot/contacts/7?x=1',
    '/launch',
    '/launch?x',
    '/api/canvas',
  ])('%s may be framed by the connected CRM, and says so in one way only', url => {
    expect(directive(url, 'frame-ancestors')).toBe("frame-ancestors 'self' https://*.hubspot.com");
    expect(pageHeaders(url, setting)).not.toHaveProperty('x-frame-options');
  });

  it.each([
    '/',
    '/settings',
    '/decisions/dec_1',
    '/cards',
    '/launcher',
    '/x/card/1',
    '/?/card/',
    '//card/x',
    '/api/session',
  ])('%s may be framed by nobody', url => {
    expect(directive(url, 'frame-ancestors')).toBe("frame-ancestors 'none'");
    expect(pageHeaders(url, setting)['x-frame-options']).toBe('DENY');
  });

  it('let only scripts run that carry the nonce, and code be evaluated in development alone', () => {
    expect(directive('/', 'script-src')).toBe("script-src 'self' 'nonce-bm9uY2U' 'strict-dynamic'");
    expect(directive('/', 'script-src', { dev: true })).toContain("'unsafe-eval'");
    expect(directive('/', 'connect-src')).toBe("connect-src 'self'");
  });
});

describe('who may frame the card', () => {
  it('is the connected CRM, not another', () => {
    expect(frameAncestorsOf('hubspot').join(' ')).not.toMatch(/force|salesforce/);
    expect(frameAncestorsOf('salesforce').join(' ')).not.toContain('hubspot');
    expect(frameAncestorsOf('csv')).toEqual([]);
  });

  it('is one Salesforce organisation where it has a domain of its own, not everybody’s', () => {
    expect(frameAncestorsOf('salesforce', { pages: 'https://acme.my.salesforce.com' })).toEqual([
      'https://acme.my.salesforce.com',
      'https://acme.lightning.force.com',
      'https://acme--c.vf.force.com',
    ]);
    expect(frameAncestorsOf('salesforce', { pages: 'https://acme--uat.sandbox.my.salesforce.com' })).toEqual([
      'https://acme--uat.sandbox.my.salesforce.com',
      'https://acme--uat.sandbox.lightning.force.com',
      'https://acme--uat--c.sandbox.vf.force.com',
    ]);
    expect(frameAncestorsOf('salesforce', { pages: 'https://my.salesforce.com.evil.example' })).toContain(
      'https://*.lightning.force.com',
    );
  });

  it('has what an installation adds, and an address of its own, by origin and once', () => {
    expect(
      frameAncestorsOf('hubspot', {
        pages: 'http://localhost:3100/contacts/7',
        more: ['https://app.hubspot.com', 'https://crm.example'],
      }),
    ).toEqual([
      'http://localhost:3100',
      'https://app.hubspot.com',
      'https://*.hubspot.com',
      'https://crm.example',
    ]);
  });
});
