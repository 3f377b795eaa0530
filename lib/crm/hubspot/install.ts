import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { CrmAccess } from '../doors.ts';
import { readDefinitions } from './account.ts';
import { openHubSpot, version, type HubSpot, type HubSpotRequest } from './api.ts';
import { optionalObjects, ourGroup, ourProperties, type OurProperty } from './our-properties.ts';

type OurObject = keyof typeof ourProperties;

/** Creates what is missing of our group and properties, object by object. */
export async function installHubSpotProperties(access: CrmAccess): Promise<{ created: string[] }> {
  const hubspot = openHubSpot(access);
  const created: string[] = [];
  for (const object of Object.keys(ourProperties) as OurObject[])
    try {
      created.push(...(await installOn(hubspot, object)));
    } catch (error) {
      const unshared =
        error instanceof AppError && (error.code === 'forbidden' || error.code === 'not_found');
      if (!(unshared && optionalObjects.has(object))) throw error;
    }
  return { created };
}

async function installOn(hubspot: HubSpot, object: OurObject): Promise<string[]> {
  const wanted: readonly OurProperty[] = ourProperties[object];
  const known = new Map((await readDefinitions(hubspot, object)).map(property => [property.name, property]));
  for (const { name, hasUniqueValue } of wanted)
    if (hasUniqueValue && known.get(name)?.hasUniqueValue === false) throw notUnique(object, name);
  const missing = wanted.filter(({ name }) => !known.has(name));
  if (missing.length === 0) return [];
  await createUnlessThere(hubspot, `/crm/properties/${version}/${object}/groups`, ourGroup);
  const created: string[] = [];
  for (const property of missing)
    if (await createProperty(hubspot, object, property)) created.push(`${object}.${property.name}`);
  return created;
}

const createProperty = (hubspot: HubSpot, object: string, property: OurProperty): Promise<boolean> =>
  createUnlessThere(hubspot, `/crm/properties/${version}/${object}`, {
    ...property,
    groupName: ourGroup.name,
  });

/** False when another process was faster: that it exists is all that is wanted. */
async function createUnlessThere(
  hubspot: HubSpot,
  path: string,
  body: HubSpotRequest['body'],
): Promise<boolean> {
  try {
    await hubspot.send(
      { method: 'POST', path, body, doing: 'creating the Sidecard properties' },
      z.looseObject({}),
    );
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return false;
    throw error;
  }
}

const notUnique = (object: string, name: string): AppError =>
  new AppError(
    'conflict',
    `HubSpot already has a property ${name} on ${object} that does not require unique values. Rename or delete it, then run the set-up again.`,
    { object, name },
  );
