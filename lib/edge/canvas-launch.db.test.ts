import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect } from '#lib/crm/connections.ts';
import type { Flow } from '#lib/flow.ts';
import { setRunning, type Running } from '#lib/platform/running.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { makeLaunchKey, redeemLaunch, whoHolds } from '#lib/sign-in/sign-in.ts';
import { launchFromCanvas } from './canvas-launch.ts';
import { launchFromSalesforce } from './salesforce-launch.ts';

vi.mock('next/headers', () => ({}));

const now = new Date('2026-11-02T09:00:00.000Z');
const key = sealingKeyFrom('5e'.repeat(32));
const organization = '00Dx00000001hxyEAA';
const user = '005x0000001SyyEAAS';
let test: Awaited<ReturnType<typeof openTestDb>>;

beforeAll(async () => {
  test = await openTestDb();
  const flow = { db: test.db, now: () => now, model: null, sealingKey: key, settleMs: 0 } as unknown as Flow;
  setRunning({ flow } as unknown as Running);
  await join('own', organization, 'the consumer secret');
  await join('other', '00Dx00000009zzzEAA', 'another secret');
});
afterAll(async () => {
  setRunning(undefined as unknown as Running);
  await test.close();
});

const join = (tenantId: string, accountId: string, secret: string) =>
  test.db.tenant(tenantId, tx =>
    connect(
      tx,
      {
        crm: 'salesforce',
        name: 'Salesforce',
        accountId,
        currency: 'EUR',
        apiUrl: 'https://us.my.salesforce.com',
        appUrl: 'https://us.my.salesforce.com',
        kind: 'connected',
        secrets: {
          kind: 'oauth',
          accessToken: 'a',
          refreshToken: 'r',
          expiresAt: null,
          scopes: [],
          app: { id: 'app', secret, tokenUrl: 'https://login.salesforce.com' },
          webhookSecret: '',
        },
        now,
      },
      key,
    ),
  );

let serial = 0;
const signed = ({
  by = 'the consumer secret',
  org = organization,
  record = {},
}: { by?: string; org?: string; record?: object } = {}) => {
  const said = {
    algorithm: 'HMACSHA256',
    issuedAt: ++serial,
    context: {
      user: { userId: user, fullName: 'Ana', email: 'ana@us.example' },
      organization: { organizationId: org },
      environment: {
        record: { Id: '00Qx00000001hxy', attributes: { type: 'Lead', url: '/x' }, ...record },
      },
    },
  };
  const payload = Buffer.from(JSON.stringify(said)).toString('base64');
  return `${createHmac('sha256', by).update(payload).digest('base64')}.${payload}`;
};

const comeIn = async (path: string) => {
  const session = await test.db.tenant('own', tx =>
    redeemLaunch(tx, path.replace('/launch#launch=', ''), now),
  );
  const actor = session && (await test.db.tenant('own', tx => whoHolds(tx, session.token, now)));
  return { place: session?.place, actor };
};
const card = '/card/salesforce/leads/00Qx00000001hxyEAA';

describe('Canvas', () => {
  it('brings its user to the record’s card', async () => {
    expect(await comeIn(await launchFromCanvas(signed()))).toEqual({
      place: card,
      actor: { id: user, name: 'Ana', role: 'rep', ownerId: null },
    });
  });

  it.each([
    ['signed by another app', () => signed({ by: 'another secret' })],
    ['of an account that is not connected', () => signed({ org: '00Dx00000005aaaEAA' })],
    ['of another account than signed it', () => signed({ org: '00Dx00000009zzzEAA' })],
    ['that is none', () => 'x.y'],
  ])('is not believed with a request %s', async (_, request) => {
    await expect(launchFromCanvas(request())).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('brings nobody in twice with one request', async () => {
    const request = signed();
    await launchFromCanvas(request);
    await expect(launchFromCanvas(request)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('says where it can stand', async () => {
    const cases = { Id: '500x0000001hxyEAAQ', attributes: { type: 'Case' } };
    await expect(launchFromCanvas(signed({ record: { Id: undefined } }))).rejects.toThrow(/pages of records/);
    await expect(launchFromCanvas(signed({ record: cases }))).rejects.toThrow(/no card for Case/);
  });
});

describe('the component on a Salesforce page', () => {
  const told = {
    organizationId: organization.slice(0, 15),
    user: { id: user, name: 'Ana', email: null },
    record: { type: 'Lead', id: '00Qx00000001hxy' },
  };
  const keyOf = (tenantId: string) => test.db.tenant(tenantId, tx => makeLaunchKey(tx, 'x', now));

  it('brings its user to the record’s card', async () => {
    const path = await launchFromSalesforce(`Bearer ${await keyOf('own')}`, told);
    expect(await comeIn(path)).toMatchObject({ place: card, actor: { id: user, name: 'Ana' } });
  });

  it('of one account vouches for none of another', async () => {
    for (const [tenantId, organizationId] of [
      ['other', organization],
      ['own', '00Dx00000009zzzEAA'],
    ] as const)
      await expect(
        launchFromSalesforce(`Bearer ${await keyOf(tenantId)}`, { ...told, organizationId }),
      ).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('that says nothing sensible is told so', async () => {
    const authorization = `Bearer ${await keyOf('own')}`;
    for (const wrong of [{}, { ...told, user: { id: "5' or 1=1" } }])
      await expect(launchFromSalesforce(authorization, wrong)).rejects.toThrow();
  });
});
