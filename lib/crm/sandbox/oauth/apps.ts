import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { findDocument, listDocuments, saveDocument } from '#lib/crm/sandbox/store/documents.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { nextRecordId } from '#lib/crm/sandbox/store/settings.ts';

const scope = z.string().regex(/^[a-z][\w.-]*$/i);

export const appBody = z.object({
  name: z.string().min(1).max(200).default('Connected app'),
  clientId: z.string().min(8).max(200).optional(),
  clientSecret: z.string().min(8).max(200).optional(),
  redirectUris: z.array(z.url({ protocol: /^https?$/ })).min(1),
  scopes: z.array(scope).min(1),
  optionalScopes: z.array(scope).default([]),
  /** How long an access token lives; HubSpot's live half an hour. */
  accessTokenSeconds: z.number().int().min(1).max(86_400).default(1_800),
  /** Gives a new refresh token with every refresh, and the old one ends. */
  rotatesRefreshTokens: z.boolean().default(false),
});

/** An app that may be connected to the account. */
export type App = z.infer<typeof appBody> & { appId: number; clientId: string; clientSecret: string };

/** Registers an app, or registers it anew under a client id that it had. */
export function saveApp(store: Store, body: z.infer<typeof appBody>): App {
  const clientId = body.clientId ?? randomUUID();
  const app: App = {
    ...body,
    clientId,
    clientSecret: body.clientSecret ?? randomBytes(24).toString('hex'),
    appId: findApp(store, clientId)?.appId ?? (nextRecordId(store) % 1_000_000) + 5_000_000,
  };
  saveDocument(store, 'oauth-app', clientId, app);
  return app;
}

export function findApp(store: Store, clientId: string): App | undefined {
  return findDocument<App>(store, 'oauth-app', clientId);
}

export function listApps(store: Store): App[] {
  return listDocuments<App>(store, 'oauth-app');
}
