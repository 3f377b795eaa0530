import { audit, sequence, verify } from '#lib/decisions/decisions.ts';
import { newId } from '#lib/platform/ids.ts';
import { emptyCopy, type Bare } from './bare.ts';
import { figure, type Figure } from './figure.ts';
import { msOf, p50, ratesInTurn, type Pair } from './measure.ts';
import { connections, type Place } from './place.ts';

const tenant = 'bench-ledger';
const perRound = 1000;
const batch = 2000;

/** Entries appended each in a transaction of its own, put into the tree in batches, and proved. */
export async function benchLedger(place: Place): Promise<Figure[]> {
  const { db, bare } = await place.postgres();
  const copy = await emptyCopy(bare, 'audit_log');
  const now = new Date();
  const append = (i: number) =>
    db.tenant(tenant, tx =>
      audit(tx, 'service:bench', now, {
        kind: 'answered',
        decisionId: `dec_${i}`,
        public: { answer: 'approve', changesHash: 'c'.repeat(64) },
        private: { reason: `reason ${i}`, until: null, suggestionHash: 's'.repeat(64) },
      }),
    );
  const insert = (i: number) =>
    bare`insert into ${bare(copy)} ${bare({
      tenant_id: tenant,
      id: newId('aud'),
      at: now,
      kind: 'answered',
      decision_id: `dec_${i}`,
      actor: 'service:bench',
      entry: bare.json({ answer: 'approve', changesHash: 'c'.repeat(64), private: 'p'.repeat(64) }),
      leaf: 'l'.repeat(64),
    })}`;
  const appended = await ratesInTurn({ ours: append, bare: insert }, { count: perRound, lanes: connections });
  await bare.unsafe('analyze');

  let entries = 0;
  const sequenced = await msOf(async () => {
    for (let left = 1; left > 0;) {
      const done = await db.tenant(tenant, tx => sequence(tx, batch));
      entries += done.sequenced;
      left = done.left;
    }
  });
  const batched = entries;
  const copied = await msOf(() => copyLeaves(bare));
  const leaf = await oneLeaf(bare);
  const one: Pair<number[]> = { ours: [], bare: [] };
  for (let i = 0; i < 30; i++) {
    await append(i);
    one.ours.push(await msOf(() => db.tenant(tenant, tx => sequence(tx, batch))));
    one.bare.push(await msOf(() => leaf(i)));
    entries += 1;
  }
  let last = await db.tenant(tenant, verify);
  const verified = await msOf(async () => {
    last = await db.tenant(tenant, verify);
  });
  const read = await msOf(() => readEntries(bare));
  if (!last.ok || last.entries !== entries) throw new Error(`the ledger does not hold: ${last.problems[0]}`);
  const rate = (milliseconds: number, of = entries) => (1000 * of) / milliseconds;
  return [
    figure(
      `entries appended on ${connections} connections`,
      appended.ours,
      'per second',
      { what: 'a bare insert', value: appended.bare },
      'a transaction each',
    ),
    figure('entries put into the tree', rate(sequenced, batched), 'per second', {
      what: `bare inserts of ${batch} leaves`,
      value: rate(copied, batched),
    }),
    figure(`one new entry put into a tree of ${entries}`, p50(one.ours), 'ms', {
      what: 'a bare insert of its leaf',
      value: p50(one.bare),
    }),
    figure('entries verified', rate(verified), 'per second', {
      what: 'reading the same rows',
      value: rate(read),
    }),
  ];
}

async function copyLeaves(bare: Bare): Promise<void> {
  const copy = await emptyCopy(bare, 'ledger_leaves');
  const leaves = await bare`select * from ledger_leaves where tenant_id = ${tenant} order by seq`;
  for (let from = 0; from < leaves.length; from += batch)
    await bare`insert into ${bare(copy)} ${bare(leaves.slice(from, from + batch))}`;
}

async function oneLeaf(bare: Bare): Promise<(i: number) => Promise<unknown>> {
  const copy = await emptyCopy(bare, 'ledger_leaves');
  return async i =>
    bare`insert into ${bare(copy)} ${bare({ tenant_id: tenant, seq: i, audit_id: `aud_${i}`, leaf: 'l'.repeat(64) })}`;
}

const readEntries = (bare: Bare) =>
  bare`select * from ledger_leaves join audit_log using (tenant_id) join audit_private using (tenant_id, audit_id)
    where tenant_id = ${tenant} and audit_log.id = ledger_leaves.audit_id order by seq`;
