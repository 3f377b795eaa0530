import type { Subject } from '#lib/core/subject.ts';
import type { Written } from '../doors.ts';
import { version, type HubSpot } from './api.ts';
import { resultsOf } from './batch.ts';
import { valueOf } from './normalise.ts';
import { batchOf, WireRecord } from './wire.ts';

/** Some fields of one record, by id or by another unique property; null when there is none. */
export async function readOne(
  hubspot: HubSpot,
  object: Subject['object'],
  key: { id: string; idProperty?: string },
  fields: readonly string[],
): Promise<Written | null> {
  const { id, ...by } = key;
  const doing = `reading ${object} before writing`;
  const reply = await hubspot.send(
    {
      method: 'POST',
      path: `/crm/objects/${version}/${object}/batch/read`,
      body: { inputs: [{ id }], properties: fields, ...by },
      doing,
    },
    batchOf(WireRecord),
  );
  const [wire] = resultsOf(reply, doing);
  return wire === undefined ? null : written(object, wire, fields);
}

/** What HubSpot confirmed, as far as it was asked for. */
export const written = (object: Subject['object'], wire: WireRecord, fields: readonly string[]): Written => ({
  ref: { crm: 'hubspot', object, id: wire.id },
  version: wire.updatedAt,
  values: Object.fromEntries(fields.map(field => [field, valueOf(wire.properties[field])])),
});
