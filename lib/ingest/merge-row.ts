import type { CrmRecord } from '#lib/core/record.ts';
import type { Instant } from '#lib/core/time.ts';
import type { ReadRecord } from '#lib/crm/crm.ts';
import type { KnownRow } from './know-rows.ts';

/** The file that rows come from. */
export interface RowSource {
  object: CrmRecord['ref']['object'];
  fileName: string;
  fileHash: string;
  /** When the import began: since when its values are so, where a row does not say when it changed. */
  startedAt: Instant;
  /** Kinds of records that its columns link to: of others it knows nothing. */
  linksTo: ReadonlySet<string>;
}

/**
 * A row as the newest version of its record. What the file has no column for stays as it was known; null where the row
 * says of itself that it is older than what is known.
 */
export function mergeRow(known: KnownRow, previous: CrmRecord | null, source: RowSource): ReadRecord | null {
  const { row, recordId } = known;
  const modifiedBefore = previous?.fields['hs_lastmodifieddate'] ?? null;
  const modified = row.fields['hs_lastmodifieddate'] ?? null;
  if (row.modifiedAt !== null && modifiedBefore !== null && modified !== null && modified < modifiedBefore)
    return null;
  const since = row.modifiedAt ?? source.startedAt;
  const kept = previous?.links.filter(link => !source.linksTo.has(link.to.object)) ?? [];
  const own = known.links.map(({ object, id, kind }) => ({ to: { crm: 'csv' as const, object, id }, kind }));
  const links = [...kept, ...own].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const record: CrmRecord = {
    ref: { crm: 'csv', object: source.object, id: recordId },
    version: `${source.fileHash.slice(0, 16)}:${row.line}`,
    createdAt: row.createdAt ?? previous?.createdAt ?? source.startedAt,
    updatedAt: previous && previous.updatedAt > since ? previous.updatedAt : since,
    archived: false,
    fields: { ...previous?.fields, ...row.fields },
    history: previous?.history ?? [],
    links,
  };
  const raw = { file: source.fileName, hash: source.fileHash, line: row.line, cells: row.cells };
  return { record, raw };
}

const orderOf = ({ to, kind }: CrmRecord['links'][number]): string => `${to.object}:${to.id}:${kind}`;

/** People who own rows: known by what the file calls them, an address where it has one. */
export function ownersOf(rows: readonly KnownRow[], source: RowSource): ReadRecord[] {
  const owners = new Map<string, ReadRecord>();
  for (const { row } of rows) {
    const id = row.fields['hubspot_owner_id'];
    if (!id || owners.has(id) || /\p{Cc}/u.test(id)) continue;
    owners.set(id, {
      record: {
        ref: { crm: 'csv', object: 'owners', id },
        version: `${source.fileHash.slice(0, 16)}:${row.line}`,
        createdAt: source.startedAt,
        updatedAt: source.startedAt,
        archived: false,
        fields: id.includes('@') ? { email: id } : { firstName: id },
        history: [],
        links: [],
      },
      raw: { file: source.fileName, hash: source.fileHash, line: row.line },
    });
  }
  return [...owners.values()];
}
