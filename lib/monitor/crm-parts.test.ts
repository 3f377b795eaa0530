import { describe, expect, it } from 'vitest';
import type { Connection, TrafficView } from '#lib/crm/read.ts';
import { crmParts } from './crm-parts.ts';

const connection = (state: Partial<Connection['state']> = {}): Connection => ({
  tenantId: 't',
  crm: 'hubspot',
  name: 'HubSpot',
  accountId: '1',
  currency: 'EUR',
  apiUrl: 'https://api.hubapi.com',
  appUrl: 'https://app.hubspot.com',
  kind: 'connected',
  state: { status: 'ok', text: 'Connected.', since: '2026-01-01T00:00:00.000Z', ...state },
  connectedAt: '2026-01-01T00:00:00.000Z',
});
const quiet: TrafficView = { day: null, pausedUntil: null, limitedUntil: null };
const used = (n: number, level: 'ok' | 'warning' | 'alert'): TrafficView => ({
  ...quiet,
  day: { used: n, limit: 650_000, level },
});

describe('how the CRM is doing', () => {
  it.each([
    [null, quiet, 'down', 'No CRM is connected.'],
    [connection(), quiet, 'ok', 'HubSpot answers.'],
    [connection({ status: 'failing', text: 'Reconnect HubSpot.' }), quiet, 'degraded', 'Reconnect HubSpot.'],
    [
      connection({ status: 'disconnected', text: 'Disconnected by Ann.' }),
      quiet,
      'degraded',
      'Disconnected by Ann.',
    ],
    [connection(), { ...quiet, pausedUntil: '2026-01-01T10:00:05.000Z' }, 'degraded', '10:00:05 UTC'],
    [
      connection(),
      { ...quiet, limitedUntil: '2026-01-01T10:00:05.000Z' },
      'ok',
      'takes no requests until 10:00:05 UTC',
    ],
  ] as const)('%#', (about, traffic, status, text) => {
    expect(crmParts(about, traffic)).toEqual([{ name: 'crm', status, text: expect.stringContaining(text) }]);
  });

  it('warns when the day’s requests run out', () => {
    const parts = [used(10, 'ok'), used(487_500, 'warning'), used(650_000, 'alert')].map(
      traffic => crmParts(connection(), traffic)[1],
    );
    expect(parts.map(part => part?.status)).toEqual(['ok', 'degraded', 'degraded']);
    expect(parts.map(part => part?.text.split(':')[0])).toEqual([
      '10 of 650,000 requests of the day are used (0 %).',
      'Warning',
      'Alert',
    ]);
  });
});
