import type { SObject } from '../model/sobject.ts';
import type { Actor, Org } from '../org.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { Fields, Row } from '../store/rows.ts';
import { queueOutbound } from './outbound-queue.ts';

export type ChangeType =
  | 'CREATE'
  | 'UPDATE'
  | 'DELETE'
  | 'UNDELETE'
  | 'GAP_CREATE'
  | 'GAP_UPDATE'
  | 'GAP_DELETE'
  | 'GAP_UNDELETE'
  | 'GAP_OVERFLOW';

/** A change event as it is kept: names of fields and plain values; the wire's forms are made on delivery. */
export type ChangeEvent = {
  entityName: string;
  recordIds: string[];
  changeType: ChangeType;
  changeOrigin: string;
  transactionKey: string;
  sequenceNumber: number;
  /** Milliseconds since 1970. */
  commitTimestamp: number;
  commitNumber: number;
  commitUser: string;
  nulledFields: string[];
  changedFields: string[];
  fields: Fields;
};

/** Events can be read again for this long. */
export const RETENTION_MS = 72 * 3_600_000;
const FIRST_REPLAY = 5_120_000;

/** The newest replay id, or where the stream will begin. Kept in memory: an undone write only leaves a gap. */
export function latestReplay(org: Org): number {
  if (org.lastReplay === undefined) {
    const kept = org.store.get('SELECT max(replay) AS replay FROM sf_event')?.['replay'];
    const before = readSetting<number>(org.store, 'last-replay') ?? FIRST_REPLAY;
    org.lastReplay = Math.max(Number(kept ?? 0), before);
  }
  return org.lastReplay;
}

/** Replay ids only grow; gaps between them mean nothing. */
export function appendEvent(org: Org, event: ChangeEvent): void {
  const last = latestReplay(org);
  const replay = last + 2 + ((last * 7919) % 23);
  org.lastReplay = replay;
  org.store.run(
    'INSERT INTO sf_event VALUES (?, ?, ?, ?)',
    replay,
    event.entityName,
    event.commitTimestamp,
    JSON.stringify(event),
  );
}

/** The newest replay id whose event is past its retention; who resumes before it has missed something. */
export function lastLost(org: Org): number {
  const sql = 'SELECT max(replay) AS replay FROM sf_event WHERE at < ?';
  const kept = org.store.get(sql, org.store.now() - RETENTION_MS)?.['replay'];
  return Math.max(Number(kept ?? 0), readSetting<number>(org.store, 'pruned-replay') ?? 0);
}

/** Forgets events that are past their retention, but never how far replay ids had come. */
export function pruneEvents(org: Org): void {
  writeSetting(org.store, 'last-replay', latestReplay(org));
  writeSetting(org.store, 'pruned-replay', lastLost(org));
  org.store.run('DELETE FROM sf_event WHERE at < ?', org.store.now() - RETENTION_MS);
}

/** What a change event of this object can carry; the id and system stamps stand in its header. */
export function eventFields(object: SObject): SObject['fields'] {
  const left = new Set(['Id', 'IsDeleted', 'SystemModstamp']);
  const isPerson = object.fields.some(({ compound }) => compound === 'Name');
  return object.fields.filter(
    ({ name, calculated }) => !left.has(name) && !calculated && !(isPerson && name === 'Name'),
  );
}

function difference(object: SObject, before: Fields, after: Fields) {
  const changed = eventFields(object).filter(
    ({ name }) =>
      name === 'LastModifiedDate' || // Even within the same second.
      ((before[name] ?? null) !== (after[name] ?? null) && name !== 'LastModifiedById'),
  );
  const names = changed.map(({ name }) => name);
  return { names, nulled: names.filter(name => (after[name] ?? null) === null) };
}

/** Puts a record's change into the event log and, where an outbound message asks for it, into that queue. */
export function logChange(
  org: Org,
  actor: Actor,
  object: SObject,
  changeType: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE',
  before: Row | undefined,
  after: Row,
): void {
  if (changeType === 'CREATE' || changeType === 'UPDATE') queueOutbound(org, object, after);
  const { transaction } = org;
  if (!object.tracked || !transaction) return;
  transaction.sequence += 1;
  const { names, nulled } =
    changeType === 'UPDATE' ? difference(object, before!.fields, after.fields) : { names: [], nulled: [] };
  const carried =
    changeType === 'UPDATE'
      ? names
      : changeType === 'DELETE'
        ? []
        : eventFields(object).map(({ name }) => name);
  const gap = org.faults.gaps > 0;
  if (gap) org.faults.gaps -= 1;
  appendEvent(org, {
    entityName: object.name,
    recordIds: [after.id],
    changeType: gap ? `GAP_${changeType}` : changeType,
    changeOrigin: actor.origin,
    transactionKey: transaction.key,
    sequenceNumber: transaction.sequence,
    commitTimestamp: Math.floor(transaction.at / 1000) * 1000,
    commitNumber: transaction.commitNumber,
    commitUser: actor.userId,
    nulledFields: gap ? [] : nulled,
    changedFields: gap ? [] : names,
    fields: gap ? {} : Object.fromEntries(carried.map(name => [name, after.fields[name] ?? null])),
  });
}

/** A gap as it comes when Salesforce could not make the events: for some records, or for a whole object. */
export function appendGap(org: Org, object: SObject, changeType: ChangeType, recordIds: string[]): void {
  appendEvent(org, {
    entityName: object.name,
    recordIds: changeType === 'GAP_OVERFLOW' ? ['000000000000000AAA'] : recordIds,
    changeType,
    changeOrigin: '',
    transactionKey: crypto.randomUUID(),
    sequenceNumber: 1,
    commitTimestamp: Math.floor(org.store.now() / 1000) * 1000,
    commitNumber: 1,
    commitUser: '',
    nulledFields: [],
    changedFields: [],
    fields: {},
  });
}
