import { toInstant } from '#lib/core/time.ts';
import { canonicalJson, commit, newSalt } from '#lib/platform/hash.ts';
import { newId } from '#lib/platform/ids.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { AuditEvent } from './audit-event.ts';
import { append, leafHash, rootOf, type Frontier } from './merkle.ts';
import * as store from './store-ledger.ts';

/**
 * Adds an entry in the caller's transaction. The entry is hashed here; its place in the tree is given later by
 * `sequence`, so that concurrent decisions do not wait for each other.
 */
export async function audit(tx: TenantTx, actor: string, now: Date, event: AuditEvent): Promise<string> {
  const id = newId('aud');
  const salt = newSalt();
  const at = toInstant(now);
  const entry = {
    v: 1,
    id,
    at,
    kind: event.kind,
    decisionId: event.decisionId,
    actor,
    ...event.public,
    private: commit(salt, event.private),
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
    value: event.private,
  });
  return id;
}

/** Puts the entries that have no place yet into the tree, oldest first; returns how many are left. */
export async function sequence(
  tx: TenantTx,
  now: Date,
  batch = 2000,
): Promise<{ sequenced: number; left: number }> {
  await store.lockTree(tx);
  const head = await store.newestHead(tx);
  const waiting = await store.unsequenced(tx, batch + 1);
  const taken = waiting.slice(0, batch);
  if (taken.length === 0) return { sequenced: 0, left: 0 };
  let frontier: Frontier = head ? { size: head.size, nodes: head.frontier } : { size: 0, nodes: [] };
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
    at: toInstant(now),
  });
  return { sequenced: taken.length, left: waiting.length - taken.length };
}

export interface Verification {
  entries: number;
  ok: boolean;
  root: string;
  /** Entries recorded that the sequencer has not reached yet; their own hashes are checked all the same. */
  unsequenced: number;
  /** Entries whose private part was erased: verifiable still, by their commitment. */
  erased: number;
  problems: string[];
}

/** Rebuilds the whole tree from the entries and holds it against every head, commitment and recorded decision. */
export async function verify(tx: TenantTx): Promise<Verification> {
  const problems: string[] = [];
  const heads = new Map((await store.allHeads(tx)).map(head => [head.size, head.root]));
  let frontier: Frontier = { size: 0, nodes: [] };
  let erased = 0;
  for await (const row of store.entriesInOrder(tx)) {
    const leaf = leafHash(canonicalJson(row.entry));
    if (leaf !== row.leaf) problems.push(`entry ${row.id}: its content does not match its hash`);
    if (
      row.entry['id'] !== row.id ||
      row.entry['kind'] !== row.kind ||
      row.entry['decisionId'] !== row.decisionId
    )
      problems.push(`entry ${row.id}: its columns do not match what was hashed`);
    if (row.salt === null) erased += 1;
    else if (commit(row.salt, row.value) !== row.entry['private'])
      problems.push(`entry ${row.id}: its private part does not match the commitment`);
    if (row.seq === null) continue;
    if (row.seq !== frontier.size)
      problems.push(`entry ${row.id}: place ${row.seq} where ${frontier.size} was due`);
    if (row.treeLeaf !== leaf) problems.push(`entry ${row.id}: the tree holds another hash`);
    frontier = append(frontier, leaf);
    const expected = heads.get(frontier.size);
    if (expected !== undefined && expected !== rootOf(frontier))
      problems.push(`tree of ${frontier.size} entries: the root is not the recorded one`);
    heads.delete(frontier.size);
  }
  for (const size of heads.keys())
    problems.push(`a head over ${size} entries is recorded, and the entries are not there`);
  problems.push(...(await store.decisionsThatDiffer(tx)));
  return {
    entries: frontier.size,
    ok: problems.length === 0,
    root: rootOf(frontier),
    unsequenced: await store.countUnsequenced(tx),
    erased,
    problems,
  };
}
