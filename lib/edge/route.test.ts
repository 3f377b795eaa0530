import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { Flow } from '#lib/flow.ts';
import type { Running } from '#lib/platform/running.ts';
import { setRunning } from '#lib/platform/running.ts';
import { act } from './action.ts';
import { read } from './page.ts';
import { jsonOf, problemResponse, route, textOf } from './route.ts';

/** What Next knows of the request that is being handled. */
const asked = vi.hoisted(() => ({
  headers: {} as Record<string, string>,
  role: undefined as string | undefined,
}));
vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers({ host: '127.0.0.1:3000', ...asked.headers })),
  cookies: () =>
    Promise.resolve({ get: () => (asked.role === undefined ? undefined : { value: asked.role }) }),
}));

const tenants = [{ tenantId: 'demo', kind: 'demo' }];
const flow = {
  db: {
    system: () => Promise.resolve(tenants),
    tenant: (tenantId: string, work: (tx: unknown) => unknown) => Promise.resolve(work({ tenantId })),
  },
} as unknown as Flow;

beforeAll(() => setRunning({ flow } as unknown as Running));
afterAll(() => setRunning(undefined as unknown as Running));
beforeEach(() => {
  asked.headers = {};
  asked.role = undefined;
});

const context = { params: Promise.resolve({ id: '7' }) };
const call = (run: Parameters<typeof route<{ id: string }>>[0], init: RequestInit = {}) => {
  asked.headers = Object.fromEntries(new Headers(init.headers));
  return route<{ id: string }>(run)(new Request('http://127.0.0.1:3000/x', init), context);
};
const manager = { headers: { authorization: 'Bearer demo-manager' } };

describe('a route', () => {
  it('hands on who asks, and answers with JSON that nobody keeps', async () => {
    const response = await call(
      ({ scope, params }) => Promise.resolve({ role: scope.actor.role, ...params }),
      manager,
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ role: 'manager', id: '7' });
  });

  it.each([
    [new AppError('not_found', 'Not there.'), 404],
    [new AppError('conflict', 'Changed.', { decision: { id: 'd' } }), 409],
    [new Error('a bug'), 500],
  ])('tells what went wrong as problem+json', async (error, status) => {
    const response = await call(() => Promise.reject(error), manager);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status, type: 'about:blank' });
  });

  it('lets nobody change anything by a cookie alone', async () => {
    asked.role = 'admin';
    const ran = vi.fn(() => Promise.resolve({}));
    const own = { 'sec-fetch-site': 'same-origin' };
    expect((await call(ran, { method: 'POST', headers: own })).status).toBe(401);
    expect((await call(ran, { method: 'POST', headers: { ...own, authorization: 'Basic x' } })).status).toBe(
      401,
    );
    expect(ran).not.toHaveBeenCalled();
    expect((await call(ran, { headers: own })).status).toBe(200);
  });

  it('says when to come again', () => {
    const response = problemResponse(new AppError('limited', 'Slow down.', { retryAfterMs: 1500 }));
    expect(response.headers.get('retry-after')).toBe('2');
  });
});

describe('the body of a request', () => {
  const post = (body: BodyInit) =>
    new Request('http://127.0.0.1/', { method: 'POST', body, duplex: 'half' } as RequestInit);

  it('is read as JSON, whatever is in it', async () => {
    expect(await jsonOf(post('{"a":"é😀"}'))).toEqual({ a: 'é😀' });
    for (const wrong of ['', '{', 'x', '{"a":1}}'])
      await expect(jsonOf(post(wrong))).rejects.toMatchObject({ code: 'bad_input' });
  });

  it('may have 5 MB and not a byte more', async () => {
    const most = `"${'x'.repeat(5_000_000 - 2)}"`;
    expect(await jsonOf(post(most))).toHaveLength(5_000_000 - 2);
    await expect(jsonOf(post(`${most} `))).rejects.toMatchObject({
      code: 'bad_input',
      message: 'The request is larger than 5 MB: send it in parts.',
    });
    await expect(textOf(post('é'.repeat(2_500_001)))).rejects.toMatchObject({ code: 'bad_input' });
  });

  it('that never ends is not read to its end', async () => {
    let sent = 0;
    let stopped = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: controller => {
        sent += 1;
        controller.enqueue(new Uint8Array(1_000_000));
      },
      cancel: () => {
        stopped = true;
      },
    });
    await expect(textOf(post(endless))).rejects.toMatchObject({ code: 'bad_input' });
    expect(sent).toBeLessThan(10);
    expect(stopped).toBe(true);
  });
});

describe('an action and a page', () => {
  const ok = ({ input }: { input: { n: number } }) => Promise.resolve(input.n + 1);
  const schema = z.object({ n: z.number() });

  it('give a value, or the problem as something to show', async () => {
    asked.headers = { 'sec-fetch-site': 'same-origin' };
    expect(await act(schema, { n: 1 }, ok)).toEqual({ ok: true, value: 2 });
    expect(await act(schema, { n: 'x' }, ok)).toMatchObject({ ok: false, problem: { status: 400 } });
    expect(await read(tx => Promise.resolve(tx.tenantId))).toMatchObject({ ok: true, value: 'demo' });
    expect(await read(() => Promise.reject(new AppError('forbidden', 'No.')))).toMatchObject({
      ok: false,
      problem: { status: 403, detail: 'No.' },
    });
  });

  it('are for nobody from a foreign page', async () => {
    asked.headers = { 'sec-fetch-site': 'cross-site' };
    asked.role = 'admin';
    expect(await act(schema, { n: 1 }, ok)).toMatchObject({ ok: false, problem: { status: 401 } });
    expect(await read(() => Promise.resolve(1))).toMatchObject({ ok: false, problem: { status: 401 } });
  });
});
