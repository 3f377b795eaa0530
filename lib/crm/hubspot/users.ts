import { AppError } from '#lib/core/errors.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import { version, type HubSpot } from './api.ts';
import { valueOf } from './normalise.ts';
import { readAll } from './page.ts';
import { WireRecord } from './wire.ts';

/** HubSpot's properties of a user, by the words that owners have them under. Hours and absences are JSON as HubSpot wrote it. */
const words = {
  jobtitle: 'hs_job_title',
  timezone: 'hs_standard_time_zone',
  working_hours: 'hs_working_hours',
  out_of_office: 'hs_out_of_office_hours',
  availability: 'hs_availability_status',
} as const;

/** What users say of themselves, by user id. Empty where the account does not share it: an owner is known without. */
export async function readUsers(hubspot: HubSpot): Promise<Map<string, CrmRecord['fields']>> {
  const path = `/crm/objects/${version}/users`;
  const query = { properties: ['hs_internal_user_id', ...Object.values(words)].join(',') };
  try {
    const users = await readAll(hubspot, { path, query, doing: 'reading users' }, WireRecord);
    return new Map(
      users.flatMap(({ properties }) => {
        const userId = properties['hs_internal_user_id'];
        if (!userId) return [];
        const fields = Object.entries(words).map(([word, name]) => [word, valueOf(properties[name])]);
        return [[userId, Object.fromEntries(fields) as CrmRecord['fields']]];
      }),
    );
  } catch (error) {
    if (error instanceof AppError && notShared.has(error.code)) return new Map();
    throw error;
  }
}

const notShared: ReadonlySet<string> = new Set(['forbidden', 'not_found', 'refused']);
