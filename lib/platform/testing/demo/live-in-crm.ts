import type { CrmObject } from '#lib/core/subject.ts';
import type { crmCalls } from '#lib/crm/testing/test-crm.ts';
import type { Draw } from '../draw.ts';

const objects = '/crm/objects/2026-09';
/** Associations by HubSpot's numbers. */
const toContact: Partial<Record<CrmObject, number>> = { notes: 202, tasks: 204 };

/** What people do in a CRM, by seed: records come, change, are tied together, merged and deleted. */
export function liveInCrm(crm: ReturnType<typeof crmCalls>, now: () => Date) {
  const made: Record<'contacts' | 'companies' | 'deals' | 'notes' | 'tasks', string[]> = {
    contacts: [],
    companies: [],
    deals: [],
    notes: [],
    tasks: [],
  };
  let n = 0;
  type Kind = keyof typeof made;
  const create = async (kind: Kind, properties: Record<string, string>, associations: object[] = []) => {
    made[kind].push(await crm.create(kind, properties, associations as never));
  };
  const activity = async (draw: Draw, kind: 'notes' | 'tasks', properties: Record<string, string>) => {
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: toContact[kind] }];
    const links = made.contacts.length > 0 ? [{ to: { id: draw.one(made.contacts) }, types }] : [];
    await create(kind, { hs_timestamp: now().toISOString(), ...properties }, links);
  };
  const forget = (kind: Kind, id: string): void => {
    made[kind] = made[kind].filter(one => one !== id);
  };
  const tie = (method: 'PUT' | 'DELETE') => async (draw: Draw) => {
    if (made.contacts.length === 0 || made.companies.length === 0) return;
    const [contact, company] = [draw.one(made.contacts), draw.one(made.companies)];
    const path =
      method === 'PUT'
        ? `${objects}/contacts/${contact}/associations/default/companies/${company}`
        : `${objects}/contacts/${contact}/associations/companies/${company}`;
    await crm.call(method, path);
  };

  const deeds: [weight: number, deed: (draw: Draw) => Promise<void>][] = [
    [4, () => create('contacts', { email: `life${(n += 1)}@x.example`, lastname: `Life ${n}` })],
    [2, () => create('companies', { name: `Firm ${(n += 1)}`, domain: `firm${n}.example` })],
    [2, draw => create('deals', { dealname: `Deal ${(n += 1)}`, amount: String(draw.below(90_000)) })],
    [2, draw => activity(draw, 'notes', { hs_note_body: `Note ${(n += 1)}` })],
    [
      2,
      draw => activity(draw, 'tasks', { hs_task_subject: `Task ${(n += 1)}`, hs_task_status: 'NOT_STARTED' }),
    ],
    [
      6,
      async draw => {
        const kind = draw.one(['contacts', 'companies', 'deals'] as const);
        if (made[kind].length === 0) return;
        const field = { contacts: 'phone', companies: 'city', deals: 'amount' }[kind];
        await crm.update(kind, draw.one(made[kind]), { [field]: String((n += 1)) });
      },
    ],
    [3, tie('PUT')],
    [1, tie('DELETE')],
    [
      1,
      async draw => {
        const kind = draw.one(['contacts', 'companies'] as const);
        const [primary, other] = [...made[kind]].sort(() => draw.below(3) - 1);
        if (primary === undefined || other === undefined) return;
        const merged = await crm.call('POST', `${objects}/${kind}/merge`, {
          primaryObjectId: primary,
          objectIdToMerge: other,
        });
        forget(kind, primary);
        forget(kind, other);
        made[kind].push(String(merged['id']));
      },
    ],
    [
      2,
      async draw => {
        const kind = draw.one(['contacts', 'companies', 'deals', 'notes', 'tasks'] as const);
        if (made[kind].length === 0) return;
        const id = draw.one(made[kind]);
        await crm.remove(kind, id);
        forget(kind, id);
      },
    ],
  ];
  const deck = deeds.flatMap(([weight, deed]) => Array.from({ length: weight }, () => deed));
  return { act: (draw: Draw) => draw.one(deck)(draw) };
}
