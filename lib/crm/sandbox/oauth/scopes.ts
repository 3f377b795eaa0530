import { findObjectType, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';

/** What a call needs: every group must be met, and one scope of a group meets it. */
export type Needed = string[][];

const ACTIVITIES: ObjectName[] = ['tasks', 'notes', 'calls', 'meetings'];
const READS = /\/(search|batch\/read|read)\/?$/;

/** Scopes any one of which lets an app read or write records of an object. */
function recordScopes(type: ObjectName, use: 'read' | 'write'): string[] {
  if (ACTIVITIES.includes(type)) return [`crm.objects.contacts.${use}`, `crm.objects.${type}.${use}`];
  if (type === 'emails') return use === 'read' ? ['sales-email-read'] : ['crm.objects.contacts.write'];
  if (type === 'tickets') return ['tickets', 'crm.objects.tickets.' + use];
  if (type === 'products' || type === 'line_items') return [`crm.objects.${type}.${use}`, 'e-commerce'];
  if (type === 'goal_targets') return [`crm.objects.goals.${use}`];
  return [`crm.objects.${type}.${use}`];
}

/** Scopes any one of which lets an app read or write the definitions of an object. */
function schemaScopes(type: ObjectName, use: 'read' | 'write'): string[] {
  const own = [`crm.schemas.${type}.${use}`];
  if (use === 'read') return [...own, ...recordScopes(type, 'read'), ...recordScopes(type, 'write')];
  return ACTIVITIES.includes(type) || ['emails', 'tickets', 'goal_targets'].includes(type)
    ? [...own, ...recordScopes(type, 'write')]
    : own;
}

function objectCall(method: string, rest: string[], path: string): Needed {
  const [name = '', , , farName = ''] = rest;
  const type = findObjectType(name)?.name;
  if (!type) return [];
  const use = method === 'GET' || READS.test(path) ? 'read' : 'write';
  const far = rest[2] === 'associations' ? findObjectType(farName)?.name : undefined;
  return [recordScopes(type, use), ...(far ? [recordScopes(far, use)] : [])];
}

function crmCall(method: string, path: string): Needed {
  const parts = path.split('/').filter(Boolean).slice(1);
  const area = parts.find(part => !/^(v\d|\d{4}-\d{2})$/.test(part));
  const rest = parts.filter(part => part !== area && !/^(v\d|\d{4}-\d{2})$/.test(part));
  const type = findObjectType(rest[0] ?? '')?.name;
  const use = method === 'GET' || READS.test(path) ? 'read' : 'write';
  if (area === 'objects') return objectCall(method, rest, path);
  if (area === 'owners') return [['crm.objects.owners.read']];
  if (!type) return [];
  if (area === 'properties' || area === 'pipelines') return [schemaScopes(type, use)];
  if (area !== 'associations') return [];
  const far = findObjectType(rest[1] ?? '')?.name;
  return [recordScopes(type, use), ...(far ? [recordScopes(far, use)] : [])];
}

const REST: [pattern: RegExp, read: string[], write?: string[]][] = [
  [/^\/marketing\/campaigns/, ['marketing.campaigns.read'], ['marketing.campaigns.write']],
  [
    /^\/automation\/sequences\/.*\/enrollments/,
    ['automation.sequences.read'],
    ['automation.sequences.enrollments.write'],
  ],
  [/^\/automation\/sequences/, ['automation.sequences.read']],
  [/^\/automation\/v4\/flows/, ['automation']],
  [
    /statuses\/batch\/.*read/,
    ['communication_preferences.statuses.batch.read'],
    ['communication_preferences.statuses.batch.read'],
  ],
  [
    /statuses\/batch\//,
    ['communication_preferences.statuses.batch.write'],
    ['communication_preferences.statuses.batch.write'],
  ],
  [
    /^\/communication-preferences/,
    ['communication_preferences.read_write'],
    ['communication_preferences.read_write'],
  ],
  [/^\/settings\/users\/.*\/teams/, ['settings.users.teams.read']],
  [
    /^\/settings\/users/,
    ['settings.users.read', 'crm.objects.users.read'],
    ['settings.users.write', 'crm.objects.users.write'],
  ],
  [
    /^\/settings\/currencies/,
    ['settings.currencies.read', 'settings.currencies.write'],
    ['settings.currencies.write'],
  ],
];

/** The scopes that HubSpot's published interface asks for a call; none for paths that need none. */
export function neededScopes(method: string, path: string): Needed {
  if (path.startsWith('/crm/')) return crmCall(method, path);
  const found = REST.find(([pattern]) => pattern.test(path));
  if (!found) return [];
  const [, read, write] = found;
  return [method === 'GET' ? read : (write ?? read)];
}
