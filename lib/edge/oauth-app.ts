import type { OAuthApp } from '#lib/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import { env, ownAccess, type Env } from '#lib/platform/env.ts';
import { servedTenant } from './open-process.ts';

export type OAuthCrm = OAuthApp['crm'];
export const isOAuthCrm = (name: string): name is OAuthCrm => name === 'hubspot' || name === 'salesforce';

/** Where an admin begins, for each CRM that the environment has an app for; empty where it is connected otherwise. */
export function connectLinks(): { name: string; href: string }[] {
  const access = ownAccess();
  return access?.by !== 'consent'
    ? []
    : access.to.map(crm => ({
        name: crm === 'hubspot' ? 'HubSpot' : 'Salesforce',
        href: `/api/oauth/${crm}/start`,
      }));
}

/** What stands before the pages for who is not signed in: the CRM is to be connected, or to say who they are. */
export interface Entrance {
  to: 'connect' | 'sign-in';
  /** The connected CRM's name, or that of the one that was; null: none was ever connected. */
  crm: string | null;
  /** What is wrong with the connection; null: nothing. */
  trouble: string | null;
  links: ReturnType<typeof connectLinks>;
}

/** Null in the demo, which needs neither. */
export async function entrance(): Promise<Entrance | null> {
  if (ownAccess() === null) return null;
  const connection = (await servedTenant())?.connection ?? null;
  const { status, text } = connection?.state ?? { status: 'disconnected', text: null };
  const about = { crm: connection?.name ?? null, trouble: status === 'ok' ? null : text };
  if (status === 'disconnected') return { to: 'connect', ...about, links: connectLinks() };
  const links = connectLinks().filter(({ name }) => name === connection?.name);
  return {
    to: 'sign-in',
    ...about,
    links: links.map(({ name, href }) => ({ name, href: `${href}?purpose=sign-in` })),
  };
}

/** The origin that the app's redirect address is registered with: the browser has to be there for its cookie. */
export const oauthOrigin = (settings: Env = env()): string =>
  new URL(settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`).origin;

/** Our app at a CRM, as the environment has it. Throws AppError('not_found') that names what is missing. */
export function oauthAppOf(crm: OAuthCrm, settings: Env = env()): OAuthApp {
  const access = ownAccess(settings);
  if (access?.by !== 'consent' || !access.to.includes(crm))
    throw new AppError('not_found', 'No app is set up for this CRM. See the environment in .env.example.');
  const redirectUri = `${oauthOrigin(settings)}/api/oauth/${crm}/callback`;
  if (crm === 'hubspot') {
    const apiUrl = new URL(settings.HUBSPOT_BASE_URL ?? 'https://api.hubapi.com').origin;
    return {
      crm,
      app: appOf('HUBSPOT', settings.HUBSPOT_CLIENT_ID, settings.HUBSPOT_CLIENT_SECRET, apiUrl),
      pagesUrl: new URL(settings.HUBSPOT_APP_URL ?? 'https://app.hubspot.com').origin,
      apiUrl,
      redirectUri,
      onlyAccount: settings.HUBSPOT_PORTAL_ID ?? null,
    };
  }
  const loginUrl = new URL(settings.SALESFORCE_LOGIN_URL).origin;
  return {
    crm,
    app: appOf('SALESFORCE', settings.SALESFORCE_CLIENT_ID, settings.SALESFORCE_CLIENT_SECRET, loginUrl),
    pagesUrl: loginUrl,
    apiUrl: null,
    redirectUri,
    onlyAccount: settings.SALESFORCE_ORG_ID ?? null,
  };
}

function appOf(prefix: string, id: string | undefined, secret: string | undefined, tokenUrl: string) {
  if (!id || !secret)
    throw new AppError('not_found', `${prefix}_CLIENT_ID is set without ${prefix}_CLIENT_SECRET. Set both.`);
  return { id, secret, tokenUrl };
}
