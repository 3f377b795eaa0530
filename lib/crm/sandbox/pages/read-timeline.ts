import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import { listAssociated } from '#lib/crm/sandbox/store/associations.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { loadRecord, type StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { textOfHtml } from './format.ts';

type ActivityName = Extract<ObjectName, 'emails' | 'calls' | 'meetings' | 'notes' | 'tasks'>;

/** One thing that happened around a record, as plain text. */
export type TimelineEntry = {
  record: StoredRecord;
  type: ActivityName;
  id: number;
  at: string;
  kind: string;
  title: string;
  body: string;
  from: string;
};

const ACTIVITIES: ActivityName[] = ['emails', 'calls', 'meetings', 'notes', 'tasks'];

const EMAIL_KINDS: Record<string, string> = {
  EMAIL: 'E-mail sent',
  INCOMING_EMAIL: 'E-mail received',
  FORWARDED_EMAIL: 'E-mail forwarded',
  DRAFT_EMAIL: 'E-mail draft',
};

type Texts = Pick<TimelineEntry, 'kind' | 'title' | 'body'>;

const DESCRIBE: Record<ActivityName, (p: Record<string, string>) => Texts> = {
  emails: p => ({
    kind: EMAIL_KINDS[p['hs_email_direction'] ?? ''] ?? 'E-mail',
    title: p['hs_email_subject'] || 'No subject',
    body: p['hs_email_text'] || textOfHtml(p['hs_email_html'] ?? ''),
  }),
  calls: p => ({
    kind: p['hs_call_direction'] === 'INBOUND' ? 'Call received' : 'Call made',
    title: p['hs_call_title'] || 'Call',
    body: textOfHtml(p['hs_call_body'] ?? ''),
  }),
  meetings: p => ({
    kind: 'Meeting',
    title: p['hs_meeting_title'] || 'Meeting',
    body: textOfHtml(p['hs_meeting_body'] || p['hs_internal_meeting_notes'] || ''),
  }),
  notes: p => ({ kind: 'Note', title: '', body: textOfHtml(p['hs_note_body'] ?? '') }),
  tasks: p => ({
    kind: p['hs_task_status'] === 'COMPLETED' ? 'Task done' : 'Task',
    title: p['hs_task_subject'] || 'Task',
    body: textOfHtml(p['hs_task_body'] ?? ''),
  }),
};

/** All e-mails, calls, meetings, notes and tasks linked with the record, newest first. */
export function readTimeline(store: Store, record: StoredRecord): TimelineEntry[] {
  const entries = ACTIVITIES.flatMap(type =>
    listAssociated(store, record, type).flatMap(({ id }) => {
      const activity = loadRecord(store, type, id);
      if (!activity) return [];
      const p = activity.properties;
      const at = p['hs_timestamp'] ?? new Date(activity.createdAt).toISOString();
      return [{ record: activity, type, id, at, from: p['hs_email_from_email'] ?? '', ...DESCRIBE[type](p) }];
    }),
  );
  return entries.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : b.id - a.id));
}
