import type { CrmObject } from '#lib/core/subject.ts';
import { linkId, type CsvRow } from '#lib/crm/crm.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { loadKeys, saveKeys, type ImportKey } from './store-imports.ts';

/** A row, the record that it is about, and the records that it links to. */
export interface KnownRow {
  row: CsvRow;
  recordId: string;
  links: { object: CrmObject; id: string; kind: string }[];
}

const keyOf = ({ object, by, key }: Pick<ImportKey, 'object' | 'by' | 'key'>) => `${object}\n${by}\n${key}`;

/**
 * Finds which record each row is about: by its id, else by what tells rows apart. A record that had no id of its own,
 * or that only others have named so far, is the one that now comes with that address, domain or name.
 */
export async function knowRows(
  tx: TenantTx,
  object: CrmObject,
  rows: readonly CsvRow[],
): Promise<KnownRow[]> {
  const wanted = rows.flatMap(row => [
    ...[row.identity, ...row.names].map(({ by, key }) => ({ object, by, key })),
    ...row.links.map(({ object: to, by, key }) => ({ object: to, by, key })),
  ]);
  const unique = [...new Map(wanted.map(one => [keyOf(one), one])).values()];
  const known = new Map((await loadKeys(tx, unique)).map(one => [keyOf(one), one]));
  const changed = new Map<string, ImportKey>();
  const learn = (one: ImportKey) => {
    const before = known.get(keyOf(one));
    if (before?.recordId === one.recordId && before.origin === one.origin) return;
    known.set(keyOf(one), one);
    changed.set(keyOf(one), one);
  };

  /** Of those names, the record that may be this row's: one that has no other id. */
  const withoutId = (names: CsvRow['names'], origins: readonly ImportKey['origin'][]) =>
    names
      .map(name => known.get(keyOf({ object, ...name })))
      .find(one => one !== undefined && origins.includes(one.origin))?.recordId;

  const result = rows.map(row => {
    const { identity, names, id } = row;
    const recordId =
      known.get(keyOf({ object, by: identity.by, key: identity.key }))?.recordId ??
      (id === null
        ? withoutId(names, ['link'])
        : (withoutId(
            names.filter(name => name.by !== 'name'),
            ['link', 'row'],
          ) ?? withoutId(names, ['link']))) ??
      identity.recordId;
    const origin = id === null ? 'row' : 'id';
    learn({ object, by: identity.by, key: identity.key, recordId, origin: originOf(identity) });
    for (const name of names) {
      const before = known.get(keyOf({ object, ...name }));
      // Of two records with one name the first keeps it.
      if (before && before.origin !== 'link' && before.recordId !== recordId) continue;
      if (before?.origin === 'id') continue;
      learn({ object, ...name, recordId, origin });
    }
    return { row, recordId };

    function originOf({ by, key }: Pick<ImportKey, 'by' | 'key'>): ImportKey['origin'] {
      return known.get(keyOf({ object, by, key }))?.origin === 'id' ? 'id' : origin;
    }
  });
  // After all rows: a row may link to one that comes later in the file.
  const linked = result.map(({ row, recordId }) => ({
    row,
    recordId,
    links: row.links.map(({ object: to, by, key, kind }) => {
      const found = known.get(keyOf({ object: to, by, key }));
      const id = found?.recordId ?? linkId(by, key);
      if (!found) learn({ object: to, by, key, recordId: id, origin: 'link' });
      return { object: to, id, kind };
    }),
  }));
  await saveKeys(tx, [...changed.values()]);
  return linked;
}
