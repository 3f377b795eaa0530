import type { CrmRecord } from '#lib/core/record.ts';
import { isStorable, storableText as storable } from '#lib/core/storable.ts';
import { toInstant } from '#lib/core/time.ts';

/** A record whose texts can be stored and whose times are written alike, to the millisecond. */
export const cleanRecord = (record: CrmRecord): CrmRecord => ({
  ...record,
  version: storable(record.version),
  createdAt: toInstant(record.createdAt),
  updatedAt: toInstant(record.updatedAt),
  fields: isClean(record.fields)
    ? record.fields
    : Object.fromEntries(
        Object.entries(record.fields).map(([name, value]) => [storable(name), value && storable(value)]),
      ),
  history: record.history.map(moment => ({
    ...moment,
    field: storable(moment.field),
    value: moment.value && storable(moment.value),
    at: toInstant(moment.at),
  })),
});

function isClean(fields: CrmRecord['fields']): boolean {
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (!isStorable(name) || (value && !isStorable(value))) return false;
  }
  return true;
}
