import type { Evidence } from '#lib/core/evidence.ts';
import type { RelationKind } from '#lib/core/relation.ts';
import type { AccountGraphView, BuyingRole, MapNode, MapRelation } from '#lib/views/account-graph-types.ts';

const at = '2026-11-02T09:00:00.000Z';

export const mail = (id: string, snippet = 'Send me prices'): Evidence => ({
  crm: 'hubspot',
  object: 'emails',
  id,
  version: '1',
  at,
  snippet,
  url: `/contacts/7#emails-${id}`,
});

const nodeOf = (kind: MapNode['kind'], object: 'owners' | 'contacts' | 'deals', id: string): MapNode => ({
  key: `hubspot:${object}:${id}`,
  kind,
  name: `${kind} ${id}`,
  title: null,
  closed: false,
  money: null,
  roles: [],
  lastAt: at,
  subject: kind === 'user' ? null : { crm: 'hubspot', object, id },
});
export const user = (id: string): MapNode => nodeOf('user', 'owners', id);
export const deal = (id: string): MapNode => nodeOf('deal', 'deals', id);
export const person = (id: string, ...roles: BuyingRole[]): MapNode => ({
  ...nodeOf('person', 'contacts', id),
  roles: roles.map(role => ({
    role,
    basis: 'stated',
    strength: 1,
    why: 'In the CRM',
    evidence: [mail(`r${id}`)],
  })),
});

export const relation = (
  from: MapNode,
  kind: RelationKind,
  to: MapNode,
  strength: number | null = null,
): MapRelation => ({
  from: from.key,
  kind,
  to: to.key,
  at,
  learntAt: at,
  lastAt: strength === null ? null : at,
  strength,
  why: '2 e-mails',
  evidence: [mail(`${from.key} ${to.key}`)],
});

export const mapOf = (over: Partial<AccountGraphView> = {}): AccountGraphView => ({
  account: {
    key: 'hubspot:companies:1',
    subject: { crm: 'hubspot', object: 'companies', id: '1' },
    name: 'Lind AB',
    industry: null,
    url: null,
  },
  nodes: [],
  relations: [],
  names: {},
  missing: [],
  hidden: { people: 0, deals: 0 },
  truncated: 0,
  contradictions: [],
  changes: { days: 30, entries: [], more: 0 },
  duplicates: [],
  states: [],
  crmPages: { crm: 'hubspot', origin: 'http://crm.test', account: null },
  ...over,
});
