import { dates, field, id, link, owner, toCompany, toContact, toDeal } from './house-field.ts';

const activity = [
  id('Activity ID', 'Engagement ID', 'Task ID', 'Event ID'),
  ...toContact,
  ...toCompany,
  ...toDeal,
  link('contacts', 'email', 'Contact', 'With'),
  owner('Activity Assigned To', 'Activity Owner'),
  ...dates,
];
const at = (...names: string[]) =>
  field('hs_timestamp', 'date', 'Activity Date', 'Date', 'Due Date', 'Time', 'Timestamp', ...names);

/** What the columns of activities can mean. */
export const activityFields = {
  tasks: [
    ...activity,
    at('Task Due Date'),
    field('hs_task_subject', 'text', 'Task Title', 'Task Name', 'Subject', 'Title'),
    field('hs_task_body', 'text', 'Task Notes', 'Notes', 'Description', 'Comments', 'Body'),
    field('hs_task_status', 'text', 'Task Status', 'Status'),
    field('hs_task_priority', 'text', 'Priority'),
    field('hs_task_type', 'text', 'Task Type', 'Type'),
    field('hs_task_completion_date', 'date', 'Completed At', 'Completed Date', 'Completion Date'),
  ],
  notes: [
    ...activity,
    at(),
    field('hs_note_body', 'text', 'Note Body', 'Note', 'Notes', 'Body', 'Text', 'Comments'),
  ],
  calls: [
    ...activity,
    at('Call Date', 'Start Time'),
    field('hs_call_title', 'text', 'Call Title', 'Title', 'Subject'),
    field('hs_call_body', 'text', 'Call Notes', 'Notes', 'Body', 'Comments', 'Description'),
    field('hs_call_direction', 'text', 'Call Direction', 'Direction', 'Call Type'),
    field('hs_call_disposition', 'text', 'Call Outcome', 'Call Result', 'Outcome'),
    field('hs_call_duration', 'number', 'Call Duration', 'Duration', 'Call Duration In Seconds'),
    field('hs_call_status', 'text', 'Call Status', 'Status'),
  ],
  emails: [
    ...activity,
    at('Message Date', 'Sent At', 'Send Date'),
    field('hs_email_subject', 'text', 'Email Subject', 'Subject'),
    field('hs_email_text', 'text', 'Email Body', 'Text Body', 'Body', 'Text', 'Message'),
    field('hs_email_html', 'text', 'Html Body', 'HTML'),
    field('hs_email_direction', 'text', 'Email Direction', 'Direction', 'Incoming'),
    field('hs_email_status', 'text', 'Email Send Status', 'Status'),
    field('hs_email_from_email', 'email', 'From', 'From Address', 'Sender', 'From Email'),
    field('hs_email_to_email', 'email', 'To', 'To Address', 'Recipient', 'To Email'),
    field('hs_email_thread_id', 'text', 'Thread ID', 'Thread Identifier'),
  ],
  meetings: [
    ...activity,
    at(),
    field('hs_meeting_title', 'text', 'Meeting Name', 'Meeting Title', 'Subject', 'Title'),
    field('hs_meeting_body', 'text', 'Meeting Description', 'Description', 'Body'),
    field('hs_internal_meeting_notes', 'text', 'Internal Meeting Notes', 'Notes'),
    field('hs_meeting_start_time', 'date', 'Meeting Start Time', 'Start', 'Start Date Time', 'Start Time'),
    field('hs_meeting_end_time', 'date', 'Meeting End Time', 'End', 'End Date Time', 'End Time'),
    field('hs_meeting_outcome', 'text', 'Meeting Outcome', 'Outcome'),
    field('hs_meeting_location', 'text', 'Location'),
  ],
} as const;
