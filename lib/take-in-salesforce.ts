import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '#lib/core/errors.ts';
import type { Scope } from '#lib/core/scope.ts';
import { toInstant } from '#lib/core/time.ts';
import { openConnection, tenantOfAccount } from '#lib/crm/connections.ts';
import { openSession } from '#lib/crm/session.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Flow } from './flow.ts';
import { stages, type Stages } from './stages.ts';
import { receiveEvents, type Taken } from './take-in.ts';

/**
 * An outbound message of Salesforce → events kept, and a job for each record that begins to wait until it is quiet. What
 * this answers for is durable. Salesforce signs nothing: who sends is shown by the key in the address that the admin
 * entered, the connection's webhook secret. Throws AppError('unauthenticated') without it.
 */
export async function takeInOutbound(
  flow: Flow,
  { body, key }: { body: string; key: string | null },
  s: Stages = stages,
): Promise<Taken> {
  // Who sends is asked before the message is read: reading costs more than asking.
  const claimed = /<(?:\w+:)?OrganizationId>\s*(\w{15,18})\s*</.exec(body.slice(0, 10_000))?.[1];
  const tenantId =
    claimed === undefined || key === null
      ? null
      : await flow.db.system('find tenant of a CRM account', tx =>
          tenantOfAccount(tx, 'salesforce', s.ingest.longSalesforceId(claimed)),
        );
  if (tenantId === null || !(await isKeyOf(flow, tenantId, key)))
    throw new AppError(
      'unauthenticated',
      'This message is for an account that is not connected here, or its address lacks the right key: nothing of it was taken.',
    );
  const { organizationId, events, ignored } = s.ingest.parseOutboundMessage(body, flow.now());
  if (organizationId !== claimed)
    throw new AppError('bad_input', 'The message names two organisations: nothing of it was taken.');
  const { accepted, duplicate } = await flow.db.tenant(tenantId, tx => receiveEvents(tx, flow, events, s));
  return { accepted, duplicate, ignored };
}

/** In constant time, whatever the lengths. */
async function isKeyOf(flow: Flow, tenantId: string, key: string | null): Promise<boolean> {
  const { secrets } = await flow.db.tenant(tenantId, tx => openConnection(tx, flow.sealingKey));
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return (
    secrets.webhookSecret !== '' &&
    key !== null &&
    timingSafeEqual(digest(secrets.webhookSecret), digest(key))
  );
}

/**
 * Follows the account's change events until the signal ends it: events and the place after them are kept in one
 * transaction. Where Salesforce could not tell all, or no longer keeps what came since the last time, everything that was
 * modified is looked for instead. Answers 'polling' for an account that has no change events.
 */
export async function takeInChanges(
  flow: Flow,
  scope: Scope,
  { signal, endpoint }: { signal: AbortSignal; endpoint?: string },
  s: Stages = stages,
): Promise<'stopped' | 'polling'> {
  const { tenantId } = scope;
  const options = { key: flow.sealingKey, clock: flow.now, urgency: 'background' } as const;
  const session = await openSession(flow.db, tenantId, options);
  const keepPlace = (tx: TenantTx, replayId: string | null, problem: string | null) =>
    s.ingest.saveReplay(tx, session.crm, { replayId, at: toInstant(flow.now()), problem });
  const replayFrom = await flow.db.tenant(tenantId, tx => s.ingest.loadReplay(tx, session.crm));
  try {
    await s.ingest.followChanges(session, {
      replayFrom,
      signal,
      ...(endpoint === undefined ? {} : { endpoint }),
      onChange: part =>
        flow.db.tenant(tenantId, async tx => {
          await receiveEvents(tx, flow, part.events, s);
          if (part.resync.length > 0) await enqueue(tx, 'reconcile', {}, { key: tenantId });
          await keepPlace(tx, part.replayId, null);
        }),
    });
    return 'stopped';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'conflict')
      await flow.db.tenant(tenantId, async tx => {
        await enqueue(tx, 'reconcile', {}, { key: tenantId });
        await keepPlace(tx, null, null);
      });
    if (error.code !== 'not_found' && error.code !== 'forbidden') throw error;
    await flow.db.tenant(tenantId, tx => keepPlace(tx, null, error.message));
    return 'polling';
  }
}
