import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer } from '#lib/answer.ts';
import type { Subject } from '#lib/core/subject.ts';
import { crmUsers } from '#lib/graph/read.ts';
import { appointInstaller, giveRole, renewLaunchKey, signOutOthers } from '#lib/people.ts';
import { setRunning, type Running } from '#lib/platform/running.ts';
import { openDemo, otherRep, owner, tenantId, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import {
  appoint,
  endSessions,
  mintLaunch,
  peopleWithRoles,
  signIn,
  type Person,
} from '#lib/sign-in/sign-in.ts';
import { peopleView } from '#lib/views/people-roles.ts';
import { pipelineView } from '#lib/views/pipeline.ts';
import { settingsView } from '#lib/views/settings.ts';
import { subjectView } from '#lib/views/subject.ts';
import { appointByOperator, welcomeInstaller, welcomeUser } from '#lib/welcome.ts';
import { act } from './action.ts';
import { read } from './page.ts';
import { route } from './route.ts';
import { endSession, exchangeLaunch, launchInTab, scopeOfSession } from './session.ts';
import { sessionCookie } from './who.ts';
import { z } from 'zod';

const asked = vi.hoisted(() => ({ headers: {} as Record<string, string>, cookie: null as string | null }));
vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers({ host: 'sidecard.example', ...asked.headers })),
  cookies: () =>
    Promise.resolve({
      get: (name: string) =>
        name === sessionCookie && asked.cookie !== null ? { value: asked.cookie } : undefined,
    }),
}));

let demo: Demo;
let own: Subject;
let others: Subject;
beforeAll(async () => {
  demo = await openDemo({ people: 1, readIt: true });
  setRunning({ flow: demo.flow } as unknown as Running);
  own = await demo.newLead({ ownerId: owner });
  others = await demo.newLead({ ownerId: otherRep });
});
afterAll(async () => {
  setRunning(undefined as unknown as Running);
  await demo.close();
});
beforeEach(() => {
  asked.headers = {};
  asked.cookie = null;
});

const rep: Person = { userId: 'u-rep', ownerId: owner, name: 'Rita Rep', email: 'rita@us.example' };
const begin = (person: Person = rep) =>
  demo.tenant(tx => signIn(tx, person, 'hubspot card', demo.clock.now()));
const inRole = async (role: 'rep' | 'manager' | 'operations' | 'admin' | 'auditor') => {
  const person = { ...rep, userId: `u-${role}` };
  await demo.tenant(tx => appoint(tx, person, role, { id: 'x', now: demo.clock.now() }));
  return (await begin(person)).token;
};

const get = async (run: Parameters<typeof route<object>>[0], token: string) => {
  asked.headers = { authorization: `Bearer ${token}` };
  return (
    await route(run)(new Request('https://sidecard.example/x'), {
      params: Promise.resolve({}),
    })
  ).status;
};
const subjectOf = (subject: Subject) => (token: string) =>
  get(
    ({ flow, scope }) => flow.db.tenant(scope.tenantId, tx => subjectView(tx, scope, subject, flow.now())),
    token,
  );
const pipeline = (token: string) =>
  get(({ flow, scope }) => flow.db.tenant(scope.tenantId, tx => pipelineView(tx, scope, flow.now())), token);
const settings = (token: string) =>
  get(({ flow, scope }) => flow.db.tenant(scope.tenantId, tx => settingsView(tx, scope)), token);
const giving = (token: string) =>
  get(
    ({ flow, scope }) =>
      flow.db.tenant(scope.tenantId, async tx => {
        await giveRole(tx, scope, { userId: 'u-auditor', role: 'auditor' }, flow.now());
        return {};
      }),
    token,
  );
const answering = (token: string) => get(({ flow, scope }) => askWhy(flow, scope).then(() => ({})), token);
const askWhy = async (flow: Demo['flow'], scope: Parameters<typeof answer>[1]) => {
  const decision = await demo.decide(others);
  return answer(flow, scope, decision.id, {
    answer: { kind: 'question', changesHash: decision.changesHash ?? '-', reason: 'Why?' },
    idempotencyKey: `key-${decision.id}`,
  });
};

describe('who is signed in sees and does what their role may', () => {
  it.each([
    ['rep', { own: 200, others: 403, pipeline: 403, settings: 403, giving: 403, answering: 403 }],
    ['manager', { own: 200, others: 200, pipeline: 200, settings: 200, giving: 403, answering: 200 }],
    ['operations', { own: 200, others: 200, pipeline: 200, settings: 200, giving: 403, answering: 403 }],
    ['admin', { own: 200, others: 200, pipeline: 200, settings: 200, giving: 200, answering: 200 }],
    ['auditor', { own: 200, others: 200, pipeline: 200, settings: 200, giving: 403, answering: 403 }],
  ] as const)('%s', async (role, expected) => {
    await inRole('auditor');
    const token = await inRole(role);
    expect({
      own: await subjectOf(own)(token),
      others: await subjectOf(others)(token),
      pipeline: await pipeline(token),
      settings: await settings(token),
      giving: await giving(token),
      answering: await answering(token),
    }).toEqual(expected);
  });
});

describe('a session', () => {
  const see = (token: string) => subjectOf(own)(token);

  it('that is ended, over, made up or of another kind lets nobody in', async () => {
    const { token } = await begin();
    expect(await see(token)).toBe(200);
    const launch = await demo.tenant(tx =>
      mintLaunch(tx, rep, { source: 'canvas', place: '/' }, demo.clock.now()),
    );
    const made = `ses.${Buffer.from(tenantId).toString('base64url')}.${'A'.repeat(43)}`;
    const elsewhere = token.replace(/^ses\.[^.]+/, `ses.${Buffer.from('other').toString('base64url')}`);
    for (const wrong of [launch, made, elsewhere, `${token}A`, token.slice(0, -1)])
      expect(await see(wrong)).toBe(401);
    await demo.tenant(tx => endSessions(tx, { userId: rep.userId }, demo.clock.now()));
    expect(await see(token)).toBe(401);
    const idle = await begin();
    demo.clock.tick(8 * 3_600_000);
    expect(await see(idle.token)).toBe(401);
  });

  it('is of whom the CRM’s people have by now: who came in before they were read owns their records', async () => {
    const user = (await demo.tenant(crmUsers)).find(({ ownerId }) => ownerId === otherRep);
    const early = { userId: user?.userId ?? '', ownerId: null, name: 'User 1', email: null };
    const scope = async (person: Person) => scopeOfSession((await begin(person)).token);
    const as = { name: user?.name, ownerId: otherRep };
    expect((await scope(early))?.actor).toMatchObject({ id: user?.userId, ...as });
    const mail = user?.email?.toUpperCase() ?? null;
    expect((await scope({ ...early, userId: 'other-id', email: mail }))?.actor).toMatchObject({
      id: 'other-id',
      ...as,
    });
    expect((await scope({ ...early, userId: 'nobody', email: 'no@one.example' }))?.actor).toMatchObject({
      id: 'nobody',
      name: 'User 1',
      ownerId: null,
    });
  });

  it('by cookie counts where the browser says that our own page sent it', async () => {
    asked.cookie = (await begin()).token;
    const page = () => read(() => Promise.resolve('seen'));
    const change = () => act(z.object({}), {}, () => Promise.resolve('done'));
    for (const [headers, reads, changes] of [
      [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }, true, true],
      [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, true, false],
      [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }, false, false],
      [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }, false, false],
      [{}, false, false],
    ] as const) {
      asked.headers = headers;
      expect([(await page()).ok, (await change()).ok]).toEqual([reads, changes]);
    }
  });

  it('is seen and ended by an admin, and its people by nobody else', async () => {
    const scope = (role: 'admin' | 'manager') => ({
      tenantId,
      actor: { id: 'u-admin', name: 'X', role, ownerId: null },
    });
    const { token } = await begin({ ...rep, userId: 'u-seen', name: 'Sean' });
    const seen = () => demo.tenant(tx => peopleView(tx, scope('admin'), demo.clock.now()));
    expect(await demo.tenant(tx => peopleView(tx, scope('manager'), demo.clock.now()))).toBeNull();
    const { people, sessions, launchKey } = (await seen()) ?? {};
    expect(people?.find(({ name }) => name === 'Rita Rep' || name === 'x')).toBeDefined();
    expect(people?.length).toBeGreaterThan(2);
    expect(launchKey).toBeNull();
    const { id = '' } = sessions?.find(({ name }) => name === 'Sean') ?? {};
    await expect(
      demo.tenant(tx => signOutOthers(tx, scope('manager'), { id }, demo.clock.now())),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await demo.tenant(tx => signOutOthers(tx, scope('admin'), { id }, demo.clock.now()));
    expect(await subjectOf(own)(token)).toBe(401);
    expect((await seen())?.sessions.some(({ name }) => name === 'Sean')).toBe(false);
  });

  it('changes its role at once, and nobody makes themselves an admin', async () => {
    const token = await inRole('manager');
    expect(await pipeline(token)).toBe(200);
    await demo.tenant(tx =>
      appoint(tx, { userId: 'u-manager', name: 'x' }, 'rep', { id: 'x', now: demo.clock.now() }),
    );
    expect(await pipeline(token)).toBe(403);
  });
});

describe('a launch', () => {
  const origin = 'https://sidecard.example';
  const mint = () =>
    demo.tenant(tx => mintLaunch(tx, rep, { source: 'hubspot card', place: '/card/x' }, demo.clock.now()));
  const exchange = (launch: string, headers: Record<string, string> = {}) =>
    exchangeLaunch(new Request(`${origin}/api/session`, { method: 'POST', headers }), { launch });

  it('becomes a session in the cookie that only this host can set, and in the answer', async () => {
    const response = await exchange(await mint(), { 'sec-fetch-site': 'same-origin' });
    const body = (await response.json()) as { token: string; place: string };
    expect(body.place).toBe('/card/x');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(
      cookie.startsWith(
        `__Host-sidecard=${body.token}; Path=/; Secure; HttpOnly; SameSite=None; Partitioned`,
      ),
    ).toBe(true);
    expect(await subjectOf(own)(body.token)).toBe(200);
  });

  it('works once, for a minute, and not for a foreign page', async () => {
    const launch = await mint();
    await expect(exchange(launch, { 'sec-fetch-site': 'cross-site' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await exchange(launch);
    await expect(exchange(launch)).rejects.toMatchObject({ code: 'unauthenticated' });
    const late = await mint();
    demo.clock.tick(60_000);
    await expect(exchange(late)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(exchange('lau.x.y')).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('is signed out of again, by token and by cookie', async () => {
    for (const carry of [
      (token: string) => ({ authorization: `Bearer ${token}` }),
      (token: string) => ({ cookie: `a=b; ${sessionCookie}=${token}` }),
    ]) {
      const { token } = await begin();
      const headers = { ...carry(token), 'sec-fetch-site': 'same-origin' };
      await expect(
        endSession(
          new Request(`${origin}/`, {
            method: 'DELETE',
            headers: { ...headers, 'sec-fetch-site': 'cross-site' },
          }),
        ),
      ).rejects.toMatchObject({ code: 'unauthenticated' });
      const out = await endSession(new Request(`${origin}/`, { method: 'DELETE', headers }));
      expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
      expect(await subjectOf(own)(token)).toBe(401);
    }
  });
});

describe('a tab of one’s own', () => {
  const ask = (place: string, headers: Record<string, string>) =>
    launchInTab(new Request('https://sidecard.example/x', { method: 'POST', headers }), { place });

  it('is opened for whoever is signed in', async () => {
    const { token } = await begin();
    const { path } = await ask('/decisions/dec_1', { authorization: `Bearer ${token}` });
    const response = await exchangeLaunch(new Request('https://sidecard.example/x', { method: 'POST' }), {
      launch: path.replace('/launch#launch=', ''),
    });
    const body = (await response.json()) as { token: string; place: string };
    expect(body.place).toBe('/decisions/dec_1');
    expect(await subjectOf(own)(body.token)).toBe(200);
    await demo.tenant(tx => endSessions(tx, { userId: rep.userId }, demo.clock.now()));
    expect(await subjectOf(own)(body.token)).toBe(401);
  });

  it('is for nobody else, and leads nowhere else', async () => {
    const { token } = await begin();
    const cookie = `${sessionCookie}=${token}`;
    for (const headers of [
      {},
      { cookie },
      { cookie, 'sec-fetch-site': 'cross-site' },
      { authorization: 'Bearer x' },
    ])
      await expect(ask('/', headers)).rejects.toMatchObject({ code: 'unauthenticated' });
    for (const place of ['//evil.example', 'https://evil.example', '/\\evil.example', '/../x', '', '/x\n'])
      await expect(ask(place, { authorization: `Bearer ${token}` })).rejects.toThrow(/path of Sidecard/);
    await expect(ask('/pipeline', { cookie, 'sec-fetch-site': 'same-origin' })).resolves.toBeDefined();
  });
});

describe('who connects the CRM', () => {
  it('is nobody more by signing in', async () => {
    const session = await welcomeUser(demo.flow, 'a-tenant-without-admins', {
      userId: 'first',
      name: 'Ina',
      email: null,
    });
    expect((await scopeOfSession(session.token))?.actor).toMatchObject({ name: 'Ina', role: 'rep' });
  });

  it('is its admin where there is none, and else who they were', async () => {
    const told = (userId: string) => ({ userId, name: 'Ina', email: null });
    const roles = async (session: { token: string }) => (await scopeOfSession(session.token))?.actor.role;
    const other = 'another-tenant';
    const welcome = (userId: string) => welcomeInstaller({ ...demo.flow }, other, told(userId));
    expect(await roles(await welcome('first'))).toBe('admin');
    expect(await roles(await welcome('second'))).toBe('rep');
    expect(await roles(await welcome('first'))).toBe('admin');
  });

  it('may be named by whoever runs the server, of the CRM’s people', async () => {
    const user = (await demo.tenant(crmUsers)).find(({ ownerId }) => ownerId === otherRep);
    await demo.tenant(tx => appointByOperator(tx, user?.email?.toUpperCase() ?? '', demo.clock.now()));
    expect((await demo.tenant(peopleWithRoles)).find(({ userId }) => userId === user?.userId)?.role).toBe(
      'admin',
    );
    await expect(
      demo.tenant(tx => appointByOperator(tx, 'nobody@x.example', demo.clock.now())),
    ).rejects.toMatchObject({ code: 'not_found' });
    await demo.tenant(tx =>
      appoint(tx, { userId: user?.userId ?? '', name: 'x' }, 'rep', { id: 'x', now: demo.clock.now() }),
    );
  });
});

describe('roles', () => {
  it('are given to people of the CRM, by an admin, while one stays', async () => {
    const scope = (role: 'admin' | 'manager') => ({
      tenantId,
      actor: { id: `x-${role}`, name: 'X', role, ownerId: null },
    });
    const give = (userId: string, role: 'rep' | 'admin', by: 'admin' | 'manager' = 'admin') =>
      demo.tenant(tx => giveRole(tx, scope(by), { userId, role }, demo.clock.now()));
    await demo.tenant(tx => appointInstaller(tx, { userId: 'u-installer', name: 'Ina' }, demo.clock.now()));
    await expect(give('nobody', 'admin')).rejects.toMatchObject({ code: 'not_found' });
    await expect(give('u-installer', 'rep', 'manager')).rejects.toMatchObject({ code: 'forbidden' });
    await give('u-admin', 'rep');
    await expect(give('u-installer', 'rep')).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      demo.tenant(tx => renewLaunchKey(tx, scope('manager'), demo.clock.now())),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
