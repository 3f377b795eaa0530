import type { CrmObject, Subject } from '#lib/core/subject.ts';

/** Every Salesforce id begins with its object's three letters. */
const byPrefix: Readonly<Record<string, CrmObject>> = {
  '001': 'companies',
  '003': 'contacts',
  '005': 'owners',
  '006': 'deals',
  '00Q': 'leads',
  '00G': 'owners',
  '00E': 'teams',
  '00T': 'tasks',
  '00U': 'meetings',
  '00k': 'line_items',
  '00v': 'memberships',
  '01t': 'products',
  '02s': 'emails',
  '500': 'tickets',
  '701': 'campaigns',
};

/** Objects whose record an id may be, by what is written or linked. */
export const sobjectByPrefix: Readonly<Record<string, string>> = {
  '001': 'Account',
  '003': 'Contact',
  '006': 'Opportunity',
  '00Q': 'Lead',
  '00T': 'Task',
  '00U': 'Event',
  '02s': 'EmailMessage',
  '069': 'ContentNote',
  '002': 'Note',
  '500': 'Case',
};

/** The record that an id of any object names; null for an object that we do not read. */
export function subjectOf(id: unknown): Subject | null {
  if (typeof id !== 'string' || id.length < 15) return null;
  const object = byPrefix[id.slice(0, 3)];
  return object === undefined ? null : { crm: 'salesforce', object, id };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character form of an id, whose last three say which of its letters are capitals; other texts as they are. */
export function longId(id: string): string {
  if (!/^[a-zA-Z0-9]{15}$/.test(id)) return id;
  const suffix = [0, 5, 10].map(start => {
    const capitals = [0, 1, 2, 3, 4].filter(i => /[A-Z]/.test(id.charAt(start + i)));
    return alphabet.charAt(capitals.reduce((sum, i) => sum + 2 ** i, 0));
  });
  return id + suffix.join('');
}
