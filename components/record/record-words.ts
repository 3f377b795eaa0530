import type { Receipt } from '#lib/core/answer.ts';
import type { DecisionStatus, Trigger } from '#lib/core/decision.ts';
import type { Mode, Task } from '#lib/core/proposal.ts';
import type { Band } from '#lib/core/score.ts';
import type { Crm, CrmObject } from '#lib/core/subject.ts';

/** What the product's words are called on screen. */

export const objectWord = {
  contacts: 'Contact',
  companies: 'Company',
  deals: 'Deal',
  leads: 'Lead',
  owners: 'Owner',
  pipelines: 'Pipeline',
  properties: 'Property',
  tasks: 'Task',
  notes: 'Note',
  calls: 'Call',
  emails: 'E-mail',
  meetings: 'Meeting',
  tickets: 'Ticket',
  products: 'Product',
  line_items: 'Line item',
  campaigns: 'Campaign',
  memberships: 'Campaign member',
  enrolments: 'Sequence enrolment',
  teams: 'Team',
  quotas: 'Quota',
  forecasts: 'Forecast',
  currencies: 'Currency',
  automations: 'Automation',
} satisfies Record<CrmObject, string>;

/** `line_items` → `Line items`; an object that is new here keeps its own name. */
export function objectsWord(object: string): string {
  const words: Partial<Record<string, string>> = objectWord;
  const one = words[object];
  if (one === undefined) return capitalise(object.replaceAll('_', ' '));
  return one.endsWith('y') ? `${one.slice(0, -1)}ies` : `${one}s`;
}

export const crmWord = { hubspot: 'HubSpot', salesforce: 'Salesforce', csv: 'CSV import' } satisfies Record<
  Crm,
  string
>;

export const statusWord = {
  open: 'Needs an answer',
  approved: 'Being applied',
  applied: 'Applied',
  parked: 'Parked',
  rejected: 'Rejected',
  snoozed: 'Snoozed',
  superseded: 'Superseded',
  expired: 'Expired',
  denied: 'Denied by policy',
  abstained: 'Nothing suggested',
  undoing: 'Being undone',
  undone: 'Undone',
} satisfies Record<DecisionStatus, string>;

export const bandWord = { hot: 'Hot', warm: 'Warm', cold: 'Cold' } satisfies Record<Band, string>;

export const taskWord = {
  'follow-up': 'Follow-up',
  routing: 'Routing',
  'meeting-notes': 'Meeting notes',
  'pipeline-summary': 'Pipeline summary',
  scoring: 'Scoring',
} satisfies Record<Task, string>;

export const modeWord = {
  rules: 'by rules',
  agent: 'by an agent',
  hybrid: 'by rules and an agent',
} satisfies Record<Mode, string>;

export const triggerWord = {
  'record-changed': 'The record changed',
  asked: 'A person asked',
  'band-changed': 'The score changed band',
  schedule: 'A schedule',
} satisfies Record<Trigger['kind'], string>;

export const receiptWord = {
  created: 'Created',
  updated: 'Updated',
  archived: 'Archived',
  unchanged: 'Was already there',
} satisfies Record<Receipt['outcome'], string>;

/** `email` → `E-mail`; a channel that is new here keeps its own name. */
export const channelWord = (channel: string): string =>
  channel === 'email' ? 'E-mail' : capitalise(channel);

/** Field names that their CRM writes without a gap between the words. */
const runTogether: Record<string, string> = {
  annualrevenue: 'annual revenue',
  closedate: 'close date',
  createdate: 'date created',
  dealname: 'name',
  dealstage: 'stage',
  firstname: 'first name',
  jobtitle: 'job title',
  lastname: 'last name',
  lifecyclestage: 'lifecycle stage',
  numberofemployees: 'number of employees',
};

/** A field's name as words: `jobtitle`, `hs_lead_status`. */
export const fieldWords = (field: string): string =>
  runTogether[field] ?? field.replace(/^hs_/, '').replaceAll('_', ' ');

export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A confidence in [0, 1] in one word. */
export function confidenceWord(confidence: number): 'high' | 'medium' | 'low' {
  if (confidence >= 0.75) return 'high';
  return confidence >= 0.45 ? 'medium' : 'low';
}
