import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What becomes of the one request that creates a task: it never arrives, or its answer never comes back. */
export type Loss = 'request' | 'answer';

export interface CrmBetween {
  url: string;
  /** The access token with which the product worked on records last; null before any. */
  shownToken(): string | null;
  /** Springs at the next creation of a task: loses what it should, and ends once `then` has been called. */
  loseNext(what: Loss, then: () => Promise<void>): Promise<void>;
  close(): void;
}

/** Stands between product and CRM, and passes everything on as it is, but for what it is told to lose. */
export async function startBetween(crmPort: number): Promise<CrmBetween> {
  let trap: { what: Loss; spring: () => Promise<void> } | null = null;
  let shown: string | null = null;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    if (request.url?.startsWith('/crm/'))
      shown = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? shown;
    const creates = request.method === 'POST' && /^\/crm\/objects\/[^/]+\/tasks$/.test(request.url ?? '');
    const sprung = creates ? trap : null;
    if (sprung) trap = null;
    if (sprung?.what === 'request') {
      await sprung.spring();
      request.socket.destroy();
      return;
    }
    const answer = await passOn(crmPort, request, body);
    if (sprung) {
      await sprung.spring();
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shownToken: () => shown,
    loseNext: (what, then) =>
      new Promise((resolve, reject) => {
        trap = { what, spring: () => then().then(resolve, reject) };
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const passOn = (
  port: number,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> =>
  new Promise((resolve, reject) => {
    send({ host: '127.0.0.1', port, method, path: url, headers }, answer => {
      buffer(answer).then(
        text => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: text }),
        reject,
      );
    })
      .on('error', reject)
      .end(body);
  });
