import type { Clock } from '#lib/core/time.ts';
import type { Db } from '#lib/platform/db.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import { openConnection, type Connection } from './connections.ts';
import { keepToken } from './oauth-tokens.ts';
import { trafficOf } from './traffic-here.ts';
import type { Answer } from './traffic.ts';
import type { Kind } from './traffic-state.ts';

/** A connection that can be talked over: a valid token, a place in the account's request limit, and ears for its answers. */
export interface CrmSession extends Connection {
  /**
   * The access token in force. `refused`: one that the CRM just refused, to be renewed once for all who hold it.
   * Throws AppError('unauthenticated') where it cannot be renewed, or what a renewal brought is refused as well.
   */
  token(refused?: string): Promise<string>;
  /**
   * Waits for a place in the account's request limits. Throws AppError('limited') when that would take too long, and
   * AppError('unavailable') while the CRM is being left alone.
   */
  pass(kind?: Kind): Promise<void>;
  /** What the CRM answered, for limits and circuit, once for each `pass`; `status` null: it did not answer. */
  heard(answer: Answer): Promise<void>;
}

export interface SessionOptions {
  key: SealingKey;
  clock: Clock;
  /** What a person waits for goes before what nobody waits for. */
  urgency: 'interactive' | 'background';
}

/** Opens the tenant's connection. Throws AppError('not_found') before one is made, 'refused' once it was disconnected. */
export async function openSession(
  db: Db,
  tenantId: string,
  { key, clock, urgency }: SessionOptions,
): Promise<CrmSession> {
  const { secrets, ...connection } = await db.tenant(tenantId, tx => openConnection(tx, key));
  const { crm, kind } = connection;
  const tokens = keepToken({ db, tenantId, crm, key, clock }, secrets);
  const traffic = trafficOf(db, tenantId, { crm, kind, by: secrets.kind }, clock);
  return {
    ...connection,
    token: refused => tokens.token(refused),
    pass: requested => traffic.pass(urgency, requested),
    heard: async answer => {
      if (answer.status !== null && answer.status < 400) tokens.accepted();
      await traffic.heard(answer);
    },
  };
}

/** A session over a token that does not change and no limit: for a first look at an account, and for tests. */
export const withToken = <C extends object>(connection: C, accessToken: string) => ({
  ...connection,
  token: () => Promise.resolve(accessToken),
  pass: () => Promise.resolve(),
  heard: () => Promise.resolve(),
});
