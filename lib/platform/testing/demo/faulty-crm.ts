import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Asked {
  method: string;
  path: string;
}
/** What the network does to one request: `cut` lets it take effect and loses the answer, `lose` lets nothing through. */
export type Fault = { status: number; body: string } | 'cut' | 'lose' | null;

/** Stands between the product and the CRM, and passes everything on but what a test tells it to break. */
export async function startFaultyCrm(target: string) {
  let faultOf: (asked: Asked) => Fault = () => null;
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const one = { method: request.method ?? '', path: request.url ?? '' };
    asked.push(one);
    const fault = faultOf(one);
    if (fault === 'lose') request.socket.destroy();
    else if (fault !== null && fault !== 'cut') answerWith(request, response, fault);
    else passOn(target, request, response, fault === 'cut');
  });
  server.keepAliveTimeout = 60_000; // as the sandbox: no connection closes under a request
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Every request since the start. */
    asked,
    /** Breaks requests as told, until told otherwise. */
    breakWith: (next: (asked: Asked) => Fault) => {
      faultOf = next;
    },
    heal: () => {
      faultOf = () => null;
    },
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerWith(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body }: { status: number; body: string },
): void {
  request.resume().once('end', () => response.writeHead(status).end(body));
}

function passOn(target: string, request: IncomingMessage, response: ServerResponse, cut: boolean): void {
  const { host: _, ...headers } = request.headers;
  const onward = ask(
    new URL(request.url ?? '/', target),
    { method: request.method ?? 'GET', headers },
    answer => {
      if (cut) {
        answer.resume().once('end', () => request.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    },
  );
  onward.once('error', () => request.socket.destroy());
  request.pipe(onward);
}
