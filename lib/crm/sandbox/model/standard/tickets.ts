import {
  choice,
  inGroup,
  linked,
  long,
  mergedIds,
  moment,
  number,
  text,
  type PropertyDefinition,
} from '#lib/crm/sandbox/model/property.ts';

const PRIORITIES = { LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High', URGENT: 'Urgent' };
const CATEGORIES = {
  PRODUCT_ISSUE: 'Product issue',
  BILLING_ISSUE: 'Billing issue',
  FEATURE_REQUEST: 'Feature request',
  GENERAL_INQUIRY: 'General inquiry',
};
const SOURCES = { CHAT: 'Chat', EMAIL: 'Email', FORM: 'Form', PHONE: 'Phone' };

export const TICKET_PROPERTIES: PropertyDefinition[] = inGroup('ticketinformation', [
  text('subject', 'Ticket name'),
  long('content', 'Ticket description'),
  linked('hs_pipeline', 'Pipeline', 'pipelines', 'tickets'),
  linked('hs_pipeline_stage', 'Ticket status', 'stages', 'tickets'),
  choice('hs_ticket_priority', 'Priority', PRIORITIES),
  choice('hs_ticket_category', 'Category', CATEGORIES),
  choice('source_type', 'Source', SOURCES),
  linked('hubspot_owner_id', 'Ticket owner', 'owners'),
  moment('closed_date', 'Close date'),
  number('time_to_close', 'Time to close'),
  moment('notes_last_updated', 'Last activity date'),
  moment('createdate', 'Create date', { readOnly: 'create' }),
  moment('hs_lastmodifieddate', 'Last modified date', { readOnly: 'server' }),
  text('hs_object_id', 'Record ID', { readOnly: 'server' }),
  mergedIds(),
]);
