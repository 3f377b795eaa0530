import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generateDemo } from '#lib/crm/sandbox/demo/demo.ts';
import { startSandbox } from '#lib/crm/sandbox/sandbox.ts';
import { root } from './addresses.ts';

/** The scopes that the app which admins install asks for. */
function installedScopes(): { scopes: string[]; optionalScopes: string[] } {
  const file = resolve(root, 'extensions/hubspot/src/app/app-hsmeta.json');
  const { config } = JSON.parse(readFileSync(file, 'utf8')) as {
    config: { auth: { requiredScopes: string[]; optionalScopes: string[] } };
  };
  return { scopes: config.auth.requiredScopes, optionalScopes: config.auth.optionalScopes };
}

/** A CRM account that has not met the product yet, with the product's app registered there. */
export async function startConsentCrm(crm: 'hubspot' | 'salesforce', productUrl: string) {
  const app = { clientId: randomUUID(), clientSecret: randomUUID() };
  const { url, port, stop } = await startSandbox({
    port: 0,
    file: ':memory:',
    cardUrl: productUrl,
    ...(crm === 'hubspot'
      ? {
          seedIfEmpty: () => generateDemo({ seed: 7, now: new Date() }),
          webhook: { url: `${productUrl}/api/webhooks/hubspot`, secret: app.clientSecret },
        }
      : { salesforce: { seed: true, packageFolder: resolve(root, 'extensions/salesforce') } }),
  });
  const answer = await fetch(`${url}/sandbox/${crm === 'hubspot' ? 'apps' : 'salesforce/apps'}`, {
    method: 'POST',
    headers: { authorization: 'Bearer sandbox', 'content-type': 'application/json' },
    body: JSON.stringify({
      ...app,
      redirectUris: [`${productUrl}/api/oauth/${crm}/callback`],
      ...(crm === 'hubspot' && { name: 'Sidecard', ...installedScopes() }),
    }),
  });
  if (!answer.ok) throw new Error(`The app was not registered: ${await answer.text()}`);
  return { ...app, url, port, stop };
}

export type ConsentCrm = Awaited<ReturnType<typeof startConsentCrm>>;
