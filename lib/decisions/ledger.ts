import { storable } from '#lib/core/storable.ts';
import { toInstant } from '#lib/core/time.ts';
import { canonicalJson, commit, newSalt } from '#lib/platform/hash.ts';
import { newId } from '#lib/platform/ids.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { AuditEvent } from './audit-event.ts';
import { append, emptyFrontier, leafHash, rootOf, type Frontier } from './merkle.ts';
import * as store from './store-ledger.ts';

/**
 * Adds an entry in the caller's transaction. The entry is hashed here; its place in the tree is given later by
 * `sequence`, so that concurrent decisions do not wait for each other.
 */
export async function audit(tx: TenantTx, actor: string, now: Date, event: AuditEvent): Promise<string> {
  const id = newId('aud');
  const salt = newSalt();
  const at = toInstant(now);
  const value = storable(event.private);
  const entry = {
    v: 1,
    id,
    at,
    kind: event.kind,
    decisionId: event.decisionId,
    actor,
    ...event.public,
    private: commit(salt, value),
  };
  await store.insertEntry(tx, {
    id,
    at,
    kind: event.kind,
    decisionId: event.decisionId,
    actor,
    entry,
    leaf: leafHash(canonicalJson(entry)),
    salt,
    value,
  });
  return id;
}

/** Puts the entries that have no place yet into the tree, oldest first; returns how many are left. */
export async function sequence(tx: TenantTx, batch = 2000): Promise<{ sequenced: number; left: number }> {
  await store.lockTree(tx);
  const head = await store.newestHead(tx);
  const waiting = await store.unsequenced(tx, batch + 1);
  const taken = waiting.slice(0, batch);
  const newest = taken.at(-1);
  if (!newest) return { sequenced: 0, left: 0 };
  let frontier: Frontier = head ? { size: head.size, nodes: head.frontier } : emptyFrontier;
  const leaves = taken.map(({ id, leaf }) => {
    const place = { seq: frontier.size, auditId: id, leaf };
    frontier = append(frontier, leaf);
    return place;
  });
  await store.insertLeaves(tx, leaves);
  await store.insertHead(tx, {
    size: frontier.size,
    root: rootOf(frontier),
    frontier: frontier.nodes,
    previous: head?.size ?? 0,
    at: newest.at,
  });
  return { sequenced: taken.length, left: waiting.length - taken.length };
}
