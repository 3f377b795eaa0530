import { readMonitor } from '#lib/monitor/monitor.ts';
import { processFlow, servedTenant } from './open-process.ts';

type Monitor = Awaited<ReturnType<typeof readMonitor>>;

async function monitorNow(): Promise<Monitor | null> {
  const tenant = await servedTenant();
  const flow = processFlow();
  return tenant && flow.db.tenant(tenant.tenantId, tx => readMonitor(tx, flow.now()));
}

/** For whoever watches the service. `down` when the database does not answer. */
export async function healthOf() {
  try {
    const monitor = await monitorNow();
    const part = (name: string) => monitor?.parts.find(p => p.name === name)?.status ?? 'down';
    const waiting = monitor?.queue.reduce((sum, queue) => sum + queue.waiting, 0) ?? 0;
    return {
      status: monitor?.status ?? 'degraded',
      database: 'ok',
      crm: part('crm'),
      crmBudget: monitor?.traffic.day ?? null,
      crmPausedUntil: monitor?.traffic.pausedUntil ?? null,
      worker: part('queue'),
      queue: { waiting },
      parked: monitor?.parked ?? 0,
    };
  } catch {
    return {
      status: 'down',
      database: 'down',
      crm: 'unknown',
      crmBudget: null,
      crmPausedUntil: null,
      worker: 'unknown',
      queue: { waiting: 0 },
      parked: 0,
    } as const;
  }
}

/** Whether set-up is over: the CRM read once, a release in force, all contacts scored. */
export async function isReady(): Promise<boolean> {
  try {
    return (await monitorNow())?.ready ?? false;
  } catch {
    return false;
  }
}

/** Prometheus text format. */
export async function metricsText(): Promise<string> {
  const monitor = await monitorNow();
  const lines = [
    '# TYPE sidecard_up gauge',
    `sidecard_up ${monitor ? 1 : 0}`,
    '# TYPE sidecard_jobs gauge',
    ...(monitor?.queue ?? []).flatMap(({ name, ...states }) =>
      Object.entries(states).map(([state, n]) => `sidecard_jobs{queue="${name}",state="${state}"} ${n}`),
    ),
    '# TYPE sidecard_decisions gauge',
    ...[...(monitor?.decisions ?? [])].map(([status, n]) => `sidecard_decisions{status="${status}"} ${n}`),
    '# TYPE sidecard_parked_events gauge',
    `sidecard_parked_events ${monitor?.parkedEvents.events ?? 0}`,
    '# TYPE sidecard_ledger_entries gauge',
    `sidecard_ledger_entries ${monitor?.ledger.entries ?? 0}`,
    '# TYPE sidecard_ledger_sequenced gauge',
    `sidecard_ledger_sequenced ${monitor?.ledger.sequenced ?? 0}`,
    ...(monitor?.traffic.day
      ? [
          '# TYPE sidecard_crm_requests_of_day gauge',
          `sidecard_crm_requests_of_day{of="used"} ${monitor.traffic.day.used}`,
          `sidecard_crm_requests_of_day{of="limit"} ${monitor.traffic.day.limit}`,
        ]
      : []),
    '# TYPE sidecard_step_milliseconds gauge',
    ...(monitor?.times ?? []).flatMap(({ name, p50, p95 }) => [
      ...(p50 === null ? [] : [`sidecard_step_milliseconds{step="${name}",quantile="0.5"} ${p50}`]),
      ...(p95 === null ? [] : [`sidecard_step_milliseconds{step="${name}",quantile="0.95"} ${p95}`]),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
