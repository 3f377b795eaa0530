import { AppError } from '#lib/core/errors.ts';
import type { CrmObject } from '#lib/core/subject.ts';

/** HubSpot's ids for the plain link from what we create to a record. */
const plainLinks: Record<'tasks' | 'notes', Partial<Record<CrmObject, number>>> = {
  tasks: { contacts: 204, companies: 192, deals: 216, leads: 646 },
  notes: { contacts: 202, companies: 190, deals: 214, leads: 854 },
};

export function linkFrom(from: 'tasks' | 'notes', to: CrmObject) {
  const associationTypeId = plainLinks[from][to];
  if (associationTypeId === undefined)
    throw new AppError('refused', `HubSpot keeps no ${from} on ${to}: nothing was written.`);
  return { associationCategory: 'HUBSPOT_DEFINED' as const, associationTypeId };
}
