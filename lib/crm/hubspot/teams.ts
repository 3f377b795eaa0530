import { z } from 'zod';
import type { Page } from '../doors.ts';
import { version, type HubSpot } from './api.ts';
import { plainRecord } from './normalise.ts';
import { pageOf } from './wire.ts';

const WireTeam = z.looseObject({
  id: z.string(),
  name: z.string(),
  userIds: z.array(z.string()).default([]),
  secondaryUserIds: z.array(z.string()).default([]),
});

/** Teams with those who are in them: `members` is a JSON list of user ids, first those whose main team it is. */
export async function readTeams(hubspot: HubSpot): Promise<Page> {
  const path = `/settings/users/${version}/teams`;
  const { results } = await hubspot.send({ method: 'GET', path, doing: 'reading teams' }, pageOf(WireTeam));
  const records = results.map(team => {
    const members = JSON.stringify([...team.userIds, ...team.secondaryUserIds]);
    return plainRecord('teams', team.id, { name: team.name, members }, team);
  });
  return { records, next: null };
}
