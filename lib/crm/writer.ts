import { AppError } from '#lib/core/errors.ts';
import type { CrmWriter } from './doors.ts';
import { openHubSpotWriter } from './hubspot/writer.ts';
import { openSalesforceWriter } from './salesforce/writer.ts';
import type { CrmSession } from './session.ts';

export type { ChangeStamp, CrmWriter, ScoreRow, ScoresWritten, Stamp, Written } from './doors.ts';

export function openWriter(session: CrmSession): CrmWriter {
  if (session.crm === 'hubspot') return openHubSpotWriter(session);
  if (session.crm === 'salesforce') return openSalesforceWriter(session);
  throw new AppError('refused', `Sidecard cannot write to ${session.crm}: connect HubSpot or Salesforce.`);
}
