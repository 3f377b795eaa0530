import { describe, expect, it } from 'vitest';
import { parseEnv } from '#lib/platform/env.ts';
import { oauthAppOf, oauthOrigin } from './oauth-app.ts';

describe('our app at a CRM', () => {
  it('is HubSpot’s own where nothing else is said, and comes back to this machine', () => {
    const settings = parseEnv({ HUBSPOT_CLIENT_ID: 'id', HUBSPOT_CLIENT_SECRET: 'secret', PORT: '3210' });
    expect(oauthAppOf('hubspot', settings)).toEqual({
      crm: 'hubspot',
      app: { id: 'id', secret: 'secret', tokenUrl: 'https://api.hubapi.com' },
      pagesUrl: 'https://app.hubspot.com',
      apiUrl: 'https://api.hubapi.com',
      redirectUri: 'http://localhost:3210/api/oauth/hubspot/callback',
      onlyAccount: null,
    });
  });

  it('comes back to the public address', () => {
    const settings = parseEnv({
      SALESFORCE_CLIENT_ID: 'id',
      SALESFORCE_CLIENT_SECRET: 'secret',
      SALESFORCE_LOGIN_URL: 'https://test.salesforce.com/',
      PUBLIC_URL: 'https://sidecard.example.com/',
    });
    expect(oauthOrigin(settings)).toBe('https://sidecard.example.com');
    expect(oauthAppOf('salesforce', settings)).toMatchObject({
      app: { tokenUrl: 'https://test.salesforce.com' },
      apiUrl: null,
      redirectUri: 'https://sidecard.example.com/api/oauth/salesforce/callback',
    });
  });

  it('names what is missing', () => {
    expect(() => oauthAppOf('hubspot', parseEnv({ HUBSPOT_CLIENT_ID: 'id' }))).toThrow(
      'HUBSPOT_CLIENT_SECRET',
    );
    for (const source of [{}, { HUBSPOT_CLIENT_ID: 'id', HUBSPOT_ACCESS_TOKEN: 'token' }])
      expect(() => oauthAppOf('hubspot', parseEnv(source))).toThrow('No app is set up');
  });
});
