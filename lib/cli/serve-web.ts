import next from 'next';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AppError } from '#lib/core/errors.ts';

export interface WebOptions {
  port: number;
  dev: boolean;
  /** Origins whose pages may frame ours, and that requests may name as Host besides loopback. */
  frameAncestors: readonly string[];
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
  const headers = {
    'content-security-policy': [
      `frame-ancestors 'self' ${options.frameAncestors.join(' ')}`,
      "object-src 'none'",
      "base-uri 'self'",
      "form-action 'self'",
      "img-src 'self' data:",
      "frame-src 'none'",
    ].join('; '),
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  };
  let handle: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null = null;
  const server = createServer((request, response) => {
    if (!hosts.has(request.headers.host ?? '')) {
      response
        .writeHead(421, { 'content-type': 'text/plain' })
        .end('This address does not serve that host.\n');
      return;
    }
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (handle) void handle(request, response);
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
