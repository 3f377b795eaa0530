import { AppError } from '#lib/core/errors.ts';
import type { Flow, Shipped } from '#lib/flow.ts';
import type { Opened } from './open-db.ts';

/**
 * What this process holds open. On `globalThis`, since Next loads its own copy of every module: what a start
 * command opened is what a page must find.
 */
export interface Running {
  opened: Opened;
  flow: Flow;
  shipped: Shipped;
}

const key = Symbol.for('sidecard.running');
const holder = globalThis as { [key]?: Running };

export function setRunning(running: Running): void {
  holder[key] = running;
}

/** The open database of this process. Throws AppError('unavailable') where none was opened. */
export function running(): Running {
  const found = holder[key];
  if (!found)
    throw new AppError(
      'unavailable',
      'This process has not opened its database. Start it with npm start or npm run web.',
    );
  return found;
}
