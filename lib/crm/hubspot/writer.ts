import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { Channel } from '#lib/core/fact.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { ChangeStamp, CrmWriter, Stamp, Written } from '../doors.ts';
import type { CrmSession } from '../session.ts';
import { changeLine } from '../stamp-lines.ts';
import { openHubSpot, version, type HubSpot } from './api.ts';
import { composerFor } from './composer.ts';
import { optOut } from './consent.ts';
import { linkFrom } from './link-types.ts';
import {
  agentKey,
  approverKey,
  changeKey,
  decisionKey,
  lastChangeKey,
  ourProperties,
} from './our-properties.ts';
import { readOne, written } from './read-one.ts';
import { writeScores } from './scores.ts';
import { noteBody, taskBody } from './task-body.ts';
import { WireRecord } from './wire.ts';

const ownerField = 'hubspot_owner_id';
type Ours = 'tasks' | 'notes';
type Values = Record<string, string>;

const taskTypes: Partial<Record<Channel, string>> = { email: 'EMAIL', call: 'CALL' };

export function openHubSpotWriter(session: CrmSession): CrmWriter {
  const hubspot = openHubSpot(session);
  return {
    ownerField,

    findByChange: (object, changeId) => findByChange(hubspot, object, changeId),

    createTask: async (change, stamp) =>
      createOnce(hubspot, 'tasks', change, {
        ...stampOf(stamp),
        hs_timestamp: change.dueAt,
        hs_task_subject: change.title,
        hs_task_body: taskBody(change, stamp, await composerFor(hubspot, session, change)),
        hs_task_type: taskTypes[change.channel] ?? 'TODO',
        hs_task_status: 'NOT_STARTED',
        ...(change.ownerId === null ? {} : { [ownerField]: change.ownerId }),
      }),

    createNote: (change, stamp, at) =>
      createOnce(hubspot, 'notes', change, {
        ...stampOf(stamp),
        hs_timestamp: at,
        hs_note_body: noteBody(change, stamp),
      }),

    read: (subject, fields) => readOne(hubspot, subject.object, { id: subject.id }, fields),

    updateFields: (subject, values, stamp) => updateStamped(hubspot, subject, values, stamp),

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

    writeScores: rows => writeScores(hubspot, rows),

    optOut: email => optOut(hubspot, email),
  };
}

const findByChange = (hubspot: HubSpot, object: Ours, changeId: string): Promise<Written | null> =>
  readOne(hubspot, object, { id: changeId, idProperty: changeKey }, [changeKey]);

/**
 * One request makes record and link together; our key refuses a second one, and then the first is the answer. Where
 * HubSpot refuses the key and does not find its record yet, a later try does: AppError('unavailable').
 */
async function createOnce(
  hubspot: HubSpot,
  object: Ours,
  { id: changeId, subject }: { id: string; subject: Subject },
  properties: Values,
): Promise<Written> {
  const association = { to: { id: subject.id }, types: [linkFrom(object, subject.object)] };
  const body = { properties: { ...properties, [changeKey]: changeId }, associations: [association] };
  const doing = `creating a ${object === 'tasks' ? 'task' : 'note'}`;
  try {
    const path = `/crm/objects/${version}/${object}`;
    const wire = await hubspot.send({ method: 'POST', path, body, doing }, WireRecord);
    return written(object, wire, Object.keys(body.properties));
  } catch (error) {
    if (!(error instanceof AppError && (error.code === 'conflict' || error.code === 'refused'))) throw error;
    const earlier = await findByChange(hubspot, object, changeId).catch(unlessRefused);
    if (earlier !== null) return earlier;
    if (error.code === 'conflict' || wordsOf(error).includes(changeKey)) throw notFoundYet(doing, error);
    throw error;
  }
}

/** What was refused first is what a person should read. */
const unlessRefused = (error: unknown): null => {
  if (error instanceof AppError && error.code === 'refused') return null;
  throw error;
};

function wordsOf({ details }: AppError): string {
  const { words } = details;
  return typeof words === 'string' ? words : '';
}

const notFoundYet = (doing: string, error: AppError): AppError =>
  new AppError(
    'unavailable',
    `HubSpot has the result of an earlier attempt at ${doing} but does not find it yet. Sidecard tries again.`,
    { doing, words: wordsOf(error) },
    error,
  );

/** Changes fields and the stamp in one request, so that HubSpot's history shows both at one moment. */
async function updateStamped(
  hubspot: HubSpot,
  subject: Subject,
  values: Record<string, string | null>,
  stamp: ChangeStamp,
): Promise<Written> {
  const fields = Object.keys(values);
  // Every value is a string on the wire, and the empty one clears.
  const own = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? '']));
  const change = (properties: Values): Promise<WireRecord> =>
    hubspot.send(
      {
        method: 'PATCH',
        path: pathOf(subject),
        body: { properties },
        doing: `changing ${fields.join(', ')}`,
      },
      WireRecord,
    );
  if (!isStamped(subject)) return written(subject.object, await change(own), fields);
  const wire = await change({ ...own, [lastChangeKey]: changeLine(stamp, fields) }).catch(
    (error: unknown) => {
      // Somebody deleted our property: the change that people asked for goes on without it.
      if (error instanceof AppError && error.code === 'refused' && wordsOf(error).includes(lastChangeKey))
        return change(own);
      throw error;
    },
  );
  return written(subject.object, wire, fields);
}

const isStamped = ({ object }: Subject): boolean =>
  Object.entries(ourProperties).some(
    ([name, properties]) => name === object && properties.some(property => property.name === lastChangeKey),
  );

const pathOf = ({ object, id }: Subject): string =>
  `/crm/objects/${version}/${object}/${encodeURIComponent(id)}`;

const stampOf = ({ decisionId, agent, approvedBy }: Stamp): Values => ({
  [decisionKey]: decisionId,
  [agentKey]: agent,
  ...(approvedBy === null ? {} : { [approverKey]: approvedBy }),
});
