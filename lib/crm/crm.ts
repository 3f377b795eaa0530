import { AppError } from '#lib/core/errors.ts';
import type { Crm, CrmObject } from '#lib/core/subject.ts';
import type { CrmReader } from './doors.ts';
import { openHubSpotReader, readObjects as ofHubSpot } from './hubspot/reader.ts';
import { openSalesforceReader, readObjects as ofSalesforce } from './salesforce/reader.ts';
import type { CrmSession } from './session.ts';

export type { CrmReader, ReadRecord } from './doors.ts';
export { csvRows, openCsv, surveyCsv, type CsvFile } from './csv/csv.ts';
export { guessEventColumns, readEventColumns, type EventColumn } from './csv/event-columns.ts';
export { csvEvents, surveyEvents, type CsvEvent } from './csv/event-rows.ts';
export { guessMapping } from './csv/guess-mapping.ts';
export { importable, type Importable } from './csv/house-field.ts';
export { isOwnField } from './csv/house-fields.ts';
export { Mapping } from './csv/mapping.ts';
export { readMapping } from './csv/read-mapping.ts';
export type { Survey } from './csv/survey.ts';
export { idFrom as linkId, type CsvRow } from './csv/to-row.ts';

/** All that is read of a CRM; a file is imported when somebody says so. */
export const objectsOf = (crm: Crm): readonly CrmObject[] =>
  ({ hubspot: ofHubSpot, salesforce: ofSalesforce, csv: [] })[crm];

/** A reader remembers which properties the account defines: open one for a job, not for a process. */
export function openReader(session: CrmSession): CrmReader {
  if (session.crm === 'hubspot') return openHubSpotReader(session);
  if (session.crm === 'salesforce') return openSalesforceReader(session);
  throw new AppError('refused', `Sidecard cannot read from ${session.crm}: connect HubSpot or Salesforce.`);
}
