import type { Subject } from '#lib/core/subject.ts';

type Fields = Record<string, string | null>;

const first = (fields: Fields, ...names: string[]): string | null => {
  for (const name of names) {
    const value = fields[name]?.trim();
    if (value) return value;
  }
  return null;
};

const personName = (fields: Fields): string | null =>
  [first(fields, 'firstname', 'firstName'), first(fields, 'lastname', 'lastName')]
    .filter(part => part !== null)
    .join(' ') || null;

export const emailOf = (fields: Fields): string | null => first(fields, 'email');
export const ownerIdOf = (fields: Fields): string | null => first(fields, 'hubspot_owner_id', 'ownerId');

/** What people call a record; its number where it has no name. */
export function nameOf({ object, id }: Pick<Subject, 'object' | 'id'>, fields: Fields): string {
  const named = first(fields, 'name', 'dealname', 'hs_lead_name', 'label', 'domain');
  const name =
    object === 'contacts' || object === 'owners'
      ? (personName(fields) ?? emailOf(fields))
      : object === 'leads'
        ? (personName(fields) ?? named ?? emailOf(fields))
        : named;
  return (name ?? `${object} ${id}`).slice(0, 500);
}
