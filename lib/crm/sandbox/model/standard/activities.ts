import {
  choice,
  inGroup,
  linked,
  long,
  moment,
  number,
  text,
  type PropertyDefinition,
} from '#lib/crm/sandbox/model/property.ts';

function activity(group: string, own: PropertyDefinition[]): PropertyDefinition[] {
  return inGroup(group, [
    ...own,
    moment('hs_timestamp', 'Activity date'),
    linked('hubspot_owner_id', 'Activity assigned to', 'owners'),
    text('hs_activity_type', 'Call and meeting type'),
    text('hs_attachment_ids', 'Attached file IDs'),
    moment('hs_createdate', 'Create date', { readOnly: 'create' }),
    moment('hs_lastmodifieddate', 'Last modified date', { readOnly: 'server' }),
    text('hs_object_id', 'Record ID', { readOnly: 'server' }),
  ]);
}

export const TASK_PROPERTIES = activity('task', [
  text('hs_task_subject', 'Task title'),
  long('hs_task_body', 'Task notes'),
  choice('hs_task_type', 'Task type', {
    TODO: 'To-do',
    EMAIL: 'Email',
    CALL: 'Call',
    LINKED_IN_CONNECT: 'LinkedIn - send connection request',
    LINKED_IN_MESSAGE: 'LinkedIn - send message',
  }),
  choice('hs_task_status', 'Task status', {
    NOT_STARTED: 'Not started',
    IN_PROGRESS: 'In progress',
    WAITING: 'Waiting',
    COMPLETED: 'Completed',
    DEFERRED: 'Deferred',
  }),
  choice('hs_task_priority', 'Priority', { NONE: 'None', LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High' }),
  text('hs_task_reminders', 'Reminders'),
  moment('hs_task_completion_date', 'Completed at'),
  text('hs_queue_membership_ids', 'Queues'),
]);

export const NOTE_PROPERTIES = activity('note', [long('hs_note_body', 'Note body')]);

export const CALL_PROPERTIES = activity('call', [
  text('hs_call_title', 'Call title'),
  long('hs_call_body', 'Call notes'),
  choice('hs_call_direction', 'Call direction', { INBOUND: 'Inbound', OUTBOUND: 'Outbound' }),
  choice('hs_call_disposition', 'Call outcome', {
    '9d9162e7-6cf3-4944-bf63-4dff82258764': 'Busy',
    'f240bbac-87c9-4f6e-bf70-924b57d47db7': 'Connected',
    'a4c4c377-d246-4b32-a13b-75a56a4cd0ff': 'Left live message',
    'b2cf5968-551e-4856-9783-52b3da59a7d0': 'Left voicemail',
    '73a0d17f-1163-4015-bdd5-ec830791da20': 'No answer',
    '17b47fee-58de-441e-a44c-c6300d46f273': 'Wrong number',
  }),
  number('hs_call_duration', 'Call duration in milliseconds'),
  choice('hs_call_status', 'Call status', {
    BUSY: 'Busy',
    CALLING_CRM_USER: 'Calling CRM user',
    CANCELED: 'Canceled',
    COMPLETED: 'Completed',
    CONNECTING: 'Connecting',
    FAILED: 'Failed',
    IN_PROGRESS: 'In progress',
    NO_ANSWER: 'No answer',
    QUEUED: 'Queued',
    RINGING: 'Ringing',
  }),
  text('hs_call_from_number', 'From number'),
  text('hs_call_to_number', 'To number'),
  text('hs_call_recording_url', 'Recording URL'),
]);

export const EMAIL_PROPERTIES = activity('email', [
  text('hs_email_subject', 'Email subject'),
  long('hs_email_text', 'Email body (plain text)'),
  long('hs_email_html', 'Email body (HTML)'),
  choice('hs_email_direction', 'Email direction', {
    EMAIL: 'Outgoing email',
    INCOMING_EMAIL: 'Incoming email',
    FORWARDED_EMAIL: 'Forwarded email',
    DRAFT_EMAIL: 'Draft email',
  }),
  choice('hs_email_status', 'Email send status', {
    BOUNCED: 'Bounced',
    FAILED: 'Failed',
    SCHEDULED: 'Scheduled',
    SENDING: 'Sending',
    SENT: 'Sent',
  }),
  long('hs_email_headers', 'Email headers'),
  text('hs_email_thread_id', 'Email thread ID'),
  text('hs_email_message_id', 'Email message ID'),
  text('hs_email_from_email', 'Email from address'),
  text('hs_email_from_firstname', 'Email from first name'),
  text('hs_email_from_lastname', 'Email from last name'),
  text('hs_email_to_email', 'Email to address'),
  text('hs_email_to_firstname', 'Email to first name'),
  text('hs_email_to_lastname', 'Email to last name'),
  text('hs_email_cc_email', 'Email cc address'),
  number('hs_email_open_count', 'Number of email opens'),
  number('hs_email_click_count', 'Number of email clicks'),
  number('hs_email_reply_count', 'Number of email replies'),
]);

export const MEETING_PROPERTIES = activity('meeting', [
  text('hs_meeting_title', 'Meeting name'),
  long('hs_meeting_body', 'Meeting description'),
  long('hs_internal_meeting_notes', 'Internal meeting notes'),
  text('hs_meeting_location', 'Meeting location'),
  text('hs_meeting_external_url', 'Meeting URL'),
  moment('hs_meeting_start_time', 'Meeting start time'),
  moment('hs_meeting_end_time', 'Meeting end time'),
  choice('hs_meeting_outcome', 'Meeting outcome', {
    SCHEDULED: 'Scheduled',
    COMPLETED: 'Completed',
    RESCHEDULED: 'Rescheduled',
    NO_SHOW: 'No show',
    CANCELED: 'Canceled',
  }),
]);
