import { createServer } from 'node:net';
import { AppError } from '#lib/core/errors.ts';

/** Throws AppError('unavailable') when something listens on the port already: better now than after half a minute. */
export const insistOnFreePort = (port: number, setting: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new AppError(
              'unavailable',
              `Port ${port} is taken. Stop what listens there, or set ${setting} to another one.`,
            )
          : error,
      ),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
