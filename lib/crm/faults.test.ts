import { afterEach, describe, expect, it } from 'vitest';
import type { RequestListener } from 'node:http';
import { AppError } from '#lib/core/errors.ts';
import { openReader } from './crm.ts';
import { readAccount } from './setup.ts';
import { sessionTo, startStub, startTestCrm } from './testing/test-crm.ts';
import { openWriter } from './writer.ts';

const stamp = {
  decisionId: 'dec_1',
  agent: 'follow-up',
  approvedBy: null,
  at: '2026-11-20T08:00:00.000Z',
  undo: false,
};
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function failureOf(answer: RequestListener): Promise<AppError> {
  const stub = await startStub(answer);
  stops.push(stub.stop);
  return caught(openReader(sessionTo(stub.url)).listPage('emails', { after: null, limit: 10 }));
}

async function caught(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error('expected an AppError', { cause: error });
  return error;
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, headers).end(JSON.stringify(body));

describe('what HubSpot may do instead of answering', () => {
  it.each([
    [401, 'unauthenticated', /Reconnect HubSpot/],
    [403, 'forbidden', /scope.*HubSpot says: nope/],
    [404, 'not_found', /nope/],
    [409, 'conflict', /nope/],
    [500, 'unavailable', /failed with 500.*tries again/],
    [503, 'unavailable', /failed with 503/],
    [400, 'refused', /HubSpot says: nope/],
    [418, 'refused', /nope/],
  ])('%i is %s', async (status, code, message) => {
    const error = await failureOf(json(status, { status: 'error', message: 'nope' }));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).toContain('listing emails');
  });

  it('too many requests says how long to wait', async () => {
    const error = await failureOf(json(429, { message: 'slow' }, { 'retry-after': '7' }));
    expect(error).toMatchObject({ code: 'limited', details: { retryAfterMs: 7000 } });
  });

  it.each([
    ['a page', '<html>Bad gateway</html>'],
    ['JSON of another shape', '{"hello":[]}'],
    ['a record without an id', '{"results":[{"properties":{}}]}'],
  ])('%s instead of records is not believed', async (_, body) => {
    const error = await failureOf((_request, response) => void response.end(body));
    expect(error.code).toBe('unavailable');
    expect(error.message).toMatch(/cannot be read while listing emails .*Check that the address/);
  });

  it('a cut connection, and nobody there', async () => {
    expect((await failureOf(request => void request.socket.destroy())).code).toBe('unavailable');
    const stub = await startStub(() => undefined);
    await stub.stop();
    const error = await caught(
      openReader(sessionTo(stub.url)).listPage('owners', { after: null, limit: 10 }),
    );
    expect(error).toMatchObject({ code: 'unavailable' });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('text that no database keeps comes in cleaned', async () => {
    const stub = await startStub((request, response) => {
      if (request.url?.includes('/users')) response.end('{"results":[]}');
      else
        response.end(
          String.raw`{"results":[{"id":"1","email":"a\u0000b","lastName":"\ud83d","firstName":"\ud83d\ude00","createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}]}`,
        );
    });
    stops.push(stub.stop);
    const { records } = await openReader(sessionTo(stub.url)).listPage('owners', {
      after: null,
      limit: 10,
    });
    expect(records[0]?.record.fields).toMatchObject({
      email: 'a\uFFFDb',
      firstname: '😀',
      lastname: '\uFFFD',
    });
  });

  it('a wrong token and a broken rule, said by a CRM that runs', async () => {
    const crm = await startTestCrm();
    stops.push(crm.stop);
    const { apiUrl } = crm.session;
    expect(await caught(readAccount(sessionTo(apiUrl, 'wrong')))).toMatchObject({
      code: 'unauthenticated',
    });
    expect(await readAccount(crm.session)).toEqual({
      id: expect.stringMatching(/^\d+$/),
      currency: 'EUR',
      timezone: 'Europe/Berlin',
    });
    const id = await crm.create('deals', { dealname: 'D', dealstage: 'qualifiedtobuy' });
    const subject = { crm: 'hubspot', object: 'deals', id } as const;
    const error = await caught(openWriter(crm.session).updateFields(subject, { amount: 'a lot' }, stamp));
    expect(error.code).toBe('refused');
    expect(error.message).toContain('a lot was not a valid number');
  });
});
