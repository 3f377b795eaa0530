import { existsSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const url = z.url({ protocol: /^https?$/ });
const text = z.string().min(1);

/** Every setting that the product reads, with its default. Listed for people in `.env.example`. */
export const Env = z.object({
  PORT: port(3000),
  SANDBOX_PORT: port(3100),
  SANDBOX_CRM: z.enum(['hubspot', 'salesforce']).default('hubspot'),
  PUBLIC_URL: url.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: text.default('.data'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  OPENAI_API_KEY: text.optional(),
  OPENAI_BASE_URL: url.optional(),
  OPENAI_MODEL: text.default('gpt-5-mini'),
  HUBSPOT_BASE_URL: url.optional(),
  HUBSPOT_APP_URL: url.optional(),
  HUBSPOT_ACCESS_TOKEN: text.optional(),
  HUBSPOT_CLIENT_ID: text.optional(),
  HUBSPOT_CLIENT_SECRET: text.optional(),
  HUBSPOT_APP_ID: text.optional(),
  /** Only this account may be connected. */
  HUBSPOT_PORTAL_ID: text.optional(),
  SALESFORCE_LOGIN_URL: url.default('https://login.salesforce.com'),
  SALESFORCE_CLIENT_ID: text.optional(),
  SALESFORCE_CLIENT_SECRET: text.optional(),
  /** Only this organisation may be connected: its 18-character id. */
  SALESFORCE_ORG_ID: text.optional(),
  SALESFORCE_USERNAME: text.optional(),
  SALESFORCE_PRIVATE_KEY_FILE: text.optional(),
  SALESFORCE_API_VERSION: z
    .string()
    .regex(/^[0-9]{2,3}[.]0$/, 'must look like 66.0')
    .default('66.0'),
  /** 64 hexadecimal digits that seal stored secrets; without it, a file in DATA_DIR. Needed with DATABASE_URL on more than one machine. */
  SIDECARD_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .optional(),
  /** Keys from before, comma between them: what they sealed still opens, until `sidecard rotate-key` has sealed it anew. */
  SIDECARD_OLD_KEYS: z
    .string()
    .regex(/^[0-9a-f]{64}(?: *, *[0-9a-f]{64})*$/i, 'must be 64 hexadecimal digits each')
    .transform(list => list.split(',').map(key => key.trim()))
    .optional(),
  /** Origins that may frame the card besides the connected CRM's own, a space between them. */
  SIDECARD_FRAME_ANCESTORS: z
    .string()
    .regex(
      /^https?:\/\/(?:\*\.)?[\w.-]+(?::\d+)?(?: +https?:\/\/(?:\*\.)?[\w.-]+(?::\d+)?)*$/,
      'must be origins such as https://*.example.com',
    )
    .transform(list => list.split(/ +/))
    .optional(),
  /** How long a record must be quiet before a change to it is acted upon, in milliseconds. */
  SIDECARD_SETTLE_MS: z.coerce.number().int().min(0).max(600_000).default(3000),
  /** How many marketing and product events each tenant may send in a minute. */
  SIDECARD_EVENTS_PER_MINUTE: z.coerce.number().int().min(1000).max(10_000_000).default(60_000),
});
export type Env = z.infer<typeof Env>;

/** Prefixes that are ours: a name under one of them that nobody reads is a typing error, and is named. */
const ownPrefixes = ['HUBSPOT_', 'SALESFORCE_', 'OPENAI_', 'SIDECARD_', 'SANDBOX_'];

/** Parses an environment. Throws AppError('bad_input') that names every unknown or broken value. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const known = new Set(Object.keys(Env.shape));
  const unknown = Object.keys(set).filter(
    name => !known.has(name) && ownPrefixes.some(p => name.startsWith(p)),
  );
  const parsed = Env.safeParse(set);
  const problems = [
    ...unknown.map(name => `${name} is not a setting that Sidecard knows`),
    ...(parsed.success ? [] : parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)),
  ];
  if (!parsed.success || problems.length > 0)
    throw new AppError('bad_input', `Check the environment: ${problems.join('; ')}. See .env.example.`, {
      problems,
    });
  return parsed.data;
}

let cached: Env | undefined;

/** The environment of this process, read once; a file `.env` beside the project fills what is not set. */
export function env(): Env {
  if (!cached && existsSync('.env')) process.loadEnvFile('.env');
  return (cached ??= parseEnv(process.env));
}

/** This process's environment with more in it, for a child. */
export const environmentWith = (more: Record<string, string>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...more,
});

/**
 * How the account of the user's own is reached: by a private app's token, by a key that signs for a Salesforce user, or
 * by consent in the browser to one of the apps named. Null: the environment names none, and the demo runs.
 */
export type OwnAccess =
  { by: 'token' } | { by: 'jwt' } | { by: 'consent'; to: ('hubspot' | 'salesforce')[] } | null;

export function ownAccess(settings: Env = env()): OwnAccess {
  if (settings.HUBSPOT_ACCESS_TOKEN) return { by: 'token' };
  if (settings.SALESFORCE_CLIENT_ID && settings.SALESFORCE_PRIVATE_KEY_FILE) return { by: 'jwt' };
  const to = [
    ...(settings.HUBSPOT_CLIENT_ID ? (['hubspot'] as const) : []),
    ...(settings.SALESFORCE_CLIENT_ID ? (['salesforce'] as const) : []),
  ];
  return to.length === 0 ? null : { by: 'consent', to };
}

/**
 * The tenant that this installation serves: the account of the user's own, or else the demo. The demo of each CRM is a
 * tenant of its own, so that switching between them mixes nothing.
 */
export const servedTenantId = (): 'own' | 'demo' | 'demo-salesforce' =>
  ownAccess() !== null ? 'own' : env().SANDBOX_CRM === 'salesforce' ? 'demo-salesforce' : 'demo';
