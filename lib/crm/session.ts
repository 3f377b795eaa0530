import type { Clock } from '#lib/core/time.ts';
import type { Db } from '#lib/platform/db.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import { openConnection, type Connection } from './connections.ts';

/** A connection that can be talked over: a valid token, a place in the account's request limit, and ears for its answers. */
export interface CrmSession extends Connection {
  /** The access token in force. `refused`: one that the CRM just refused, to be renewed once for all who hold it. */
  token(refused?: string): Promise<string>;
  /** Waits for a place in the account's request limit. Throws AppError('limited') when that would take too long. */
  pass(): Promise<void>;
  /** What the CRM answered, for limits and circuit; `status` null: it did not answer. */
  heard(answer: { status: number | null; headers: Pick<Headers, 'get'> }): Promise<void>;
}

export interface SessionOptions {
  key: SealingKey;
  clock: Clock;
  /** What a person waits for goes before what nobody waits for. */
  urgency: 'interactive' | 'background';
}

/** Opens the tenant's connection. Throws AppError('not_found') before one is made. */
export async function openSession(db: Db, tenantId: string, { key }: SessionOptions): Promise<CrmSession> {
  const { secrets, ...connection } = await db.tenant(tenantId, tx => openConnection(tx, key));
  return withToken(connection, secrets.accessToken);
}

/** A session over a token that does not change and no limit: for a first look at an account, and for tests. */
export const withToken = <C extends object>(connection: C, accessToken: string) => ({
  ...connection,
  token: () => Promise.resolve(accessToken),
  pass: () => Promise.resolve(),
  heard: () => Promise.resolve(),
});
