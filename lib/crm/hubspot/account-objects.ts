import { AppError } from '#lib/core/errors.ts';
import type { CrmObject } from '#lib/core/subject.ts';
import type { Page, ReadRecord } from '../doors.ts';
import { definedObjects, definitionRecord, readDefinitions, readOwners, readPipelines } from './account.ts';
import type { HubSpot } from './api.ts';
import { readAutomations } from './automations.ts';
import { readCampaigns } from './campaigns.ts';
import { readCurrencies } from './currencies.ts';
import { readEnrolments } from './enrolments.ts';
import { readForecasts } from './forecasts.ts';
import type { RecordObject } from './objects.ts';
import { readTeams } from './teams.ts';

/** What HubSpot keeps apart from its records, each behind an interface of its own that lists and does not look up. */
export type AccountObject = Exclude<CrmObject, RecordObject>;

const lists: Readonly<Record<AccountObject, (hubspot: HubSpot, after: string | null) => Promise<Page>>> = {
  owners: readOwners,
  pipelines: async hubspot => ({ records: await readPipelines(hubspot), next: null }),
  properties: readPropertiesPage,
  teams: readTeams,
  currencies: readCurrencies,
  campaigns: readCampaigns,
  enrolments: readEnrolments,
  forecasts: readForecasts,
  automations: readAutomations,
  // HubSpot keeps members of campaigns in lists of its marketing tools, which are not people's records.
  memberships: () => Promise.resolve({ records: [], next: null }),
};

export const listOfAccount = (hubspot: HubSpot, object: AccountObject, after: string | null): Promise<Page> =>
  lists[object](hubspot, after);

export async function allOfAccount(hubspot: HubSpot, object: AccountObject): Promise<ReadRecord[]> {
  const all: ReadRecord[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Page = await listOfAccount(hubspot, object, after);
    all.push(...page.records);
    after = page.next;
    more = after !== null;
  }
  return all;
}

const optional: ReadonlySet<string> = new Set(['leads', 'tickets']);

/** A page of property definitions is named by the object that they belong to. */
async function readPropertiesPage(hubspot: HubSpot, after: string | null): Promise<Page> {
  const place = Math.max(
    0,
    definedObjects.findIndex(name => name === after),
  );
  const of = definedObjects[place] ?? 'contacts';
  const definitions = await readDefinitions(hubspot, of).catch((error: unknown) => {
    const unshared = error instanceof AppError && (error.code === 'forbidden' || error.code === 'not_found');
    if (unshared && optional.has(of)) return [];
    throw error;
  });
  return {
    records: definitions.map(definition => definitionRecord(of, definition)),
    next: definedObjects[place + 1] ?? null,
  };
}
