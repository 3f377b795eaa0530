import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { View } from '../../extensions/hubspot/src/app/cards/view.ts';
import { optionalScopes, requiredScopes } from '#lib/crm/hubspot/oauth.ts';
import { parseWebhook } from '#lib/ingest/ingest.ts';
import type { SubjectView } from '#lib/views/types.ts';

const home = 'extensions/hubspot';
const read = <T>(path: string, schema: z.ZodType<T>): T =>
  schema.parse(JSON.parse(readFileSync(`${home}/${path}`, 'utf8')));

/** HubSpot's configuration files, as its documentation of platform 2026.03 describes them. */
const component = <T extends z.ZodType>(type: string, config: T) =>
  z.strictObject({ uid: z.string().regex(/^[\w-]{1,64}$/), type: z.literal(type), config });
const address = z.string().startsWith('${SIDECARD_URL}');
const scopes = z.array(z.string().regex(/^[a-z_.-]+$/));
const App = component(
  'app',
  z.strictObject({
    name: z.string().max(200),
    description: z.string(),
    distribution: z.enum(['private', 'marketplace']),
    isUserFacing: z.boolean(),
    auth: z.strictObject({
      type: z.literal('oauth'),
      redirectUrls: z.array(address).nonempty(),
      requiredScopes: scopes,
      optionalScopes: scopes,
      conditionallyRequiredScopes: scopes,
    }),
    permittedUrls: z.strictObject({
      fetch: z.array(address),
      iframe: z.array(address),
      img: z.array(address),
    }),
    support: z.strictObject({ supportEmail: z.string(), documentationUrl: address, supportUrl: address }),
  }),
);
const Card = component(
  'card',
  z.strictObject({
    name: z.string(),
    description: z.string(),
    location: z.enum(['crm.record.tab', 'crm.record.sidebar']),
    entrypoint: z.string().startsWith('/app/cards/'),
    objectTypes: z.array(z.enum(['CONTACT', 'COMPANY', 'DEAL'])),
  }),
);
const subscription = z.strictObject({
  subscriptionType: z.string().startsWith('object.'),
  objectType: z.string(),
  propertyName: z.string().optional(),
  active: z.literal(true),
});
const Webhooks = component(
  'webhooks',
  z.strictObject({
    settings: z.strictObject({ targetUrl: address, maxConcurrentRequests: z.number().int().min(5).max(100) }),
    subscriptions: z.strictObject({
      crmObjects: z.array(subscription),
      legacyCrmObjects: z.array(z.never()),
      hubEvents: z.array(z.strictObject({ subscriptionType: z.string(), active: z.literal(true) })),
    }),
  }),
);

const typeIds: Record<string, string> = {
  contact: '0-1',
  company: '0-2',
  deal: '0-3',
  lead: '0-136',
  task: '0-27',
  note: '0-46',
  meeting: '0-47',
  call: '0-48',
  email: '0-49',
};

describe('the HubSpot app', () => {
  const app = read('src/app/app-hsmeta.json', App);
  const webhooks = read('src/app/webhooks/webhooks-hsmeta.json', Webhooks);

  it('asks for the scopes that consent asks for, no more and no less', () => {
    expect(app.config.auth.requiredScopes).toEqual([...requiredScopes]);
    expect(app.config.auth.optionalScopes).toEqual([...optionalScopes]);
  });

  it('explains each of them to the admin', () => {
    const page = readFileSync('docs/install-hubspot.md', 'utf8');
    for (const scope of [...requiredScopes, ...optionalScopes]) expect(page).toContain(`\`${scope}\``);
  });

  it('is on one platform version, with a card for each place', () => {
    expect(read('hsproject.json', z.object({ platformVersion: z.string() })).platformVersion).toBe('2026.03');
    const cards = ['sidebar', 'tab'].map(place => read(`src/app/cards/sidecard-${place}-hsmeta.json`, Card));
    expect(cards.map(card => card.config.location)).toEqual(['crm.record.sidebar', 'crm.record.tab']);
    for (const { config } of cards) expect(existsSync(`${home}/src${config.entrypoint}`)).toBe(true);
    const uids = [app, webhooks, ...cards].map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(uids.length);
  });

  it('is told of nothing that we would not understand', () => {
    const { crmObjects, hubEvents } = webhooks.config.subscriptions;
    const told = [
      ...crmObjects.map(({ subscriptionType, objectType, propertyName }) => ({
        subscriptionType,
        objectTypeId: typeIds[objectType],
        ...(propertyName === undefined ? {} : { propertyName }),
        ...(subscriptionType.endsWith('associationChange')
          ? { fromObjectId: 7, toObjectId: 8, fromObjectTypeId: typeIds[objectType], toObjectTypeId: '0-2' }
          : {}),
        ...(subscriptionType.endsWith('merge') ? { primaryObjectId: 7, mergedObjectIds: [8] } : {}),
      })),
      ...hubEvents,
    ].map(one => ({ portalId: 1, appId: 2, occurredAt: 1_760_000_000_000, objectId: 7, ...one }));
    for (const one of told)
      expect(parseWebhook(JSON.stringify([one])), JSON.stringify(one)).toMatchObject({ ignored: 0 });
    for (const { subscriptionType, propertyName } of crmObjects)
      expect(propertyName !== undefined, subscriptionType).toBe(subscriptionType === 'object.propertyChange');
  });

  it('shows what we answer: the card’s idea of it is a part of ours', () => {
    // The compiler is the test.
    const fits = (ours: SubjectView): View => ours;
    expect(fits).toBeTypeOf('function');
  });
});
