import type { TenantTx } from '#lib/platform/db.ts';
import { canonicalJson, commit, hashOf } from '#lib/platform/hash.ts';
import { append, emptyFrontier, leafHash, rootOf, type Frontier } from './merkle.ts';
import { lockTree } from './store-ledger.ts';
import * as store from './store-verify.ts';

export interface Verification {
  /** Entries with a place in the tree. */
  entries: number;
  ok: boolean;
  root: string;
  /** Entries recorded that the sequencer has not reached yet; their own hashes are checked all the same. */
  unsequenced: number;
  /** Entries whose private part was erased: verifiable still, by their commitment. */
  erased: number;
  /** Decisions whose commitment was erased with a private part: nothing proves any more what is stored of them. */
  unproven: number;
  problems: string[];
}

/**
 * Rebuilds the whole tree from the entries and holds it against every head, commitment and recorded decision. What a
 * head does not cover yet can be checked by itself only: that one of the newest entries was removed is not seen.
 */
export async function verify(tx: TenantTx): Promise<Verification> {
  await lockTree(tx);
  const tree = await verifyTree(tx);
  const waiting = await verifyWaiting(tx);
  const decisions = await verifyDecisions(tx);
  const strays = (await store.strayPrivates(tx)).map(
    id => `entry ${id}: its private part is kept, and it is not there`,
  );
  const problems = [...tree.problems, ...waiting.problems, ...strays, ...decisions.problems];
  return {
    entries: tree.frontier.size,
    ok: problems.length === 0,
    root: rootOf(tree.frontier),
    unsequenced: waiting.count,
    erased: tree.erased + waiting.erased,
    unproven: decisions.unproven,
    problems,
  };
}

async function verifyTree(tx: TenantTx) {
  const problems: string[] = [];
  const heads = await store.allHeads(tx);
  let frontier: Frontier = emptyFrontier;
  let erased = 0;
  let covered = 0;
  for await (const { seq, auditId, treeLeaf, entry } of store.leavesInOrder(tx)) {
    if (seq !== frontier.size) problems.push(`entry ${auditId}: place ${seq} where ${frontier.size} was due`);
    if (!entry) problems.push(`entry ${auditId}: it has a place in the tree, and is not there`);
    else {
      problems.push(...problemsOf(entry));
      if (entry.salt === null) erased += 1;
    }
    const leaf = entry ? leafOf(entry) : treeLeaf;
    if (treeLeaf !== leaf) problems.push(`entry ${auditId}: the tree holds another hash`);
    frontier = append(frontier, leaf);
    const [head] = heads;
    if (head?.size !== frontier.size) continue;
    heads.shift();
    const matches =
      head.root === rootOf(frontier) &&
      hashOf(head.frontier) === hashOf(frontier.nodes) &&
      head.previous === covered &&
      (!entry || head.at === entry.at);
    if (!matches)
      problems.push(`tree of ${head.size} entries: its head is not the one that these entries give`);
    covered = head.size;
  }
  if (covered !== frontier.size)
    problems.push(`tree of ${frontier.size} entries: its head is missing, the last one covers ${covered}`);
  for (const { size } of heads)
    problems.push(`a head over ${size} entries is recorded, and it has no such place in the tree`);
  return { problems, frontier, erased };
}

async function verifyWaiting(tx: TenantTx) {
  const problems: string[] = [];
  let [count, erased] = [0, 0];
  for await (const entry of store.entriesWithoutPlace(tx)) {
    problems.push(...problemsOf(entry));
    count += 1;
    if (entry.salt === null) erased += 1;
  }
  return { problems, count, erased };
}

const leafOf = ({ entry }: store.StoredEntry): string => leafHash(canonicalJson(entry));

/** What does not fit together within one entry. */
function problemsOf(row: store.StoredEntry): string[] {
  const problems: string[] = [];
  if (leafOf(row) !== row.leaf) problems.push(`entry ${row.id}: its content does not match its hash`);
  const { id, at, kind, decisionId, actor } = row;
  if (Object.entries({ id, at, kind, decisionId, actor }).some(([name, value]) => row.entry[name] !== value))
    problems.push(`entry ${id}: its columns do not match what was hashed`);
  if (row.salt !== null && commit(row.salt, row.value) !== row.entry['private'])
    problems.push(`entry ${id}: its private part does not match the commitment`);
  return problems;
}

async function verifyDecisions(tx: TenantTx) {
  const problems: string[] = [];
  let unproven = 0;
  for await (const decision of store.decisionsWithCommitments(tx)) {
    const { id, lineage, suggestion, changesHash, committed } = decision;
    const expected = suggestion.outcome === 'propose' ? hashOf(suggestion.changes) : null;
    if (changesHash !== expected) problems.push(`decision ${id}: its changes are not those of their hash`);
    if (!committed.recorded) {
      problems.push(`decision ${id}: the ledger does not know it`);
      continue;
    }
    if (committed.lineage === null || committed.suggestion === null) unproven += 1;
    if (committed.lineage !== null && committed.lineage !== hashOf(lineage))
      problems.push(`decision ${id}: its lineage was changed`);
    if (committed.suggestion !== null && committed.suggestion !== hashOf(suggestion))
      problems.push(`decision ${id}: its suggestion was changed`);
  }
  for (const id of await store.decisionsGone(tx))
    problems.push(`decision ${id}: recorded in the ledger, and not there`);
  return { problems, unproven };
}
