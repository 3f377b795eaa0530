import type { Channel, Touch } from '#lib/core/fact.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import { textOfHtml } from './text-of-html.ts';

export const CHANNELS: Readonly<Record<string, Channel>> = {
  emails: 'email',
  calls: 'call',
  meetings: 'meeting',
  notes: 'note',
  tasks: 'task',
};
export const ACTIVITIES = Object.keys(CHANNELS);

/** A version of an activity as it is stored. */
export interface TouchVersion extends Omit<Touch, 'learntAt'> {
  createdAt: Instant;
  updatedAt: Instant;
  statusAt: Instant;
  archived: boolean;
}

/** HubSpot's fixed identifiers of call outcomes; an account's own outcomes come as they are. */
const DISPOSITIONS: Readonly<Record<string, string>> = {
  '9d9162e7-6cf3-4944-bf63-4dff82258764': 'BUSY',
  'f240bbac-87c9-4f6e-bf70-924b57d47db7': 'CONNECTED',
  'a4c4c377-d246-4b32-a13b-75a56a4cd0ff': 'LEFT_LIVE_MESSAGE',
  'b2cf5968-551e-4856-9783-52b3da59a7d0': 'LEFT_VOICEMAIL',
  '73a0d17f-1163-4015-bdd5-ec830791da20': 'NO_ANSWER',
  '17b47fee-58de-441e-a44c-c6300d46f273': 'WRONG_NUMBER',
};

const DIRECTIONS: Readonly<Record<string, Touch['direction']>> = {
  EMAIL: 'out',
  INCOMING_EMAIL: 'in',
  OUTBOUND: 'out',
  INBOUND: 'in',
};

/** By channel: where the CRM keeps title, texts (the first that is filled in counts), status and time. */
const FIELDS: Record<Channel, { title: string; body: string[]; status: string[]; at: string[] }> = {
  email: {
    title: 'hs_email_subject',
    body: ['hs_email_text', 'hs_email_html'],
    status: ['hs_email_status'],
    at: ['hs_timestamp'],
  },
  call: {
    title: 'hs_call_title',
    body: ['hs_call_body'],
    status: ['hs_call_disposition', 'hs_call_status'],
    at: ['hs_timestamp'],
  },
  meeting: {
    title: 'hs_meeting_title',
    body: ['hs_internal_meeting_notes', 'hs_meeting_body'],
    status: ['hs_meeting_outcome'],
    at: ['hs_meeting_start_time', 'hs_timestamp'],
  },
  note: { title: '', body: ['hs_note_body'], status: [], at: ['hs_timestamp'] },
  task: {
    title: 'hs_task_subject',
    body: ['hs_task_body'],
    status: ['hs_task_status'],
    at: ['hs_timestamp'],
  },
};

/** An activity record as a touch; null for any other object. A time that cannot be read is the record's creation. */
export function touchOf(record: CrmRecord): TouchVersion | null {
  const channel = CHANNELS[record.ref.object];
  if (!channel) return null;
  const { fields } = record;
  const names = FIELDS[channel];
  const filled = (options: string[]) => options.find(name => fields[name]?.trim());
  const text = (name: string | undefined) => (name === undefined ? '' : (fields[name] ?? ''));
  const statusField = filled(names.status);
  const status = text(statusField).trim();
  return {
    ref: record.ref,
    version: record.version,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    channel,
    direction: DIRECTIONS[text(channel === 'email' ? 'hs_email_direction' : 'hs_call_direction')] ?? 'none',
    at: names.at.map(name => timeOf(fields[name])).find(at => at !== null) ?? record.createdAt,
    title: text(names.title).trim(),
    body: textOfHtml(text(filled(names.body))),
    status: DISPOSITIONS[status.toLowerCase()] ?? status.toUpperCase().replaceAll(/\s+/g, '_'),
    statusAt: statusAtOf(record, statusField),
    ownerId: text('hubspot_owner_id').trim() || null,
    threadId: text('hs_email_thread_id').trim() || null,
    ourChange: text('sidecard_change_id').trim() || null,
    archived: record.archived,
  };
}

/** A CRM's time, ISO or in milliseconds since 1970; null when it is neither, or outside the years 1 to 9999. */
function timeOf(value: string | null | undefined): Instant | null {
  const text = value?.trim();
  // Of other texts the runtime makes a guess, which takes "0" for the year 2000.
  if (!text || !/^(?:-?\d{1,16}$|\d{4}-\d{2}-\d{2})/.test(text)) return null;
  const time = new Date(/^-?\d{1,16}$/.test(text) ? Number(text) : text);
  const year = time.getUTCFullYear();
  return year >= 1 && year <= 9999 ? toInstant(time) : null;
}

function statusAtOf(record: CrmRecord, field: string | undefined): Instant {
  const times = record.history.filter(moment => moment.field === field).map(moment => moment.at);
  return times.toSorted().at(-1) ?? record.updatedAt;
}
