import { z } from 'zod';
import type { Crm } from './open-crm.ts';
import type { Rejected, Table } from './read-csv.ts';

const Owner = z.object({
  id: z.string(),
  firstName: z.string().default(''),
  lastName: z.string().default(''),
});
const Owners = z.object({
  results: z.array(Owner),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});

export interface MadeOwners {
  /** Owner id by full name. */
  ids: Map<string, string>;
  created: number;
  rejected: Rejected[];
}

/** Makes an owner of each agent whom the CRM does not know by name. Their e-mail addresses are not known and not made up. */
export async function makeOwners(crm: Crm, { file, rows }: Table): Promise<MadeOwners> {
  const ids = await listOwners(crm);
  const rejected: Rejected[] = [];
  let created = 0;
  for (const { line, cells } of rows) {
    const name = (cells['sales_agent'] ?? '').trim();
    if (name === '') rejected.push({ file, line, reason: 'sales_agent is missing.' });
    if (name === '' || ids.has(name)) continue;
    const [firstName = '', ...rest] = name.split(' ');
    const manager = (cells['manager'] ?? '').trim();
    const region = (cells['regional_office'] ?? '').trim();
    const teams = [manager && `${manager}'s team`, region].filter(team => team !== '');
    const body = { firstName, lastName: rest.join(' '), teams };
    const answer = await crm.send('POST', '/sandbox/owners', body);
    if (answer.ok) {
      ids.set(name, Owner.parse(answer.body).id);
      created += 1;
    } else rejected.push({ file, line, reason: `The CRM says: ${answer.words}` });
  }
  return { ids, created, rejected };
}

async function listOwners(crm: Crm): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  let after: string | undefined;
  do {
    const path = `/crm/owners/2026-09?limit=100${after === undefined ? '' : `&after=${after}`}`;
    const { results, paging } = await crm.ask('to list its owners', Owners, 'GET', path);
    for (const { id, firstName, lastName } of results) ids.set(`${firstName} ${lastName}`.trim(), id);
    after = paging?.next?.after;
  } while (after !== undefined);
  return ids;
}
