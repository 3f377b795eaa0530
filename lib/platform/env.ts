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
  HUBSPOT_CLIENT_SECRET: text.optional(),
  HUBSPOT_PORTAL_ID: text.optional(),
  /** 64 hexadecimal digits that seal stored secrets; without it, a file in DATA_DIR. Needed with DATABASE_URL on more than one machine. */
  SIDECARD_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .optional(),
  /** How long a record must be quiet before a change to it is acted upon, in milliseconds. */
  SIDECARD_SETTLE_MS: z.coerce.number().int().min(0).max(600_000).default(3000),
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

/** The tenant that this installation serves: the account of the user's own, or else the demo. */
export const servedTenantId = (): 'own' | 'demo' =>
  env().HUBSPOT_ACCESS_TOKEN === undefined ? 'demo' : 'own';
