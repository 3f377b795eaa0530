import type { Crm, Subject } from './subject.ts';

/** Where a connected CRM shows its records to people: plain data, so that pages can be handed it. */
export interface CrmPages {
  crm: Crm;
  /** Origin of its pages, without a slash at the end. */
  origin: string;
  /** The account's id, where addresses of records name it; null in the sandbox, whose addresses are short. */
  account: string | null;
}

/** HubSpot's numbers of object types, as its addresses have them. */
const hubSpotTypes: Readonly<Record<string, string>> = {
  contacts: '0-1',
  companies: '0-2',
  deals: '0-3',
  tickets: '0-5',
  products: '0-7',
  leads: '0-136',
};

/** Salesforce's objects by the three letters with which their ids begin. */
const salesforceObjects: Readonly<Record<string, string>> = {
  '001': 'Account',
  '002': 'Note',
  '003': 'Contact',
  '005': 'User',
  '006': 'Opportunity',
  '00Q': 'Lead',
  '00T': 'Task',
  '00U': 'Event',
  '00k': 'OpportunityLineItem',
  '01t': 'Product2',
  '02s': 'EmailMessage',
  '069': 'ContentNote',
  '500': 'Case',
  '701': 'Campaign',
};

type Place = Pick<Subject, 'object' | 'id'>;

/** The path by which evidence and receipts name a place, the same for every CRM: a record, or an activity on it. */
export const recordPath = ({ object, id }: Place, activity?: Place): string =>
  `/${object}/${id}${activity ? `#${activity.object}-${activity.id}` : ''}`;

/** The path of Sidecard's card about a record. */
export const cardPath = ({ crm, object, id }: Subject): string =>
  `/card/${crm}/${object}/${encodeURIComponent(id)}`;

/** The path of the map of an account. */
export const accountPath = ({ crm, id }: Pick<Subject, 'crm' | 'id'>): string =>
  `/accounts/${crm}/${encodeURIComponent(id)}`;

/**
 * The address at which the CRM shows what a path names; null where it has no page for it. HubSpot shows an activity on its
 * record, Salesforce on a page of its own. Paths hold ids that came from outside, so they can name nothing but a path: the
 * host stays the CRM's. Whole http addresses stay as they are.
 */
export function recordHref(pages: CrmPages | null, path: string): string | null {
  if (/^https?:\/\//i.test(path)) return path;
  if (pages === null || !/^https?:\/\//i.test(pages.origin)) return null;
  const origin = pages.origin.replace(/\/+$/, '');
  if (pages.crm === 'csv') return null;
  if (pages.crm === 'hubspot' && pages.account === null) return `${origin}/${path.replace(/^[/\\]+/, '')}`;
  const [, object = '', id = '', activity] = /^\/([a-z_]+)\/([^/#]+)(?:#[a-z_]+-(.+))?$/.exec(path) ?? [];
  if (pages.crm === 'salesforce') return inLightning(origin, activity ?? id);
  const type = hubSpotTypes[object];
  if (type === undefined) return null;
  const record = `${origin}/contacts/${encodeURIComponent(pages.account ?? '')}/record/${type}/${asWritten(id)}`;
  return activity === undefined ? record : `${record}?engagement=${asWritten(activity)}`;
}

/** The address of a record's own page; null where the CRM has none. */
export const recordUrl = (pages: CrmPages | null, { object, id }: Place): string | null =>
  recordHref(pages, `/${object}/${encodeURIComponent(id)}`);

function inLightning(origin: string, id: string): string | null {
  const object = salesforceObjects[id.slice(0, 3)];
  return object === undefined ? null : `${origin}/lightning/r/${object}/${asWritten(id)}/view`;
}

/** An id as part of an address, also one that was written as such before. */
function asWritten(id: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(id));
  } catch {
    return encodeURIComponent(id);
  }
}
