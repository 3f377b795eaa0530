import { newId, nowOf, type Org } from '../org.ts';
import { notFound } from '../refusal.ts';

/** A Bulk 2.0 job: what its callers see (`info`), and what it keeps for itself. */
export type Job<Kept> = { id: string; info: Record<string, unknown>; kept: Kept };

export function createJob<Kept>(
  org: Org,
  kind: 'query' | 'ingest',
  info: Record<string, unknown>,
  kept: Kept,
  by: { userId: string; version: string },
): Job<Kept> {
  const id = newId(org, '750');
  const at = nowOf(org).replace(/Z$/, '+0000');
  const job: Job<Kept> = {
    id,
    info: {
      id,
      ...info,
      createdById: by.userId,
      createdDate: at,
      systemModstamp: at,
      concurrencyMode: 'Parallel',
      apiVersion: Number(by.version.slice(1)),
    },
    kept,
  };
  org.store.run('INSERT INTO sf_job VALUES (?, ?, ?)', id, kind, JSON.stringify(job));
  return job;
}

export function saveJob(org: Org, job: Job<unknown>): void {
  org.store.run('UPDATE sf_job SET definition = ? WHERE id = ?', JSON.stringify(job), job.id);
}

export function requireJob<Kept>(org: Org, kind: 'query' | 'ingest', id: string): Job<Kept> {
  const row = org.store.get('SELECT definition FROM sf_job WHERE id = ? AND kind = ?', id, kind);
  if (!row) throw notFound();
  return JSON.parse(String(row['definition'])) as Job<Kept>;
}

export function listJobs(org: Org, kind: 'query' | 'ingest'): Record<string, unknown>[] {
  const rows = org.store.all(
    'SELECT definition FROM sf_job WHERE kind = ? ORDER BY id DESC LIMIT 1000',
    kind,
  );
  return rows.map(row => (JSON.parse(String(row['definition'])) as Job<unknown>).info);
}

export function deleteJob(org: Org, id: string): void {
  org.store.run('DELETE FROM sf_job WHERE id = ?', id);
}
