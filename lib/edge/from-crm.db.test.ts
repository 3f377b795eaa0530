import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { answer } from '#lib/answer.ts';
import type { Subject } from '#lib/core/subject.ts';
import { setRunning, type Running } from '#lib/platform/running.ts';
import {
  openDemo,
  otherRep,
  owner,
  tenantId,
  webhookSecret,
  type Demo,
} from '#lib/platform/testing/demo/open-demo.ts';
import { connectionOf } from '#lib/crm/read.ts';
import { answersTo } from '#lib/decisions/read.ts';
import { crmUsers } from '#lib/graph/read.ts';
import { makeLaunchKey, tenantOfToken } from '#lib/sign-in/sign-in.ts';
import { subjectView } from '#lib/views/subject.ts';
import { cardPath } from '#lib/core/record-url.ts';
import { launchPath } from '#lib/vouch.ts';
import { z } from 'zod';
import { hubspotCard } from './from-crm.ts';
import { HubSpotRecord } from './hubspot-record.ts';
import { publicUrl } from './open-process.ts';
import { launchFromSalesforce } from './salesforce-launch.ts';
import { exchangeLaunch } from './session.ts';
import { signedCall } from './testing.ts';

vi.mock('next/headers', () => ({}));

let demo: Demo;
let own: Subject;
let portal: string;
let users: Map<string, string>;
beforeAll(async () => {
  demo = await openDemo({ people: 1, readIt: true });
  setRunning({ flow: demo.flow } as unknown as Running);
  own = await demo.newLead({ ownerId: owner });
  portal = (await demo.tenant(connectionOf))?.accountId ?? '';
  users = new Map((await demo.tenant(crmUsers)).map(user => [user.ownerId, user.userId]));
});
afterAll(async () => {
  setRunning(undefined as unknown as Running);
  await demo.close();
});

const query = (ownerId = owner, more = '') =>
  `userId=${users.get(ownerId)}&portalId=${portal}&userEmail=a%40b.example&appId=1${more}`;
const call = (
  over: { query?: string; secret?: string; at?: Date; body?: unknown; path?: string } = {},
): Request =>
  signedCall(
    {
      origin: publicUrl(),
      path: over.path ?? '/api/hubspot/card/subject',
      query: over.query ?? query(),
      body: over.body ?? { object: own.object, id: own.id },
    },
    over.secret ?? webhookSecret,
    over.at ?? demo.clock.now(),
  );
const see = hubspotCard(HubSpotRecord, ({ flow, scope, input }) =>
  flow.db.tenant(scope.tenantId, tx => subjectView(tx, scope, { crm: 'hubspot', ...input }, flow.now())),
);

describe('a call of HubSpot’s card', () => {
  it('is answered as its user may see it', async () => {
    const response = await see(call());
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ subject: own });
    expect((await see(call({ query: query(otherRep) }))).status).toBe(403);
    expect((await see(call({ query: `userId=999999&portalId=${portal}` }))).status).toBe(403);
  });

  it.each<[string, () => Request]>([
    ['a wrong secret', () => call({ secret: 'another' })],
    ['an old time', () => call({ at: new Date(demo.clock.now().getTime() - 301_000) })],
    ['a time ahead', () => call({ at: new Date(demo.clock.now().getTime() + 301_000) })],
    ['another account', () => call({ query: query().replace(portal, '1') })],
    ['no user', () => call({ query: `portalId=${portal}` })],
    ['two users', () => call({ query: query(otherRep, `&userId=${users.get(owner)}`) })],
    ['two accounts', () => call({ query: query(owner, '&portalId=1') })],
    ['two e-mails', () => call({ query: query(owner, '&userEmail=boss%40b.example') })],
    [
      'a body that was changed',
      () => new Request(call(), { body: '{"object":"deals","id":"1"}', method: 'POST' }),
    ],
    [
      'a user that was changed',
      () => new Request(call().url.replace(String(users.get(owner)), '1'), call({ query: query() })),
    ],
    ['no signature', () => new Request(`${publicUrl()}/x?${query()}`, { method: 'POST', body: '{}' })],
  ])('with %s is not', async (_, request) => {
    expect((await see(request())).status).toBe(401);
  });

  it('about something that cannot be is told so', async () => {
    for (const body of [{ object: 'owners', id: '1' }, { object: 'contacts', id: '../1' }, {}])
      expect((await see(call({ body }))).status).toBe(400);
  });

  it('that HubSpot repeats is one answer', async () => {
    const decision = await demo.decide(own);
    const say = hubspotCard(
      z.object({ idempotencyKey: z.string(), decisionId: z.string() }),
      async ({ flow, scope, input }) => {
        const given = { kind: 'question' as const, changesHash: decision.changesHash ?? '-', reason: 'Why?' };
        const { status } = await answer(flow, scope, input.decisionId, {
          answer: given,
          idempotencyKey: input.idempotencyKey,
        });
        return { status };
      },
    );
    const body = { decisionId: decision.id, idempotencyKey: 'one-and-the-same' };
    expect((await say(call({ body }))).status).toBe(200);
    expect((await say(call({ body }))).status).toBe(200);
    expect(await demo.tenant(tx => answersOf(tx, decision.id))).toBe(1);
  });

  it('opens our page for its user, once', async () => {
    const open = hubspotCard(HubSpotRecord, ({ flow, vouched, input }) =>
      launchPath(flow, vouched, {
        source: 'hubspot card',
        place: cardPath({ crm: 'hubspot', ...input }),
      }).then(path => ({ path })),
    );
    const { path } = (await (await open(call())).json()) as { path: string };
    const token = path.replace('/launch#launch=', '');
    expect(tenantOfToken('lau', token)).toBe(tenantId);
    const request = () => new Request(`${publicUrl()}/api/session`, { method: 'POST' });
    const session = (await (await exchangeLaunch(request(), { launch: token })).json()) as { place: string };
    expect(session.place).toBe(`/card/hubspot/contacts/${own.id}`);
    await expect(exchangeLaunch(request(), { launch: token })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});

describe('Salesforce’s server', () => {
  const told = {
    organizationId: '00D000000000001',
    user: { id: '005000000000001' },
    record: { type: 'Lead', id: '00Q000000000001' },
  };

  it('needs a key in force, of this very account', async () => {
    for (const authorization of [
      null,
      'Bearer x',
      `Bearer key.${Buffer.from(tenantId).toString('base64url')}.${'A'.repeat(43)}`,
    ])
      await expect(launchFromSalesforce(authorization, told)).rejects.toMatchObject({
        code: 'unauthenticated',
      });
    const key = await demo.tenant(tx => makeLaunchKey(tx, 'x', demo.clock.now()));
    await expect(launchFromSalesforce(`Bearer ${key}`, told)).rejects.toMatchObject({
      code: 'unauthenticated',
      message: expect.stringContaining('not connected') as string,
    });
  });
});

const answersOf = async (tx: Parameters<typeof answersTo>[0], id: string) => (await answersTo(tx, id)).length;
