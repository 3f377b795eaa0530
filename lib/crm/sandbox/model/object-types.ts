/** The CRM objects the sandbox keeps, by the plural names that stand in paths. */
export type ObjectName =
  | 'contacts'
  | 'companies'
  | 'deals'
  | 'leads'
  | 'tickets'
  | 'products'
  | 'line_items'
  | 'goal_targets'
  | 'forecasts'
  | 'users'
  | 'tasks'
  | 'notes'
  | 'calls'
  | 'emails'
  | 'meetings';

/** Objects whose webhooks have a prefix of their own. */
export type EventPrefix = 'contact' | 'company' | 'deal' | 'ticket' | 'product' | 'line_item' | 'object';

/** What differs between objects on the wire. */
export type ObjectType = {
  name: ObjectName;
  singular: string;
  /** HubSpot's object type id, accepted in paths beside the name. */
  typeId: string;
  /** Name of the property that holds the creation time, and of the one that holds the last change. */
  created: 'createdate' | 'hs_createdate';
  modified: 'lastmodifieddate' | 'hs_lastmodifieddate';
  /** Prefix of webhook subscription types; objects without their own use the generic "object". */
  event: EventPrefix;
  /** Properties a read returns when none are asked for, besides id, creation and change times. */
  defaults: string[];
  /** Properties that a create must carry. */
  required: string[];
  /** Properties that the search field `query` looks into. */
  searched: string[];
  /** True where the interface only reads: forecasts are submitted on HubSpot's own pages. */
  readOnly?: true;
};

function activity(name: ObjectName, singular: string, typeId: string, searched: string[]): ObjectType {
  return {
    name,
    singular,
    typeId,
    searched,
    created: 'hs_createdate',
    modified: 'hs_lastmodifieddate',
    event: 'object',
    defaults: [],
    required: ['hs_timestamp'],
  };
}

/** An object whose creation and change times have the names that all newer objects use. */
function plain(name: ObjectName, singular: string, typeId: string, more: Partial<ObjectType>): ObjectType {
  return { ...activity(name, singular, typeId, []), required: [], ...more };
}

export const OBJECT_TYPES: Record<ObjectName, ObjectType> = {
  contacts: {
    name: 'contacts',
    singular: 'contact',
    typeId: '0-1',
    event: 'contact',
    created: 'createdate',
    modified: 'lastmodifieddate',
    required: [],
    defaults: ['email', 'firstname', 'lastname'],
    searched: ['firstname', 'lastname', 'email', 'phone', 'company'],
  },
  companies: {
    name: 'companies',
    singular: 'company',
    typeId: '0-2',
    event: 'company',
    created: 'createdate',
    modified: 'hs_lastmodifieddate',
    required: [],
    defaults: ['name', 'domain'],
    searched: ['name', 'domain', 'phone', 'website'],
  },
  deals: {
    name: 'deals',
    singular: 'deal',
    typeId: '0-3',
    event: 'deal',
    created: 'createdate',
    modified: 'hs_lastmodifieddate',
    required: [],
    defaults: ['amount', 'closedate', 'dealname', 'dealstage', 'pipeline'],
    searched: ['dealname', 'description'],
  },
  leads: {
    name: 'leads',
    singular: 'lead',
    typeId: '0-136',
    event: 'object',
    created: 'hs_createdate',
    modified: 'hs_lastmodifieddate',
    required: ['hs_lead_name'],
    defaults: ['hs_lead_name'],
    searched: ['hs_lead_name'],
  },
  tickets: plain('tickets', 'ticket', '0-5', {
    event: 'ticket',
    created: 'createdate',
    required: ['subject', 'hs_pipeline_stage'],
    defaults: ['subject', 'content', 'hs_pipeline', 'hs_pipeline_stage', 'hs_ticket_priority'],
    searched: ['subject', 'content'],
  }),
  products: plain('products', 'product', '0-7', {
    event: 'product',
    created: 'createdate',
    required: ['name'],
    defaults: ['name', 'description', 'price'],
    searched: ['name', 'hs_sku'],
  }),
  line_items: plain('line_items', 'line_item', '0-8', {
    event: 'line_item',
    created: 'createdate',
    defaults: ['name', 'quantity', 'amount', 'price'],
    searched: ['name'],
  }),
  goal_targets: plain('goal_targets', 'goal_target', '0-74', { searched: ['hs_goal_name'] }),
  forecasts: plain('forecasts', 'forecast', '0-60', { readOnly: true }),
  users: plain('users', 'user', '0-115', { searched: ['hs_email', 'hs_given_name', 'hs_family_name'] }),
  tasks: activity('tasks', 'task', '0-27', ['hs_task_subject', 'hs_task_body']),
  notes: activity('notes', 'note', '0-46', ['hs_note_body']),
  calls: activity('calls', 'call', '0-48', ['hs_call_title', 'hs_call_body']),
  emails: activity('emails', 'email', '0-49', ['hs_email_subject', 'hs_email_text']),
  meetings: activity('meetings', 'meeting', '0-47', ['hs_meeting_title', 'hs_meeting_body']),
};

const BY_ANY_NAME = new Map(
  Object.values(OBJECT_TYPES).flatMap(type =>
    [type.name, type.singular, type.typeId].map(name => [name, type] as const),
  ),
);

/** The object called by its plural ("contacts"), singular ("contact") or type id ("0-1"), if there is one. */
export function findObjectType(name: string): ObjectType | undefined {
  return BY_ANY_NAME.get(name.toLowerCase());
}
