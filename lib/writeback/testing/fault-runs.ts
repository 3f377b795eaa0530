import { AppError, isRetryable } from '#lib/core/errors.ts';
import type { Receipt } from '#lib/core/answer.ts';
import type { Change } from '#lib/core/proposal.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { CrmSession } from '#lib/crm/session.ts';
import type { Db } from '#lib/platform/db.ts';
import { apply, undo } from '../writeback.ts';
import { drawFrom, type Draw } from '#lib/platform/testing/draw.ts';
import { Killed, mortal } from '#lib/platform/testing/dying.ts';
import type { Fault, FaultName, FaultPlace } from './place.ts';

const tenantId = 'faults';
const now = new Date('2026-11-20T10:00:00.000Z');

export interface FaultRun {
  crm: FaultPlace['crm'];
  seed: number;
  kind: Change['kind'];
  undone: boolean;
  fault: FaultName;
  /** How often workers died. */
  deaths: number;
  attempts: number;
}

/**
 * One seeded run: a change is applied (and perhaps undone) while requests fail and workers die, by
 * attempts that know nothing of each other but what the database and the CRM keep. Then everything heals, one more
 * attempt is made, and the CRM must hold the intended effect exactly once. Throws an Error that says what is wrong.
 */
async function runWithFaults(db: Db, place: FaultPlace, seed: number): Promise<FaultRun> {
  const draw = drawFrom(seed);
  const { kind, fault } = cellOf(place, seed);
  const undone = draw.chance(0.5);
  const subject = await place.person();
  const change = changeOf(kind, subject, place, seed);
  const decision = { id: `dec_${place.crm}_${seed}`, tenantId, suggestion: { agent: 'follow-up' } };
  const run: FaultRun = { crm: place.crm, seed, kind, undone, fault, deaths: 0, attempts: 0 };

  const applied = (one: Db, session: CrmSession) =>
    apply(one, place.writer(session), { decision, changes: [change], approvedBy: 'Dana', now });
  const receipts = await persist(place, db, draw, run, fault, applied);
  await expectEffect(place, change, 'applied');
  if (undone) {
    const reverted = (one: Db, session: CrmSession) =>
      undo(one, place.writer(session), { decision, receipts, by: 'Dana', now });
    await persist(place, db, draw, run, fault, reverted);
    await expectEffect(place, change, 'undone');
  }
  return run;
}

/** Makes the runs of some seeds, and tells of each as it ends. Throws an Error that names the seed that went wrong. */
export async function runSeeds(
  db: Db,
  place: FaultPlace,
  { from = 1, count, ended }: { from?: number; count: number; ended?: (run: FaultRun) => void },
): Promise<FaultRun[]> {
  const runs: FaultRun[] = [];
  for (let seed = from; seed < from + count; seed++) {
    const run = await runWithFaults(db, place, seed).catch((error: unknown) => {
      throw new Error(`${place.crm}, seed ${seed}: ${(error as Error).message}`, { cause: error });
    });
    runs.push(run);
    ended?.(run);
  }
  return runs;
}

const kinds = ['task', 'note', 'field', 'assignment'] as const;

/** How many seeds in a row meet every kind of write with every fault. */
export const tableSize = (place: FaultPlace): number => kinds.length * place.faults.size;

function cellOf({ faults }: FaultPlace, seed: number): { kind: Change['kind']; fault: FaultName } {
  const fault = [...faults.keys()][seed % faults.size];
  const kind = kinds[Math.floor(seed / faults.size) % kinds.length];
  if (fault === undefined || kind === undefined) throw new RangeError(`seed ${seed} is none`);
  return { kind, fault };
}

function faultOf(place: FaultPlace, name: FaultName): Fault {
  const fault = place.faults.get(name);
  if (fault === undefined) throw new RangeError(`no fault ${name}`);
  return fault;
}

type Work = (db: Db, session: CrmSession) => Promise<{ receipts: Receipt[] }>;

/** Tries while things fail, sometimes two workers at once, and once more when they no longer do. */
async function persist(
  place: FaultPlace,
  db: Db,
  draw: Draw,
  run: FaultRun,
  fault: FaultName,
  work: Work,
): Promise<Receipt[]> {
  const seed = draw.below(1e6);
  const once = { nth: 1 + draw.below(3), seed };
  const order = faultOf(place, fault);
  await order.strike(
    order.once ? once : draw.one([once, { times: 1 + draw.below(3), seed }, { probability: 0.5, seed }]),
  );
  for (let left = 1 + draw.below(4); left > 0; left--) {
    const workers = draw.chance(0.2) ? 2 : 1;
    const lives = Array.from({ length: workers }, () => mortal(draw.chance(0.7) ? draw.below(14) : null));
    const ends = await Promise.allSettled(
      lives.map(life => work(life.db(db), life.session(place.session()))),
    );
    run.attempts += workers;
    for (const end of ends)
      if (end.status === 'rejected') {
        if (end.reason instanceof Killed) run.deaths += 1;
        else if (!isRetryable(end.reason)) throw unexpected(end.reason);
      }
  }
  await place.heal();
  run.attempts += 1;
  return (await work(db, place.session())).receipts;
}

const unexpected = (reason: unknown): Error =>
  reason instanceof AppError
    ? new Error(`given up for good by a fault that passes: ${reason.message}`, { cause: reason })
    : new Error('a bug, not a fault', { cause: reason });

async function expectEffect(place: FaultPlace, change: Change, now: 'applied' | 'undone'): Promise<void> {
  if (change.kind === 'task' || change.kind === 'note') {
    const object = change.kind === 'task' ? 'tasks' : 'notes';
    equal(`${object} created in all`, await place.everCreated(object, change.id), 1);
    equal(`live ${object}`, await place.created(object, change.id), now === 'applied' ? 1 : 0);
    return;
  }
  const field = change.kind === 'field' ? change.field : place.ownerField;
  const wanted = now === 'applied' ? [change.from, change.to] : [change.from, change.to, change.from];
  equal(`values of ${field}`, (await place.held(change.subject, field)).join(' → '), wanted.join(' → '));
}

function equal(what: string, found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`${what}: ${String(found)}, and not ${String(wanted)}`);
}

function changeOf(kind: Change['kind'], subject: Subject, place: FaultPlace, seed: number): Change {
  const base = { id: `chg_${place.crm}_${seed}`, subject };
  switch (kind) {
    case 'task':
      return {
        ...base,
        kind,
        channel: 'call',
        title: 'Call her',
        body: 'About prices',
        draft: null,
        dueAt: '2026-12-01T09:00:00.000Z',
        ownerId: null,
      };
    case 'note':
      return { ...base, kind, body: 'She asked about prices.' };
    case 'field':
      return { ...base, kind, field: place.field, from: 'Buyer', to: 'Head of buying' };
    case 'assignment':
  }
  return { ...base, kind, from: place.owners[0], to: place.owners[1] };
}
