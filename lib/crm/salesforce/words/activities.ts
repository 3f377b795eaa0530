import type { Words } from './words.ts';

const ours: Words = {
  Sidecard_Change_Id__c: 'sidecard_change_id',
  Sidecard_Decision_Id__c: 'sidecard_decision_id',
};

const task: Words = {
  Subject: 'hs_task_subject',
  Description: 'hs_task_body',
  Status: 'hs_task_status',
  Priority: 'hs_task_priority',
  ActivityDate: 'hs_timestamp',
  CompletedDateTime: 'hs_task_completion_date',
  OwnerId: 'hubspot_owner_id',
  TaskSubtype: 'hs_task_type',
  CreatedDate: 'hs_createdate',
  ...ours,
};

/** What was done or is to do. `Call` and `EmailTask` are tasks that we read as something else. */
export const activities: Readonly<Record<string, Words>> = {
  Task: task,
  Call: {
    Subject: 'hs_call_title',
    Description: 'hs_call_body',
    Status: 'hs_call_status',
    CallType: 'hs_call_direction',
    CallDisposition: 'hs_call_disposition',
    CallDurationInSeconds: 'hs_call_duration',
    ActivityDate: 'hs_timestamp',
    CompletedDateTime: 'hs_task_completion_date',
    OwnerId: 'hubspot_owner_id',
    CreatedDate: 'hs_createdate',
    ...ours,
  },
  EmailTask: {
    Subject: 'hs_email_subject',
    Description: 'hs_email_text',
    Status: 'hs_email_status',
    ActivityDate: 'hs_timestamp',
    CompletedDateTime: 'hs_task_completion_date',
    OwnerId: 'hubspot_owner_id',
    CreatedDate: 'hs_createdate',
    ...ours,
  },
  EmailMessage: {
    Subject: 'hs_email_subject',
    TextBody: 'hs_email_text',
    HtmlBody: 'hs_email_html',
    Incoming: 'hs_email_direction',
    Status: 'hs_email_status',
    MessageDate: 'hs_timestamp',
    ThreadIdentifier: 'hs_email_thread_id',
    MessageIdentifier: 'hs_email_message_id',
    FromAddress: 'hs_email_from_email',
    FromName: 'hs_email_from_firstname',
    ToAddress: 'hs_email_to_email',
    CcAddress: 'hs_email_cc_email',
    IsOpened: 'hs_email_opened',
    CreatedById: 'hubspot_owner_id',
    CreatedDate: 'hs_createdate',
  },
  Event: {
    Subject: 'hs_meeting_title',
    Description: 'hs_meeting_body',
    Location: 'hs_meeting_location',
    StartDateTime: 'hs_meeting_start_time',
    EndDateTime: 'hs_meeting_end_time',
    ActivityDate: 'hs_timestamp',
    OwnerId: 'hubspot_owner_id',
    CreatedDate: 'hs_createdate',
    ...ours,
  },
  Note: {
    Title: 'hs_note_title',
    Body: 'hs_note_body',
    CreatedDate: 'hs_timestamp',
    OwnerId: 'hubspot_owner_id',
  },
  ContentNote: {
    Title: 'hs_note_title',
    TextPreview: 'hs_note_body',
    CreatedDate: 'hs_timestamp',
    OwnerId: 'hubspot_owner_id',
  },
};
