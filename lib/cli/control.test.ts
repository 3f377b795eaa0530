import { request, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Flow } from '#lib/flow.ts';
import type { Holder } from '#lib/platform/data-lock.ts';
import { startStub } from '#lib/crm/testing/test-crm.ts';
import { handOver, serveControl } from './control.ts';

/** A product with a tenant whose ledger is empty: as much as a command needs. */
const flow = { db: { system: () => Promise.resolve([]) } } as unknown as Flow;

describe('the control socket', () => {
  let server: Server;
  let holder: Holder;
  beforeEach(async () => {
    server = await serveControl(flow, {
      announce: given => {
        holder = given;
      },
      release: () => undefined,
    });
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const run = async (to: Holder, argv: string[]) => {
    const lines: string[] = [];
    const io = {
      out: (text: string) => lines.push(`out ${text}`),
      err: (text: string) => lines.push(`err ${text}`),
    };
    return { exit: await handOver(to, argv, io), lines };
  };

  it('carries out a command, and gives back its output and exit code', async () => {
    expect(await run(holder, ['verify', '--json'])).toEqual({ exit: 0, lines: [] });
    const unknown = await run(holder, ['fly']);
    expect(unknown.exit).toBe(2);
    expect(unknown.lines[0]).toMatch(/^err There is no command "fly"/);
    expect(await run(holder, ['undo'])).toMatchObject({
      exit: 2,
      lines: ['err Say which decision: undo --decision ID'],
    });
    expect(await run(holder, ['undo', '--wrong'])).toMatchObject({ exit: 2 });
  });

  it('is announced with this process, a port of its own and a token that cannot be guessed', () => {
    expect(holder).toMatchObject({ pid: process.pid, port: expect.any(Number) });
    expect(holder.token).toMatch(/^[0-9a-f]{64}$/);
    expect(server.address()).toMatchObject({ address: '127.0.0.1' });
  });

  it.each([
    ['another token', { authorization: `Bearer ${'0'.repeat(64)}` }],
    ['a part of the token', { authorization: 'Bearer 0' }],
    ['no token', {}],
  ])('refuses %s, and runs nothing', async (_, headers) => {
    const answer = await new Promise<{ status?: number; text: string }>((resolve, reject) => {
      const asking = request({ host: '127.0.0.1', port: holder.port, method: 'POST', headers }, response => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      asking.once('error', reject).end(JSON.stringify({ argv: ['verify'] }));
    });
    expect(answer).toEqual({ status: 401, text: '' });
  });

  it('says in one sentence that the holder did not carry the command out', async () => {
    const sentence = (why: string) =>
      `The Sidecard that holds the data folder (process ${holder.pid}) did not carry out the command: ${why}. Try again, or stop it first.`;
    await expect(run({ ...holder, token: 'x' }, ['verify'])).rejects.toMatchObject({
      code: 'unavailable',
      message: sentence('it answered 401'),
    });
    const silent = await startStub((_, response) => void response.end('{"out":"half"}\n'));
    const dying = await startStub((_, response) => {
      response.write('{"out":"half"}\n');
      setImmediate(() => response.destroy());
    });
    for (const stub of [silent, dying]) {
      const port = Number(new URL(stub.url).port);
      await expect(run({ ...holder, port }, ['verify'])).rejects.toMatchObject({
        message: sentence('it ended on the way'),
      });
      await stub.stop();
      await expect(run({ ...holder, port }, ['verify'])).rejects.toMatchObject({
        message: sentence('it cannot be reached'),
      });
    }
  });

  it('answers a body that is no order with an error, and lives on', async () => {
    const answer = await fetch(`http://127.0.0.1:${holder.port}/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${holder.token}` },
      body: 'not json',
    });
    expect(await answer.text()).toContain('{"exit":1}');
    expect(await run(holder, ['verify'])).toMatchObject({ exit: 0 });
  });
});
