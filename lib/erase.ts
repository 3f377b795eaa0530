import { AppError } from '#lib/core/errors.ts';
import type { ErasureReceipt, Erased, Mark, Whom } from '#lib/core/erasure.ts';
import { marksOf } from '#lib/core/marks-of.ts';
import type { LegalHold } from '#lib/core/privacy-records.ts';
import { serviceScope, type Scope } from '#lib/core/scope.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import { enqueue } from '#lib/jobs/define.ts';
import { erase as eraseJobs } from '#lib/jobs/store-erase.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { hashOf, sha256 } from '#lib/platform/hash.ts';
import { newId } from '#lib/platform/ids.ts';
import { findPerson, allRecordsOf, type PersonRecords } from './find-person.ts';
import type { Flow } from './flow.ts';
import { mayAct, mayDo } from './may.ts';
import { stages, type Stages } from './stages.ts';

/** Tells whether it was this person, to who knows the record. */
const hashOfPerson = (tenantId: string, subject: Subject): string =>
  sha256(`${tenantId}\n${subjectKey(subject)}`);

/**
 * Removes a person from everything that is held, in one transaction, and proves it by a search of every table. `who`: a
 * subject key or an e-mail address. Throws AppError('forbidden'), AppError('not_found'), AppError('conflict') naming the
 * legal hold that forbids it, or the places where the person was still found: then nothing was erased.
 */
export async function erase(
  flow: Flow,
  scope: Scope,
  who: string,
  s: Stages = stages,
): Promise<ErasureReceipt> {
  return flow.db.erasing(scope.tenantId, async tx => {
    await mayDo(tx, scope, 'view_privacy', s);
    await s.ingest.holdStoring(tx);
    const person = await findPerson(tx, who, s);
    await mayAct(tx, scope, 'erase', person[0], s);
    const [hold] = await holdsAround(tx, person, toInstant(flow.now()), s);
    if (hold) throw new AppError('conflict', sentenceOf(hold, person), { hold: hold.id });
    return carryOut(tx, scope, { person, origin: 'asked', erasure: newId('era') }, flow, s);
  });
}

/** Holds on the person, and on others with whom what would be made unreadable is shared. */
async function holdsAround(
  tx: TenantTx,
  person: PersonRecords,
  at: Instant,
  s: Stages,
): Promise<LegalHold[]> {
  const others = await s.ingest.peopleSharing(tx, person);
  return s.privacy.holdsOn(tx, [...person, ...others], at);
}

function sentenceOf({ subject, endsAt, byName, reason }: LegalHold, person: PersonRecords): string {
  const isTheirs = person.some(one => subjectKey(one) === subjectKey(subject));
  const who = isTheirs
    ? 'This person'
    : `Somebody with whom this person shares an activity (${subjectKey(subject)})`;
  return (
    `${who} is under legal hold until ${endsAt.slice(0, 10)} (put by ${byName}: ${reason}). ` +
    'Nothing was erased: wait until it ends, or let an admin lift it.'
  );
}

/** Notes that the CRM deleted a person for good: carried out by a job, at once or when the last hold on them ends. */
export async function eraseSoon(tx: TenantTx, subject: Subject, flow: Flow, s: Stages): Promise<void> {
  const at = toInstant(flow.now());
  await s.privacy.noteDue(tx, {
    id: newId('era'),
    subject,
    personHash: hashOfPerson(tx.tenantId, subject),
    origin: 'crm',
    by: serviceScope(tx.tenantId).actor.id,
    at,
  });
  await enqueue(tx, 'erase', {}, { key: tx.tenantId, priority: 5 });
}

/**
 * Carries out what is due and no hold forbids; says how many were erased, and how many wait. One that fails does not stop
 * the others, and is thrown at the end. What the CRM deleted is followed over its own merges alone: that other records are
 * the same person is our guess or a user's word, on which nothing is erased unasked.
 */
export async function eraseDue(
  flow: Flow,
  scope: Scope,
  s: Stages = stages,
): Promise<{ erased: number; waiting: number }> {
  const { tenantId } = scope;
  const due = await flow.db.tenant(tenantId, tx => s.privacy.dueErasures(tx));
  const done = { erased: 0, waiting: 0 };
  const failures: unknown[] = [];
  for (const one of due) {
    try {
      done[(await eraseOne(flow, scope, one, s)) ? 'erased' : 'waiting'] += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return done;
}

/** False where a hold forbids it: then it is tried again when that ends. */
const eraseOne = (
  flow: Flow,
  scope: Scope,
  { id, subject, origin }: { id: string; subject: Subject; origin: 'asked' | 'crm' },
  s: Stages,
): Promise<boolean> =>
  flow.db.erasing(scope.tenantId, async tx => {
    await s.ingest.holdStoring(tx);
    const now = toInstant(flow.now());
    const person =
      origin === 'crm' ? await s.graph.livesOf(tx, subject, now) : await allRecordsOf(tx, subject, s);
    await mayAct(tx, scope, 'erase', subject, s);
    const [last] = await holdsAround(tx, person, now, s);
    if (!last) {
      await carryOut(tx, scope, { person, origin, erasure: id }, flow, s);
      return true;
    }
    await enqueue(tx, 'erase', {}, { key: `${scope.tenantId} ${id}`, startAfter: new Date(last.endsAt) });
    return false;
  });

async function carryOut(
  tx: TenantTx,
  scope: Scope,
  { person, origin, erasure: id }: { person: PersonRecords; origin: 'asked' | 'crm'; erasure: string },
  flow: Flow,
  s: Stages,
): Promise<ErasureReceipt> {
  const now = flow.now();
  const at = toInstant(now);
  const { marks, nameParts } = marksOf(await s.graph.valuesOf(tx, person));
  const own = await s.graph.ownMarks(tx, person, marks);
  const { alone, shared } = await s.graph.activitiesOf(tx, person);
  const whom: Whom = { subjects: person, activities: alone, shared, marks: own, nameParts };
  const stillInCrm = await s.graph.isStillThere(tx, person);
  const before = await lookFor(tx, own, flow, s);
  await endWaiting(tx, scope, person, now, s);
  const erased = await eraseFromAll(tx, whom, flow, s);
  const after = await lookFor(tx, own, flow, s);
  if (after.hits.length > 0)
    throw new AppError(
      'conflict',
      `The person was still found after everything known was erased, so nothing was erased: ${after.hits
        .map(hit => `${hit.table}.${hit.column} (${hit.rows})`)
        .join(', ')}. This is a fault of Sidecard.`,
      { hits: after.hits },
    );
  const personHash = hashOfPerson(tx.tenantId, person[0]);
  const receipt: ErasureReceipt = {
    id,
    at,
    personHash,
    origin,
    erased,
    search: {
      tables: after.tables,
      columns: after.columns,
      rows: after.rows,
      marks: own.length,
      before: before.hits.reduce((sum, hit) => sum + hit.rows, 0),
      hits: after.hits,
    },
    sharedMarks: marks.length - own.length,
    stillInCrm,
    notes: notesOn({ stillInCrm, sharedMarks: marks.length - own.length, shared: shared.length }),
  };
  await s.privacy.settle(tx, { id, personHash, origin, by: scope.actor.id, at }, receipt);
  const rows = Object.values(erased).reduce((sum, count) => sum + count, 0);
  await s.decisions.audit(tx, scope.actor.id, now, {
    kind: 'person-erased',
    decisionId: null,
    public: { erasure: id, origin, rows, searched: after.rows, receipt: hashOf(receipt) },
    private: {},
  });
  await enqueue(tx, 'sequence', {}, { key: tx.tenantId });
  return receipt;
}

/** Every table's words, and what is sealed in them. */
async function lookFor(tx: TenantTx, marks: readonly Mark[], flow: Flow, s: Stages) {
  const found = await s.privacy.search(tx, marks);
  const sealed = await s.ingest.searchVersions(tx, flow.sealingKey, marks);
  return { ...found, hits: [...found.hits, ...sealed.hits] };
}

/** What waits for a person's answer about somebody who is no more ends, on the record. */
async function endWaiting(
  tx: TenantTx,
  scope: Scope,
  person: PersonRecords,
  now: Date,
  s: Stages,
): Promise<void> {
  for (const waiting of await s.decisions.waitingFor(tx, person))
    await s.decisions.moveStatus(
      tx,
      scope,
      waiting,
      { from: ['open', 'snoozed', 'parked'], to: 'expired', reason: 'The person was erased.' },
      now,
    );
}

/** Each stage erases what is its own. */
async function eraseFromAll(tx: TenantTx, whom: Whom, flow: Flow, s: Stages): Promise<Erased> {
  const at = toInstant(flow.now());
  const decisionIds = await s.decisions.decisionsAbout(tx, whom.subjects);
  return {
    ...(await s.writeback.erase(tx, whom, decisionIds)),
    ...(await s.decisions.erase(tx, whom, at)),
    ...(await s.memory.erase(tx, whom)),
    ...(await s.features.erase(tx, whom)),
    ...(await s.pipeline.erase(tx, whom)),
    ...(await s.ingest.erase(tx, whom, { at, sealingKey: flow.sealingKey })),
    ...(await s.graph.erase(tx, whom, at)),
    ...(await s.privacy.erase(tx, whom)),
    ...(await eraseJobs(tx, whom)),
  };
}

function notesOn({
  stillInCrm,
  sharedMarks,
  shared,
}: {
  stillInCrm: boolean;
  sharedMarks: number;
  shared: number;
}): string[] {
  const notes = [];
  if (stillInCrm)
    notes.push(
      'The CRM still has this person: delete the record there too. Sidecard reads nothing of it any more.',
    );
  if (sharedMarks > 0)
    notes.push(
      `${sharedMarks} of the person’s names, numbers or addresses are another’s too, so they stay where they are that one’s.`,
    );
  if (shared > 0)
    notes.push(`${shared} activities are with others too: they stay, without what names this person.`);
  return notes;
}
