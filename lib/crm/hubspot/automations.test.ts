import { afterEach, describe, expect, it } from 'vitest';
import { sessionTo, startStub } from '../testing/test-crm.ts';
import { openHubSpotReader } from './reader.ts';

const at = { createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-02-01T00:00:00Z' };
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** An account that answers these paths, and 404 or another status to every other one. */
async function accountWith(answers: Record<string, unknown>, otherwise = 404) {
  const stub = await startStub((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
    const key = [pathname, searchParams.get('userId')].filter(Boolean).join('?');
    const answer = answers[key] ?? answers[pathname];
    const status = typeof answer === 'number' ? answer : answer === undefined ? otherwise : 200;
    response.writeHead(status).end(status === 200 ? JSON.stringify(answer) : '{"message":"no"}');
  });
  stops.push(stub.stop);
  return openHubSpotReader(sessionTo(stub.url));
}

const flow = (id: string, name: string, isEnabled: boolean, actions: object[] = []) => ({
  id,
  name,
  isEnabled,
  objectTypeId: '0-1',
  ...at,
  actions,
});
const owner = (id: string, userId: number) => ({ id, userId, email: `${id}@x.io`, ...at });

describe('what a HubSpot account does by itself', () => {
  const account = {
    '/automation/v4/flows': {
      results: [flow('1', 'Rotate', true), flow('2', 'Nurture', false), flow('3', 'Tidy', true)],
    },
    '/automation/v4/flows/1': flow('1', 'Rotate', true, [
      { actionTypeId: '0-5', fields: { property_name: 'hubspot_owner_id' } },
    ]),
    '/automation/v4/flows/2': flow('2', 'Nurture', false, [
      { actionTypeId: '0-4' },
      { actionTypeId: '0-11' },
    ]),
    '/automation/v4/flows/3': flow('3', 'Tidy', true, [
      { actionTypeId: '0-5', fields: { property_name: 'city' } },
    ]),
    '/crm/owners/2026-09': { results: [owner('11', 1), owner('12', 2), owner('13', 3)] },
    '/automation/sequences/2026-09?1': { results: [{ id: '70', name: 'Cold', ...at }] },
    '/automation/sequences/2026-09?2': {
      results: [
        { id: '70', name: 'Cold', ...at },
        { id: '71', name: 'Warm', ...at },
      ],
    },
    '/automation/sequences/2026-09?3': 403,
  };

  it('is read from workflows and every user’s sequences, with what it concerns', async () => {
    const reader = await accountWith(account);
    const first = await reader.listPage('automations', { after: null, limit: 100 });
    const second = await reader.listPage('automations', { after: first.next, limit: 100 });
    expect(second.next).toBeNull();
    const found = [...first.records, ...second.records].map(({ record }) => record);
    expect(
      found.map(({ ref, fields }) => [ref.id, fields['kind'], fields['active'], fields['concerns']]),
    ).toEqual([
      ['flow-1', 'workflow', 'true', 'routing'],
      ['flow-2', 'workflow', 'false', 'routing outreach'],
      ['flow-3', 'workflow', 'true', ''],
      ['sequence-70', 'sequence', 'true', 'outreach'],
      ['sequence-71', 'sequence', 'true', 'outreach'],
    ]);
    expect(found[0]?.fields).toMatchObject({ name: 'Rotate', object: 'contacts' });
  });

  it('is not shown as nothing where the scope is missing', async () => {
    const reader = await accountWith({}, 403);
    for (const object of [
      'automations',
      'enrolments',
      'teams',
      'currencies',
      'campaigns',
      'forecasts',
    ] as const)
      await expect(reader.listPage(object, { after: null, limit: 100 })).rejects.toMatchObject({
        code: 'forbidden',
      });
  });

  it('shows who is in a sequence, and leaves out one who has just left it', async () => {
    const reader = await accountWith({
      '/crm/objects/2026-09/contacts/search': { results: [{ id: '5' }, { id: '6' }] },
      '/automation/sequences/2026-09/enrollments/contact/5': {
        id: '900',
        sequenceId: '70',
        sequenceName: 'Cold',
        enrolledAt: '2026-03-01T00:00:00Z',
        enrolledBy: '1',
        toEmail: 'p@x.io',
        updatedAt: '2026-03-02T00:00:00Z',
      },
    });
    const { records } = await reader.listPage('enrolments', { after: null, limit: 100 });
    expect(records.map(({ record }) => [record.ref.id, record.fields, record.links])).toEqual([
      [
        '900',
        {
          contactId: '5',
          sequenceId: '70',
          name: 'Cold',
          enrolledAt: '2026-03-01T00:00:00.000Z',
          enrolledBy: '1',
          active: 'true',
        },
        [{ to: { crm: 'hubspot', object: 'contacts', id: '5' }, kind: 'plain' }],
      ],
    ]);
  });

  it('knows owners with their team, hours and absence', async () => {
    const reader = await accountWith({
      '/crm/owners/2026-09': {
        results: [
          {
            ...owner('11', 1),
            teams: [
              { id: '2', name: 'EMEA', primary: false },
              { id: '3', name: 'Nordics', primary: true },
            ],
          },
        ],
      },
      '/crm/objects/2026-09/users': {
        results: [
          {
            id: '1000',
            ...at,
            properties: {
              hs_internal_user_id: '1',
              hs_standard_time_zone: 'Europe/Oslo',
              hs_working_hours: '[]',
            },
          },
        ],
      },
      '/settings/users/2026-09/teams': {
        results: [{ id: '3', name: 'Nordics', userIds: ['1'], secondaryUserIds: ['2'] }],
      },
    });
    const [mira] = (await reader.listPage('owners', { after: null, limit: 100 })).records;
    expect(mira?.record.fields).toMatchObject({
      team: 'Nordics',
      timezone: 'Europe/Oslo',
      working_hours: '[]',
    });
    const [team] = (await reader.listPage('teams', { after: null, limit: 100 })).records;
    expect(team?.record.fields).toEqual({ name: 'Nordics', members: '["1","2"]' });
  });
});
