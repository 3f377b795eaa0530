import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { Env, ownAccess, parseEnv } from './env.ts';

function problemsOf(source: Record<string, string>): string[] {
  try {
    parseEnv(source);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe('bad_input');
    return error.details['problems'] as string[];
  }
  return [];
}

describe('the environment', () => {
  it('needs nothing', () => {
    expect(parseEnv({})).toEqual({
      PORT: 3000,
      SANDBOX_PORT: 3100,
      SANDBOX_CRM: 'hubspot',
      DATA_DIR: '.data',
      LOG_LEVEL: 'info',
      OPENAI_MODEL: 'gpt-5-mini',
      SALESFORCE_LOGIN_URL: 'https://login.salesforce.com',
      SALESFORCE_API_VERSION: '66.0',
      SIDECARD_SETTLE_MS: 3000,
      SIDECARD_EVENTS_PER_MINUTE: 60_000,
    });
  });

  it('takes an empty value for none, and leaves other people’s names alone', () => {
    expect(parseEnv({ PORT: '', DATABASE_URL: '', HOME: '/root', OPENAI: 'x', PATH: '/bin' }).PORT).toBe(
      3000,
    );
  });

  it.each(['HUBSPOT_TOKEN', 'OPENAI_KEY', 'SIDECARD_SETTLE', 'SANDBOX_HOST', 'SALESFORCE_USR'])(
    'names %s, which nobody reads',
    name => {
      expect(problemsOf({ [name]: 'x' })).toEqual([`${name} is not a setting that Sidecard knows`]);
    },
  );

  const broken: Record<string, string[]> = {
    PORT: ['-1', '65536', '3.5', 'http'],
    SANDBOX_PORT: ['x'],
    SANDBOX_CRM: ['pipedrive'],
    PUBLIC_URL: ['example.org', 'ftp://example.org', 'javascript:alert(1)'],
    DATABASE_URL: ['mysql://host/db', 'localhost'],
    LOG_LEVEL: ['loud'],
    OPENAI_BASE_URL: ['api.openai.com'],
    HUBSPOT_BASE_URL: ['file:///etc/passwd'],
    HUBSPOT_APP_URL: ['hubspot'],
    SALESFORCE_LOGIN_URL: ['login.salesforce.com'],
    SALESFORCE_API_VERSION: ['66', 'v66.0', '66.5'],
    SIDECARD_OLD_KEYS: ['short', `${'a'.repeat(64)},short`, `${'a'.repeat(64)},`],
    SIDECARD_KEY: ['short', 'g'.repeat(64), 'a'.repeat(63)],
    SIDECARD_FRAME_ANCESTORS: ['crm.example', '*', 'https://crm.example/path', "https://a.b 'unsafe-inline'"],
    SIDECARD_SETTLE_MS: ['-1', 'soon', '600001'],
    SIDECARD_EVENTS_PER_MINUTE: ['999', 'many', '10000001'],
  };

  it.each(Object.entries(broken))('names a broken %s', (name, values) => {
    for (const value of values)
      expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(`^${name}: `)]);
  });

  it('names all that is wrong at once, in one sentence that shows no value', () => {
    const source = { PORT: 'secret-1', SIDECARD_KEY: 'secret-2', HUBSPOT_X: 'secret-3' };
    const problems = problemsOf(source);
    expect(problems.map(problem => String(problem.split(/[: ]/)[0])).sort()).toEqual([
      'HUBSPOT_X',
      'PORT',
      'SIDECARD_KEY',
    ]);
    expect(() => parseEnv(source)).toThrow(/^Check the environment: .*; .*\. See \.env\.example\.$/);
    expect(problems.join()).not.toContain('secret');
  });

  it('has a broken example of every setting that can be broken', () => {
    const breakable = Object.entries(Env.shape).flatMap(([name, schema]) =>
      schema.safeParse('\u0000 neither a number nor an address').success ? [] : [name],
    );
    expect(Object.keys(broken).sort()).toEqual(breakable.sort());
  });
});

describe('the account of the user’s own', () => {
  it.each([
    [{}, null],
    [{ HUBSPOT_CLIENT_SECRET: 's', HUBSPOT_PORTAL_ID: '1', SALESFORCE_USERNAME: 'u' }, null],
    [{ HUBSPOT_ACCESS_TOKEN: 't', HUBSPOT_CLIENT_ID: 'i' }, { by: 'token' }],
    [{ HUBSPOT_CLIENT_ID: 'i' }, { by: 'consent', to: ['hubspot'] }],
    [
      { HUBSPOT_CLIENT_ID: 'i', SALESFORCE_CLIENT_ID: 'j' },
      { by: 'consent', to: ['hubspot', 'salesforce'] },
    ],
    [{ SALESFORCE_CLIENT_ID: 'j', SALESFORCE_PRIVATE_KEY_FILE: 'f' }, { by: 'jwt' }],
  ])('with %j is reached by %j', (source, access) => {
    expect(ownAccess(parseEnv(source))).toEqual(access);
  });

  it('keeps every older key', () => {
    const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
    expect(parseEnv({ SIDECARD_OLD_KEYS: `${a}, ${b}` }).SIDECARD_OLD_KEYS).toEqual([a, b]);
  });
});
