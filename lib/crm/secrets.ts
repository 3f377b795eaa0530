import { z } from 'zod';
import { Instant } from '#lib/core/time.ts';

const text = z.string().min(1);

/** A private app's token. It does not end by itself. */
const TokenSecrets = z.object({
  kind: z.literal('token').default('token'),
  accessToken: text,
  webhookSecret: z.string(),
});

/** The app as which we were let in; `tokenUrl` is the origin of the service that gives out tokens. */
export const AppSecrets = z.object({ id: text, secret: z.string(), tokenUrl: z.url() });
export type AppSecrets = z.infer<typeof AppSecrets>;

/** What consent in the browser gave. Each renewal may replace the refresh token: only the newest is worth anything. */
const OAuthSecrets = z.object({
  kind: z.literal('oauth'),
  accessToken: text,
  refreshToken: text,
  /** Null where the CRM does not say when the access token ends. */
  expiresAt: Instant.nullable(),
  scopes: z.array(z.string()),
  app: AppSecrets,
  webhookSecret: z.string(),
});

/** A private key (PEM) that signs for one Salesforce user, with the token that it got last. */
const JwtSecrets = z.object({
  kind: z.literal('jwt'),
  accessToken: text,
  expiresAt: Instant.nullable(),
  username: text,
  privateKey: text,
  app: AppSecrets,
  webhookSecret: z.string(),
});

/** What it takes to talk to an account. Sealed before it is stored, and never leaves the server. */
export const Secrets = z.union([TokenSecrets, OAuthSecrets, JwtSecrets]);
export type Secrets = z.output<typeof Secrets>;
export type NewSecrets = z.input<typeof Secrets>;
export type RenewableSecrets = Exclude<Secrets, { kind: 'token' }>;

/** What a renewal brought. */
export interface NewToken {
  accessToken: string;
  /** Null: the one from before stays good. */
  refreshToken: string | null;
  expiresAt: Instant | null;
  /** Where the account is reached from now on; null: where it was. */
  apiUrl: string | null;
}
