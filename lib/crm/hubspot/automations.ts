import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { CrmObject } from '#lib/core/subject.ts';
import { chunksOf } from '../chunks.ts';
import type { Page, ReadRecord } from '../doors.ts';
import { readOwners } from './account.ts';
import { version, type HubSpot } from './api.ts';
import { plainRecord } from './normalise.ts';
import { readAll, readPage } from './page.ts';
import { Moment, objectByTypeId } from './wire.ts';

/** Workflows have no dated path outside betas: this is the one that HubSpot publishes for everybody. */
const flows = '/automation/v4/flows';
const atOnce = 10;

const WireFlow = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  isEnabled: z.boolean(),
  objectTypeId: z.string().nullish(),
  createdAt: Moment,
  updatedAt: Moment,
  actions: z
    .array(
      z.looseObject({
        actionTypeId: z.string().optional(),
        fields: z.looseObject({ property_name: z.string().optional() }).optional(),
      }),
    )
    .optional(),
});
const WireSequence = z.looseObject({
  id: z.string(),
  name: z.string(),
  createdAt: Moment,
  updatedAt: Moment,
});

/** Built-in workflow actions that choose an owner, and those that write to people. */
const setsProperty = '0-5';
const assigning = new Set(['0-11']);
const reachingOut = new Set(['0-4', '0-46510720', '0-40900952', '0-25085031']);

const sequencesPage = 'sequences';
const notForThisUser: ReadonlySet<string> = new Set(['not_found', 'refused', 'forbidden']);

/**
 * What the CRM does by itself: workflows, then sequences on the last page. `concerns` holds `routing` where owners are
 * assigned, `outreach` where people are written to, both with a space between, or nothing.
 */
export async function readAutomations(hubspot: HubSpot, after: string | null): Promise<Page> {
  if (after === sequencesPage) return { records: await readSequences(hubspot), next: null };
  const page = await readPage(hubspot, { path: flows, after, doing: 'reading workflows' }, WireFlow);
  const whole = await readFlows(
    hubspot,
    page.results.map(({ id }) => id),
  );
  return { records: whole.map(flowRecord), next: page.next ?? sequencesPage };
}

/** The list does not say what a workflow does; each has to be asked. */
async function readFlows(hubspot: HubSpot, ids: readonly string[]): Promise<z.infer<typeof WireFlow>[]> {
  const doing = 'reading what a workflow does';
  const whole: z.infer<typeof WireFlow>[] = [];
  for (const chunk of chunksOf(ids, atOnce)) {
    const ask = (id: string) =>
      hubspot.send({ method: 'GET', path: `${flows}/${encodeURIComponent(id)}`, doing }, WireFlow);
    whole.push(...(await Promise.all(chunk.map(ask))));
  }
  return whole;
}

function flowRecord(flow: z.infer<typeof WireFlow>): ReadRecord {
  const { actions = [] } = flow;
  const types = actions.map(action => action.actionTypeId ?? '');
  const owner = actions.some(
    ({ actionTypeId, fields }) => actionTypeId === setsProperty && /owner/i.test(fields?.property_name ?? ''),
  );
  const concerns = [
    ...(owner || types.some(type => assigning.has(type)) ? ['routing'] : []),
    ...(types.some(type => reachingOut.has(type)) ? ['outreach'] : []),
  ];
  return automation(`flow-${flow.id}`, flow, {
    name: flow.name || flow.id,
    kind: 'workflow',
    active: flow.isEnabled,
    object: objectByTypeId[flow.objectTypeId ?? ''] ?? null,
    concerns,
  });
}

/** HubSpot lists sequences by user, and refuses for a user without sales access: that user has none. */
async function readSequences(hubspot: HubSpot): Promise<ReadRecord[]> {
  const byId = new Map<string, ReadRecord>();
  for (const userId of await usersOf(hubspot)) {
    const found = await readAll(
      hubspot,
      { path: `/automation/sequences/${version}`, query: { userId }, doing: 'reading sequences' },
      WireSequence,
    ).catch((error: unknown) => {
      if (error instanceof AppError && notForThisUser.has(error.code)) return [];
      throw error;
    });
    for (const sequence of found)
      byId.set(
        sequence.id,
        automation(`sequence-${sequence.id}`, sequence, {
          name: sequence.name,
          kind: 'sequence',
          active: true,
          object: 'contacts',
          concerns: ['outreach'],
        }),
      );
  }
  return [...byId.values()];
}

async function usersOf(hubspot: HubSpot): Promise<string[]> {
  const users: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Page = await readOwners(hubspot, after);
    users.push(...page.records.flatMap(({ record }) => record.fields['userId'] ?? []));
    after = page.next;
    more = after !== null;
  }
  return users;
}

function automation(
  id: string,
  raw: { createdAt: string; updatedAt: string },
  about: {
    name: string;
    kind: string;
    active: boolean;
    object: CrmObject | null;
    concerns: readonly string[];
  },
): ReadRecord {
  const { name, kind, active, object, concerns } = about;
  const fields = { name, kind, active: String(active), object, concerns: concerns.join(' ') };
  return plainRecord('automations', id, fields, raw);
}
