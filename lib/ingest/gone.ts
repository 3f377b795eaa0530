import { becameKind, erasedField, type CrmRecord } from '#lib/core/record.ts';
import { isPerson, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { ReadRecord } from '#lib/crm/crm.ts';

/**
 * The last version of a record that the CRM no longer has: what was known of it, archived. Of a person whom the CRM
 * erased, nothing is left but that; so it is with one who vanished without a trace, since a deleted person stays among
 * the deleted for months, and an erased one does not.
 */
export function goneSince(record: CrmRecord, at: Instant, wasErased: boolean): ReadRecord {
  const erased = wasErased || (isPerson(record.ref) && !record.archived);
  const archived = { ...record, archived: true, updatedAt: at, version: `${at}-gone` };
  if (!erased) return { record: archived, raw: { gone: true } };
  const empty = Object.fromEntries(Object.keys(record.fields).map(name => [name, null]));
  const fields = { ...empty, [erasedField]: 'true' };
  return { record: { ...archived, fields, history: [], links: [] }, raw: { gone: true, erased: true } };
}

/** The last version of a record that was merged away: it says where it lives on. */
export const becameAnother = (record: CrmRecord, into: Subject, at: Instant): ReadRecord => ({
  record: {
    ...record,
    archived: true,
    updatedAt: at,
    version: `${at}-merged`,
    links: [...record.links.filter(link => link.kind !== becameKind), { to: into, kind: becameKind }],
  },
  raw: { merged: into },
});
