import { AppError } from '#lib/core/errors.ts';
import { defaultSettings, type TenantSettings } from '#lib/core/settings.ts';
import { serviceScope } from '#lib/core/scope.ts';
import { connect, insistOnAccount, type NewConnection } from '#lib/crm/connections.ts';
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
  crm: 'hubspot' | 'salesforce';
  name: string;
  apiUrl: string;
  appUrl: string;
  kind: 'demo' | 'connected';
  /** Where only one account may be connected at all: its id. */
  onlyAccount?: string | null;
  secrets: NewConnection['secrets'];
  policySet: PolicySet;
}

/** The demo may write tasks, notes and scores from the start; a connected CRM starts with all writing off. */
const settingsFor = (kind: NewCrm['kind']): TenantSettings =>
  kind === 'demo'
    ? { ...defaultSettings, writes: { ...defaultSettings.writes, task: true, note: true, score: true } }
    : defaultSettings;

/**
 * Connects a CRM account, or renews its connection: makes our properties in it, puts the shipped artifacts in force
 * where the tenant has none, and asks for the first reading. Safe to run at every start. The same account again goes on
 * where it was.
 * Throws AppError when the CRM cannot be reached or refuses, and AppError('conflict') for another account than the
 * tenant's.
 */
export async function connectCrm(flow: Flow, crm: NewCrm, s: Stages = stages): Promise<void> {
  const access = withToken({ crm: crm.crm, apiUrl: crm.apiUrl }, crm.secrets.accessToken);
  const account = await readAccount(access);
  const { onlyAccount = null } = crm;
  if (onlyAccount !== null && account.id !== onlyAccount)
    throw new AppError(
      'conflict',
      `This installation is for account ${onlyAccount}, and the access opens ${account.id}. Nothing was connected.`,
    );
  // Before anything is made in an account that cannot be ours.
  await flow.db.tenant(crm.tenantId, tx =>
    insistOnAccount(tx, { crm: crm.crm, accountId: account.id, kind: crm.kind }),
  );
  await installProperties(access);
  const { tenantId, policySet, onlyAccount: _, ...connection } = crm;
  const scope = serviceScope(tenantId, 'set-up');
  await flow.db.tenant(tenantId, async tx => {
    const now = flow.now();
    const { isNew, wasCut } = await connect(
      tx,
      { ...connection, accountId: account.id, currency: account.currency, now },
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
    if (isNew || wasCut)
      await s.decisions.audit(tx, scope.actor.id, now, {
        kind: 'crm-connected',
        decisionId: null,
        public: { crm: crm.crm },
        private: { accountId: account.id },
      });
    const read = new Set((await syncStates(tx)).filter(state => state.done).map(state => state.object));
    // Also what this version reads and the one before did not, and what the account has shared since.
    const unread = s.ingest.objectsOf(crm.crm).some(object => !read.has(object));
    await enqueue(tx, unread ? 'backfill' : 'reconcile', {}, { key: tenantId });
  });
}
