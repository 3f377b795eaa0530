import type { Place } from './ask-sidecard.ts';

const objects: Readonly<Record<string, Place['record']['object']>> = {
  '0-1': 'contacts',
  '0-2': 'companies',
  '0-3': 'deals',
};

/** Where this card stands, or why it cannot work here, in a sentence for people. */
export function placeOf(context: {
  crm: { objectId: number; objectTypeId: string };
  variables?: Record<string, unknown>;
}): Place | string {
  const base = context.variables?.['SIDECARD_URL'];
  if (typeof base !== 'string' || !base.startsWith('https://'))
    return 'The address of Sidecard is missing: an admin sets SIDECARD_URL in the profile and uploads the app again.';
  const object = objects[context.crm.objectTypeId];
  if (object === undefined) return 'Sidecard has cards for contacts, companies and deals.';
  return { base: base.replace(/\/+$/, ''), record: { object, id: String(context.crm.objectId) } };
}
