import { defaultSettings, type TenantSettings } from '#lib/core/settings.ts';
import { serviceScope } from '#lib/core/scope.ts';
import { connect, type NewConnection } from '#lib/crm/connections.ts';
import { withToken } from '#lib/crm/session.ts';
import { installProperties, readAccount } from '#lib/crm/setup.ts';
import { syncStates } from '#lib/ingest/read.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { PolicySet } from './policy/policy.ts';
import type { Flow } from './flow.ts';
import { release } from './release.ts';
import { stages, type Stages } from './stages.ts';

export interface NewCrm {
  tenantId: string;
  name: string;
  apiUrl: string;
  appUrl: string;
  kind: 'demo' | 'connected';
  secrets: NewConnection['secrets'];
  policySet: PolicySet;
}

/** The demo may write tasks and notes from the start; a connected CRM starts with all writing off. */
const settingsFor = (kind: NewCrm['kind']): TenantSettings =>
  kind === 'demo'
    ? { ...defaultSettings, writes: { ...defaultSettings.writes, task: true, note: true } }
    : defaultSettings;

/**
 * Connects a CRM account, or renews its connection: makes our properties in it, puts the shipped artifacts in force
 * where the tenant has none, and asks for the first reading. Safe to run at every start.
 * Throws AppError when the CRM cannot be reached or refuses.
 */
export async function connectCrm(flow: Flow, crm: NewCrm, s: Stages = stages): Promise<void> {
  const access = withToken({ crm: 'hubspot', apiUrl: crm.apiUrl } as const, crm.secrets.accessToken);
  const account = await readAccount(access);
  await installProperties(access);
  const { tenantId, policySet, ...connection } = crm;
  const scope = serviceScope(tenantId, 'set-up');
  await flow.db.tenant(tenantId, async tx => {
    const now = flow.now();
    const { isNew } = await connect(
      tx,
      { ...connection, crm: 'hubspot', accountId: account.id, currency: account.currency, now },
      flow.sealingKey,
    );
    const shipped = [
      { kind: 'policy-set', name: `policies ${policySet.version}`, body: policySet },
      { kind: 'prompt', ...s.agents.defaultArtifacts.prompt },
      { kind: 'cadence', ...s.agents.defaultArtifacts.cadence },
    ] as const;
    const first = [
      { kind: 'runtime-config', name: 'settings', body: settingsFor(crm.kind) },
      {
        kind: 'feature-schema',
        name: `features ${s.features.baseSchema.version}`,
        body: s.features.baseSchema,
      },
      { kind: 'lead-model', name: 'rules prior', body: s.models.untrained({ trainedAt: now.toISOString() }) },
    ] as const;
    await release(
      tx,
      scope,
      {
        name: isNew ? 'as shipped' : 'shipped artifacts',
        artifacts: isNew ? [...shipped, ...first] : [...shipped],
      },
      now,
      s,
    );
    if (isNew)
      await s.decisions.audit(tx, scope.actor.id, now, {
        kind: 'crm-connected',
        decisionId: null,
        public: { crm: 'hubspot' },
        private: { accountId: account.id },
      });
    const read = await syncStates(tx);
    const unread = read.length === 0 || read.some(state => !state.done);
    await enqueue(tx, unread ? 'backfill' : 'reconcile', {}, { key: tenantId });
  });
}
