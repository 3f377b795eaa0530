import { z } from 'zod';

export const Crm = z.enum(['hubspot', 'salesforce', 'csv']);
export type Crm = z.infer<typeof Crm>;

/** Objects by one name in every CRM (a Salesforce Opportunity is `deals`). */
export const CrmObject = z.enum([
  'contacts',
  'companies',
  'deals',
  'leads',
  'owners',
  'pipelines',
  'properties',
  'tasks',
  'notes',
  'calls',
  'emails',
  'meetings',
  'tickets',
  'products',
  'line_items',
  'campaigns',
  'memberships',
  'enrolments',
  'teams',
  'quotas',
  'forecasts',
  'currencies',
  'automations',
]);
export type CrmObject = z.infer<typeof CrmObject>;

/** No control characters: no CRM has them in an id, and no database keeps all of them. */
const idPattern = /^[^\p{Cc}]+$/u;

/** A CRM record reference. */
export const Subject = z.object({ crm: Crm, object: CrmObject, id: z.string().max(128).regex(idPattern) });
export type Subject = z.infer<typeof Subject>;

/** Leads are people before they are contacts; HubSpot's lead is a piece of work about a contact instead. */
export const isPerson = ({ crm, object }: Pick<Subject, 'crm' | 'object'>): boolean =>
  object === 'contacts' || (object === 'leads' && crm !== 'hubspot');

export type SubjectKey = `${Crm}:${CrmObject}:${string}`;

export const subjectKey = (subject: Subject): SubjectKey => `${subject.crm}:${subject.object}:${subject.id}`;

/** Each record once, in the order in which they first come. */
export const unique = (subjects: readonly Subject[]): Subject[] => [
  ...new Map(subjects.map(subject => [subjectKey(subject), subject])).values(),
];

/** Inverse of `subjectKey`; throws ZodError when the key is not one. */
export function parseSubjectKey(key: string): Subject {
  const [crm, object, ...id] = key.split(':');
  return Subject.parse({ crm, object, id: id.join(':') });
}
