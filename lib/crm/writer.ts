import { AppError } from '#lib/core/errors.ts';
import type { OpenConnection } from './connections.ts';
import type { CrmWriter } from './doors.ts';
import { openHubSpotWriter } from './hubspot/writer.ts';

export type { CrmWriter, Stamp, Written } from './doors.ts';

export function openWriter(connection: OpenConnection): CrmWriter {
  if (connection.crm === 'hubspot') return openHubSpotWriter(connection);
  throw new AppError('refused', `Sidecard cannot write to ${connection.crm} yet: connect a HubSpot account.`);
}
