import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { Channel } from '#lib/core/fact.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { CrmWriter, Stamp, Written } from '../doors.ts';
import type { CrmSession } from '../session.ts';
import { openHubSpot, version, type HubSpot } from './api.ts';
import { resultsOf } from './batch.ts';
import { linkFrom } from './link-types.ts';
import { valueOf } from './normalise.ts';
import { changeKey, decisionKey } from './our-properties.ts';
import { noteBody, taskBody } from './task-body.ts';
import { batchOf, WireRecord } from './wire.ts';

const ownerField = 'hubspot_owner_id';
type Ours = 'tasks' | 'notes';
type Values = Record<string, string>;

const taskTypes: Partial<Record<Channel, string>> = { email: 'EMAIL', call: 'CALL' };

export function openHubSpotWriter(session: CrmSession): CrmWriter {
  const hubspot = openHubSpot(session);
  const findByChange = (object: Ours, changeId: string) =>
    readOne(hubspot, object, { id: changeId, idProperty: changeKey }, [changeKey]);

  /** One request makes record and link together; our key refuses a second one, and then the first is the answer. */
  const create = async (object: Ours, changeId: string, subject: Subject, properties: Values) => {
    const association = { to: { id: subject.id }, types: [linkFrom(object, subject.object)] };
    const body = { properties: { ...properties, [changeKey]: changeId }, associations: [association] };
    const doing = `creating a ${object === 'tasks' ? 'task' : 'note'}`;
    try {
      const path = `/crm/objects/${version}/${object}`;
      const wire = await hubspot.send({ method: 'POST', path, body, doing }, WireRecord);
      return written(object, wire, Object.keys(body.properties));
    } catch (error) {
      const mayExist = error instanceof AppError && (error.code === 'conflict' || error.code === 'refused');
      const earlier = mayExist ? await findByChange(object, changeId).catch(() => null) : null;
      if (earlier !== null) return earlier;
      throw error;
    }
  };

  return {
    ownerField,
    findByChange,

    createTask: (change, stamp) =>
      create('tasks', change.id, change.subject, {
        ...keyOf(stamp),
        hs_timestamp: change.dueAt,
        hs_task_subject: change.title,
        hs_task_body: taskBody(change, stamp),
        hs_task_type: taskTypes[change.channel] ?? 'TODO',
        hs_task_status: 'NOT_STARTED',
        ...(change.ownerId === null ? {} : { [ownerField]: change.ownerId }),
      }),

    createNote: (change, stamp, at) =>
      create('notes', change.id, change.subject, {
        ...keyOf(stamp),
        hs_timestamp: at,
        hs_note_body: noteBody(change, stamp),
      }),

    read: (subject, fields) => readOne(hubspot, subject.object, { id: subject.id }, fields),

    updateFields: async (subject, values) => {
      const wire = await hubspot.send(
        {
          method: 'PATCH',
          path: pathOf(subject),
          // Every value is a string on the wire, and the empty one clears.
          body: { properties: Object.fromEntries(Object.entries(values).map(([k, v]) => [k, v ?? ''])) },
          doing: `changing ${Object.keys(values).join(', ')}`,
        },
        WireRecord,
      );
      return written(subject.object, wire, Object.keys(values));
    },

    archive: async ref => {
      const request = {
        method: 'DELETE',
        path: pathOf(ref),
        doing: `taking back ${ref.object} ${ref.id}`,
      } as const;
      await hubspot.send(request, z.unknown()).catch((error: unknown) => {
        if (!(error instanceof AppError && error.code === 'not_found')) throw error;
      });
    },
  };
}

const pathOf = ({ object, id }: Subject): string =>
  `/crm/objects/${version}/${object}/${encodeURIComponent(id)}`;

const keyOf = ({ decisionId }: Stamp): Values => ({ [decisionKey]: decisionId });

async function readOne(
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

const written = (object: Subject['object'], wire: WireRecord, fields: readonly string[]): Written => ({
  ref: { crm: 'hubspot', object, id: wire.id },
  version: wire.updatedAt,
  values: Object.fromEntries(fields.map(field => [field, valueOf(wire.properties[field])])),
});
