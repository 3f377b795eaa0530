import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { findApp, type App } from './apps.ts';

/** What an app asks a person for. */
export type ConsentRequest = {
  app: App;
  redirectUri: string;
  /** What the app cannot do without, then what it would like to have. */
  scopes: string[];
  optionalScopes: string[];
  state: string | undefined;
  challenge: string | undefined;
};

type Params = Record<string, string>;

function listOf(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(/[\s,]+/).filter(Boolean))];
}

/** Reads an authorize URL; a text says what is wrong with it, for the person who sees the page. */
export function readConsentRequest(store: Store, params: Params): ConsentRequest | string {
  const app = findApp(store, params['client_id'] ?? '');
  if (!app) return 'No app has this client_id. Register it first with POST /sandbox/apps.';
  const redirectUri = params['redirect_uri'] ?? '';
  if (!app.redirectUris.includes(redirectUri)) {
    return `The redirect_uri ${redirectUri || '(none)'} is not one that the app registered.`;
  }
  const scopes = listOf(params['scope']);
  const optionalScopes = listOf(params['optional_scope']).filter(scope => !scopes.includes(scope));
  if (scopes.length === 0) return 'The app asks for no scope.';
  const registered = new Set([...app.scopes, ...app.optionalScopes]);
  const foreign = [...scopes, ...optionalScopes].filter(scope => !registered.has(scope));
  if (foreign.length > 0) return `The app asks for scopes that it did not register: ${foreign.join(', ')}.`;
  const left = app.scopes.filter(scope => !scopes.includes(scope));
  if (left.length > 0) return `The app leaves out scopes that it registered as required: ${left.join(', ')}.`;
  const { code_challenge: challenge, code_challenge_method: method } = params;
  if ((challenge !== undefined || method !== undefined) && method !== 'S256') {
    return 'The code_challenge_method must be S256.';
  }
  if (challenge !== undefined && !/^[\w-]{43}$/.test(challenge)) {
    return 'The code_challenge must be 43 characters of base64url.';
  }
  return { app, redirectUri, scopes, optionalScopes, state: params['state'], challenge };
}

/** The app's own address with the outcome in its query. */
export function redirectWith({ redirectUri, state }: ConsentRequest, outcome: Params): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(outcome)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}
