import type { CrmObject } from '#lib/core/subject.ts';

/** Objects that HubSpot reads through its one interface for records; the others have interfaces of their own. */
export type RecordObject = Extract<
  CrmObject,
  | 'contacts'
  | 'companies'
  | 'deals'
  | 'leads'
  | 'tickets'
  | 'products'
  | 'line_items'
  | 'quotas'
  | 'tasks'
  | 'notes'
  | 'calls'
  | 'emails'
  | 'meetings'
>;

/** What differs between objects, as far as reading goes. */
export interface ObjectShape {
  /** `all`: whatever the account defines, custom ones included. */
  properties: 'all' | readonly string[];
  /** Properties whose earlier values matter for facts as of a time. */
  history: readonly string[];
  /** Objects whose links are read from this side. */
  links: readonly RecordObject[];
  /** The property that search knows the modification time by. */
  modified: string;
}

const modified = 'hs_lastmodifieddate';
const around = ['contacts', 'companies', 'deals'] as const;

const activity = (...properties: string[]): ObjectShape => ({
  properties: ['hs_timestamp', 'hubspot_owner_id', 'hs_createdate', ...properties],
  history: [],
  links: around,
  modified,
});

const ours = ['sidecard_change_id', 'sidecard_decision_id', 'sidecard_agent', 'sidecard_approved_by'];

export const objectShapes: Readonly<Record<RecordObject, ObjectShape>> = {
  contacts: {
    properties: 'all',
    history: ['lifecyclestage', 'hs_lead_status', 'hubspot_owner_id'],
    links: ['companies'],
    modified: 'lastmodifieddate',
  },
  companies: { properties: 'all', history: ['lifecyclestage', 'hubspot_owner_id'], links: [], modified },
  deals: {
    properties: 'all',
    history: [
      'dealstage',
      'pipeline',
      'amount',
      'closedate',
      'hubspot_owner_id',
      'hs_forecast_category',
      'hs_manual_forecast_category',
    ],
    links: ['contacts', 'companies'],
    modified,
  },
  leads: {
    properties: 'all',
    history: ['hs_pipeline_stage', 'hs_lead_status', 'hubspot_owner_id'],
    links: ['contacts', 'companies'],
    modified,
  },
  tickets: {
    properties: 'all',
    history: ['hs_pipeline_stage', 'hubspot_owner_id'],
    links: around,
    modified,
  },
  products: {
    properties: [
      'name',
      'description',
      'price',
      'hs_sku',
      'hs_cost_of_goods_sold',
      'hs_recurring_billing_period',
    ],
    history: [],
    links: [],
    modified,
  },
  line_items: {
    properties: [
      'name',
      'hs_product_id',
      'quantity',
      'price',
      'amount',
      'discount',
      'hs_line_item_currency_code',
    ],
    history: [],
    links: ['deals'],
    modified,
  },
  quotas: { properties: 'all', history: [], links: [], modified },
  tasks: activity(
    'hs_task_subject',
    'hs_task_body',
    'hs_task_type',
    'hs_task_status',
    'hs_task_priority',
    'hs_task_completion_date',
    ...ours,
  ),
  notes: activity('hs_note_body', ...ours),
  calls: activity(
    'hs_call_title',
    'hs_call_body',
    'hs_call_direction',
    'hs_call_disposition',
    'hs_call_duration',
    'hs_call_status',
  ),
  emails: activity(
    'hs_email_subject',
    'hs_email_text',
    'hs_email_html',
    'hs_email_direction',
    'hs_email_status',
    'hs_email_thread_id',
    'hs_email_message_id',
    'hs_email_from_email',
    'hs_email_from_firstname',
    'hs_email_from_lastname',
    'hs_email_to_email',
    'hs_email_to_firstname',
    'hs_email_to_lastname',
    'hs_email_cc_email',
    'hs_email_open_count',
    'hs_email_click_count',
    'hs_email_reply_count',
  ),
  meetings: activity(
    'hs_meeting_title',
    'hs_meeting_body',
    'hs_internal_meeting_notes',
    'hs_meeting_location',
    'hs_meeting_start_time',
    'hs_meeting_end_time',
    'hs_meeting_outcome',
  ),
};

export const isRecordObject = (object: CrmObject): object is RecordObject => object in objectShapes;

/** HubSpot's name of an object in its paths: what people call a quota is a goal target there. */
export const wireName = (object: CrmObject): string => (object === 'quotas' ? 'goal_targets' : object);
