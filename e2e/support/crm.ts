import { Client } from '@hubspot/api-client';
import { ports } from './addresses.ts';

export interface CrmRecord {
  id: string;
  properties: Record<string, string | null>;
}

const taskProperties = [
  'hs_task_subject',
  'hs_task_body',
  'hs_task_status',
  'hs_timestamp',
  'sidecard_change_id',
  'sidecard_decision_id',
];

/** The CRM through its vendor's own client: what the product did there, as any other program sees it. */
export function openCrm(port: number = ports.sandbox) {
  const client = new Client({ accessToken: 'sandbox', basePath: `http://127.0.0.1:${port}` });
  const send = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await client.apiRequest({ method, path, ...(body === undefined ? {} : { body }) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text) as T;
  };
  const search = async (object: string, propertyName: string, value: string, properties: string[]) => {
    const filterGroups = [{ filters: [{ propertyName, operator: 'EQ', value }] }];
    const body = { filterGroups, properties, limit: 100 };
    const { results } = await send<{ results: CrmRecord[] }>(
      'POST',
      `/crm/objects/2026-09/${object}/search`,
      body,
    );
    return results;
  };
  return {
    owners: async () =>
      (
        await send<{
          results: { id: string; userId: number; email: string; firstName: string; lastName: string }[];
        }>('GET', '/crm/owners/2026-09')
      ).results,
    contactsOf: (ownerId: string) => search('contacts', 'hubspot_owner_id', ownerId, ['email']),
    changeContact: (id: string, properties: Record<string, string>) =>
      client.crm.contacts.basicApi.update(id, { properties }),
    /** Tasks that carry a decision's id and are not archived. */
    tasksOf: (decisionId: string) => search('tasks', 'sidecard_decision_id', decisionId, taskProperties),
    /** When a task was archived; null while it is live. */
    archivedAt: async (taskId: string): Promise<Date | null> => {
      const { basicApi } = client.crm.objects.tasks;
      const found = await basicApi.getById(taskId, undefined, undefined, undefined, true);
      return found.archivedAt ?? null;
    },
  };
}
