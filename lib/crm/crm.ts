import { AppError } from '#lib/core/errors.ts';
import type { OpenConnection } from './connections.ts';
import type { CrmReader } from './doors.ts';
import { openHubSpotReader } from './hubspot/reader.ts';

export type { CrmReader, ReadRecord } from './doors.ts';

/** A reader remembers which properties the account defines: open one for a job, not for a process. */
export function openReader(connection: OpenConnection): CrmReader {
  if (connection.crm === 'hubspot') return openHubSpotReader(connection);
  throw new AppError(
    'refused',
    `Sidecard cannot read from ${connection.crm} yet: connect a HubSpot account.`,
  );
}
