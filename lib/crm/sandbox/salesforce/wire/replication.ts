import type { SObject } from '../model/sobject.ts';
import type { Org } from '../org.ts';
import { SalesforceRefusal } from '../refusal.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** How far back each kind of change is known. */
const KNOWN = { updated: 30 * DAY, deleted: 15 * DAY };
const MOST = 600_000;

const wire = (iso: string) => iso.replace(/Z$/, '+0000');

/** Whole minutes: the seconds of a moment given here are ignored. */
function readMinute(name: string, value: string | undefined): number {
  const at = Date.parse((value ?? '').replace(' ', '+').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(at)) {
    const message =
      value === undefined ? `Required parameter missing: ${name}` : `${name} date is invalid: ${value}`;
    throw new SalesforceRefusal(
      value === undefined ? 'MISSING_ARGUMENT' : 'INVALID_REPLICATION_DATE',
      message,
    );
  }
  return Math.floor(at / MINUTE) * MINUTE;
}

/** The records of an object that changed, or went, from `start` until before `end` (ISO 8601). */
export function changedBetween(
  org: Org,
  object: SObject,
  what: 'updated' | 'deleted',
  start: string | undefined,
  end: string | undefined,
): object {
  const [from, until] = [readMinute('start', start), readMinute('end', end)];
  const now = org.store.now();
  if (until - from < MINUTE) {
    throw new SalesforceRefusal(
      'INVALID_REPLICATION_DATE',
      'The end date must be at least one minute later than the start date',
    );
  }
  if (from < now - KNOWN[what]) {
    const days = KNOWN[what] / DAY;
    const message = `The start date is out of range: changes are known for ${days} days`;
    throw new SalesforceRefusal('INVALID_REPLICATION_DATE', message);
  }
  const latest = Math.min(until, Math.floor(now / MINUTE) * MINUTE);
  const [low, high] = [new Date(from).toISOString(), new Date(until).toISOString()];
  const latestDateCovered = wire(new Date(latest).toISOString());
  if (what === 'updated') {
    const sql =
      'SELECT id FROM sf_record WHERE type = ? AND deleted = 0 AND modstamp >= ? AND modstamp < ? ORDER BY modstamp LIMIT ?';
    const rows = org.store.all(sql, object.name, low, high, MOST + 1);
    if (rows.length > MOST)
      throw new SalesforceRefusal('EXCEEDED_ID_LIMIT', 'Too many records: choose a shorter time');
    return { ids: rows.map(row => String(row['id'])), latestDateCovered };
  }
  const sql =
    'SELECT id, deleted_at FROM sf_record WHERE type = ? AND deleted = 1 AND deleted_at >= ? AND deleted_at < ? ORDER BY deleted_at';
  const rows = org.store.all(sql, object.name, low, high);
  const oldest = org.store.get(
    'SELECT min(deleted_at) AS at FROM sf_record WHERE type = ? AND deleted = 1',
    object.name,
  );
  return {
    deletedRecords: rows.map(row => ({
      deletedDate: wire(String(row['deleted_at'])),
      id: String(row['id']),
    })),
    earliestDateAvailable: wire(String(oldest?.['at'] ?? new Date(now - KNOWN.deleted).toISOString())),
    latestDateCovered,
  };
}
