import type { FieldMoment } from '#lib/core/record.ts';
import { isTrue, textIn, type Row } from './select.ts';

/** Record type that stands for "none". */
const masterRecordType = '012000000000000AAA';
/** The pipeline of an account without record types, and of opportunities that have none. */
export const masterPipeline = 'master';

type Fields = Record<string, string | null>;

const unqualified =
  /not.?converted|unqualified|disqualified|rejected|junk|\bdead\b|\blost\b|invalid|duplicate/i;
const badTiming = /bad.?timing|recycl|nurtur|not now/i;

/** What a lead status in the account's own words means for its outcome; other states as they are, in the house's spelling. */
export function leadStatusOf(status: string | null): string | null {
  if (status === null) return null;
  if (unqualified.test(status)) return 'UNQUALIFIED';
  if (badTiming.test(status)) return 'BAD_TIMING';
  return status
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_|_$/g, '');
}

const taskTypes: Readonly<Record<string, string>> = { Email: 'EMAIL', Call: 'CALL' };

/** The host of a website as people type it. */
function domainOf(website: string | null | undefined): string | null {
  if (!website) return null;
  const url = URL.parse(/^https?:\/\//i.test(website) ? website : `https://${website}`);
  return url?.hostname.replace(/^www\./, '').toLowerCase() || null;
}

/** A day of due work is a day; our own tasks keep their hour in the reminder. */
const dueOf = (row: Row, fields: Fields): string | null =>
  (fields['sidecard_change_id'] && isTrue(row, 'IsReminderSet') ? fields['ReminderDateTime'] : null) ??
  fields['hs_timestamp'] ??
  null;

/** An e-mail or call was when it was done, not on the day for which it stood in the list. */
const doneAt = (fields: Fields): string | null =>
  fields['hs_task_completion_date'] ?? fields['hs_timestamp'] ?? fields['hs_createdate'] ?? null;

const emailStates: Readonly<Record<string, string>> = { '5': 'DRAFT', '3': 'SENT' };

/** What the house knows by another name than one field: by the words of the source, from the row and its worded fields. */
const derivations: Readonly<Record<string, (row: Row, fields: Fields) => Fields>> = {
  Lead: (row, fields) => ({
    lifecyclestage: isTrue(row, 'IsConverted') ? 'opportunity' : 'lead',
    hs_lead_status: leadStatusOf(fields['status'] ?? null),
  }),
  Account: (_, fields) => ({
    domain: domainOf(fields['website']),
    lifecyclestage: /^customer/i.test(fields['type'] ?? '') ? 'customer' : null,
  }),
  Opportunity: (row, fields) => ({ pipeline: pipelineOf(fields['pipeline'] ?? textIn(row, 'RecordTypeId')) }),
  Task: (row, fields) => ({
    hs_task_status: isTrue(row, 'IsClosed') ? 'COMPLETED' : (fields['hs_task_status'] ?? 'NOT_STARTED'),
    hs_task_type: taskTypes[fields['hs_task_type'] ?? ''] ?? 'TODO',
    hs_timestamp: dueOf(row, fields),
  }),
  Call: (row, fields) => ({
    hs_call_status: isTrue(row, 'IsClosed') ? 'COMPLETED' : (fields['hs_call_status'] ?? null),
    hs_call_direction: fields['hs_call_direction']?.toUpperCase() ?? null,
    hs_timestamp: isTrue(row, 'IsClosed') ? doneAt(fields) : (fields['hs_timestamp'] ?? null),
  }),
  EmailTask: (_, fields) => ({
    hs_email_direction: 'EMAIL',
    hs_email_status: 'SENT',
    hs_timestamp: doneAt(fields),
  }),
  EmailMessage: (row, fields) => ({
    hs_email_direction: directionOf(row),
    hs_email_status: isTrue(row, 'IsBounced')
      ? 'BOUNCED'
      : (emailStates[fields['hs_email_status'] ?? ''] ?? 'SENT'),
  }),
  Event: (_, fields) => ({
    hs_timestamp: fields['hs_meeting_start_time'] ?? fields['hs_timestamp'] ?? null,
  }),
  Group: row => ({ kind: textIn(row, 'Type') === 'Queue' ? 'queue' : 'group' }),
  User: (row, fields) => ({ userId: textIn(row, 'Id'), kind: 'user', name: fields['name'] ?? null }),
  AssignmentRule: () => ({ kind: 'assignment rule', concerns: 'routing' }),
  ActionCadence: (_, fields) => ({
    kind: 'sequence',
    concerns: 'outreach',
    active: String(fields['state'] === 'Active'),
  }),
  FlowDefinitionView: (_, fields) => ({ kind: 'workflow', concerns: concernOf(fields['name'] ?? '') }),
};

/** An e-mail that nobody has sent yet has no direction. */
const directionOf = (row: Row): string | null =>
  isTrue(row, 'Incoming') ? 'INCOMING_EMAIL' : textIn(row, 'Status') === '5' ? null : 'EMAIL';

/** What a flow seems to be for, by its name: an admin decides, this only points it out. */
function concernOf(name: string): string {
  if (/\b(rout|assign|owner|queue|round.?robin|territor)/i.test(name)) return 'routing';
  return /\b(outreach|e-?mail|cadence|sequence|nurtur|follow.?up)/i.test(name) ? 'outreach' : '';
}

export const pipelineOf = (recordTypeId: string | null): string =>
  recordTypeId === null || recordTypeId === masterRecordType ? masterPipeline : recordTypeId;

/** Words of ours that no single field of Salesforce holds, and so that nothing can be written to. */
export const derivedWords: Readonly<Record<string, readonly string[]>> = {
  Lead: ['lifecyclestage', 'hs_lead_status'],
  Contact: ['lifecyclestage'],
  Account: ['domain', 'lifecyclestage'],
};

export const derivedFields = (words: string, row: Row, fields: Fields): Fields =>
  derivations[words]?.(row, fields) ?? {};

/** The history of what is derived: of a lead's status, and of its conversion. */
export function derivedHistory(
  words: string,
  row: Row,
  { createdAt, history }: { createdAt: string; history: readonly FieldMoment[] },
): FieldMoment[] {
  if (words !== 'Lead') return [];
  const statuses = history
    .filter(moment => moment.field === 'status')
    .map(moment => ({ ...moment, field: 'hs_lead_status', value: leadStatusOf(moment.value) }));
  if (!isTrue(row, 'IsConverted')) return statuses;
  const noted = history.find(moment => moment.field === 'leadConverted')?.at;
  const day = textIn(row, 'ConvertedDate');
  // Salesforce keeps only the day: its beginning, so that nothing of that day is taken for what led there.
  const at = noted ?? (day === null ? null : `${day.slice(0, 10)}T00:00:00.000Z`);
  if (at === null) return statuses;
  const moment = (value: string, since: string) => ({
    field: 'lifecyclestage',
    value,
    at: since,
    source: null,
  });
  return [
    ...statuses,
    ...(at > createdAt ? [moment('lead', createdAt)] : []),
    moment('opportunity', at > createdAt ? at : createdAt),
  ];
}
