import { AppError } from '#lib/core/errors.ts';
import type { CrmWriter } from './doors.ts';
import { openHubSpotWriter } from './hubspot/writer.ts';
import type { CrmSession } from './session.ts';

export type { CrmWriter, Stamp, Written } from './doors.ts';

export function openWriter(session: CrmSession): CrmWriter {
  if (session.crm === 'hubspot') return openHubSpotWriter(session);
  throw new AppError('refused', `Sidecard cannot write to ${session.crm} yet: connect a HubSpot account.`);
}
