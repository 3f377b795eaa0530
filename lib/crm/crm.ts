import { AppError } from '#lib/core/errors.ts';
import type { CrmReader } from './doors.ts';
import { openHubSpotReader } from './hubspot/reader.ts';
import type { CrmSession } from './session.ts';

export type { CrmReader, ReadRecord } from './doors.ts';

/** A reader remembers which properties the account defines: open one for a job, not for a process. */
export function openReader(session: CrmSession): CrmReader {
  if (session.crm === 'hubspot') return openHubSpotReader(session);
  throw new AppError('refused', `Sidecard cannot read from ${session.crm} yet: connect a HubSpot account.`);
}
