import next from 'next';
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AppError } from '#lib/core/errors.ts';
import { isFramed, pageHeaders } from '#lib/edge/page-headers.ts';

export interface WebOptions {
  port: number;
  dev: boolean;
  /** Origins whose pages may frame the card now: a CRM may be connected while this runs. */
  frameAncestors: () => Promise<readonly string[]>;
  /** An address that requests may name as Host besides loopback. */
  publicUrl: string | null;
}

/**
 * Serves the pages on the loopback address (a proxy brings them further). Checks the Host header, so that no foreign
 * page reaches us by a name of its own that resolves here. Throws AppError('unavailable') when the port is taken.
 */
export async function serveWeb(options: WebOptions): Promise<Server> {
  const { port, dev } = options;
  const hosts = new Set([`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]);
  if (options.publicUrl) hosts.add(new URL(options.publicUrl).host);
  let handle: Handle | null = null;
  const server = createServer((request, response) => {
    if (!hosts.has(request.headers.host ?? '')) {
      response
        .writeHead(421, { 'content-type': 'text/plain' })
        .end('This address does not serve that host.\n');
      return;
    }
    if (handle) void answer(handle, request, response, options);
    else
      response
        .writeHead(503, { 'content-type': 'text/plain', 'retry-after': '5' })
        .end('Sidecard is starting.\n');
  });
  await listen(server, port);
  const app = next({ dev, hostname: '127.0.0.1', port, httpServer: server });
  await app.prepare();
  handle = app.getRequestHandler();
  return server;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

async function answer(
  handle: Handle,
  request: IncomingMessage,
  response: ServerResponse,
  { frameAncestors, dev }: WebOptions,
): Promise<void> {
  const url = request.url ?? '/';
  const headers = pageHeaders(url, {
    // Without an answer of the database nobody may frame it; the page itself says what is wrong.
    frameAncestors: isFramed(url) ? await frameAncestors().catch(() => []) : [],
    nonce: randomBytes(16).toString('base64'),
    dev,
  });
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // Next reads the nonce for its own scripts from here; what the browser sent under this name counts for nothing.
  request.headers['content-security-policy'] = headers['content-security-policy'];
  delete request.headers['content-security-policy-report-only'];
  await handle(request, response);
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new AppError(
              'unavailable',
              `Port ${port} is taken. Stop what listens there, or set PORT to another one.`,
            )
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
