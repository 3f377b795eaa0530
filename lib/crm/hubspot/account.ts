import type { z } from 'zod';
import type { CrmRecord } from '#lib/core/record.ts';
import type { CrmObject } from '#lib/core/subject.ts';
import type { CrmAccess, CrmAccount, ReadRecord } from '../doors.ts';
import { openHubSpot, version, type HubSpot } from './api.ts';
import { named, plainRecord } from './normalise.ts';
import { wireName } from './objects.ts';
import { readUsers } from './users.ts';
import { pageOf, WireAccount, WireOwner, WirePipeline, WireProperty } from './wire.ts';

/** Objects whose property definitions are kept; each is one page of `properties`. */
export const definedObjects = ['contacts', 'companies', 'deals', 'leads', 'tickets'] as const;

export async function readHubSpotAccount(access: CrmAccess): Promise<CrmAccount> {
  const { portalId, companyCurrency, timeZone } = await openHubSpot(access).send(
    { method: 'GET', path: `/account-info/${version}/details`, doing: 'reading the account' },
    WireAccount,
  );
  return { id: String(portalId), currency: companyCurrency, timezone: timeZone };
}

export async function readOwners(hubspot: HubSpot, after: string | null) {
  const { results, paging } = await hubspot.send(
    {
      method: 'GET',
      path: `/crm/owners/${version}`,
      query: { limit: '100', ...(after === null ? {} : { after }) },
      doing: 'reading owners',
    },
    pageOf(WireOwner),
  );
  const users = await readUsers(hubspot);
  const records = results.map(owner => ownerRecord(owner, users));
  return { records, next: paging?.next?.after ?? null };
}

export async function readPipelines(hubspot: HubSpot): Promise<ReadRecord[]> {
  const { results } = await hubspot.send(
    { method: 'GET', path: `/crm/pipelines/${version}/deals`, doing: 'reading pipelines' },
    pageOf(WirePipeline),
  );
  return results.map(pipelineRecord);
}

export async function readDefinitions(
  hubspot: HubSpot,
  object: CrmObject,
): Promise<z.infer<typeof WireProperty>[]> {
  const { results } = await hubspot.send(
    {
      method: 'GET',
      path: `/crm/properties/${version}/${wireName(object)}`,
      doing: `reading the properties of ${object}`,
    },
    pageOf(WireProperty),
  );
  return results.filter(property => !property.archived);
}

function ownerRecord(
  owner: z.infer<typeof WireOwner>,
  users: ReadonlyMap<string, CrmRecord['fields']>,
): ReadRecord {
  const { id, email, firstName, lastName, userId, teams = [], archived, createdAt, updatedAt } = owner;
  const fields = {
    ...users.get(String(userId)),
    email: email || null,
    firstname: firstName || null,
    lastname: lastName || null,
    name: [firstName, lastName].filter(Boolean).join(' ') || email || id,
    userId: userId == null ? null : String(userId),
    team: (teams.find(team => team.primary) ?? teams[0])?.name ?? null,
    teams: JSON.stringify(teams.map(team => ({ id: team.id, name: team.name }))),
  };
  const record = named('owners', id, { createdAt, updatedAt, archived, fields, history: [], links: [] });
  return { record, raw: owner };
}

/** Stages stand in one field, as JSON: `[{id, label, displayOrder, probability (0 to 1 or null), isClosed}]`. */
function pipelineRecord(pipeline: z.infer<typeof WirePipeline>): ReadRecord {
  const { id, label, displayOrder, archived, createdAt, updatedAt } = pipeline;
  const stages = pipeline.stages.map(({ metadata, ...stage }) => ({
    id: stage.id,
    label: stage.label,
    displayOrder: stage.displayOrder,
    probability: metadata.probability === undefined ? null : Number(metadata.probability),
    isClosed: metadata.isClosed === 'true',
  }));
  const fields = {
    object: 'deals',
    label,
    displayOrder: String(displayOrder),
    stages: JSON.stringify(stages),
  };
  const record = named('pipelines', id, { createdAt, updatedAt, archived, fields, history: [], links: [] });
  return { record, raw: pipeline };
}

/** One record a property; its id is `object.name`. */
export function definitionRecord(object: string, property: z.infer<typeof WireProperty>): ReadRecord {
  const { name, label, type, fieldType, groupName, description } = property;
  const fields = {
    object,
    name,
    label,
    type,
    fieldType,
    groupName,
    description,
    hasUniqueValue: String(property.hasUniqueValue),
    calculated: String(property.calculated),
    options: JSON.stringify(property.options.map(option => ({ value: option.value, label: option.label }))),
  };
  return plainRecord('properties', `${object}.${name}`, fields, property);
}
