import type { LoadedFile } from './load-file.ts';
import type { LoadedMaven } from './load-maven.ts';
import type { Rejected } from './read-csv.ts';

type Counts = Record<'companies' | 'contacts' | 'deals' | 'owners' | 'properties', number>;

/** What a load did. `rowsPerSecond` counts rows that were sent, created or found. */
export interface Report {
  created: Counts;
  updated: Counts;
  rejected: Rejected[];
  /** Deals that are in, but without an account or agent that stands in no other file. */
  unlinked: Rejected[];
  rowsPerSecond: { contacts: number | null; deals: number | null };
  seconds: number;
}

export function reportOf(maven: LoadedMaven | null, leads: LoadedFile | null, seconds: number): Report {
  const files = [maven?.companies, maven?.deals, leads].filter(file => !!file);
  const count = (what: 'created' | 'updated'): Counts => ({
    companies: maven?.companies.records[what] ?? 0,
    contacts: leads?.records[what] ?? 0,
    deals: maven?.deals.records[what] ?? 0,
    owners: what === 'created' ? (maven?.owners.created ?? 0) : 0,
    properties: files.reduce((sum, { properties }) => sum + properties[what], 0),
  });
  return {
    created: count('created'),
    updated: count('updated'),
    rejected: [...(maven?.owners.rejected ?? []), ...files.flatMap(({ rejected }) => rejected)],
    unlinked: maven?.unlinked ?? [],
    rowsPerSecond: { contacts: leads?.rowsPerSecond ?? null, deals: maven?.deals.rowsPerSecond ?? null },
    seconds: Number(seconds.toFixed(2)),
  };
}

const mostListed = 20;

/** The report for people. */
export function summaryOf(report: Report, url: string): string {
  const { created, updated, rejected, unlinked, rowsPerSecond, seconds } = report;
  const speed = Object.entries(rowsPerSecond)
    .filter(([, rate]) => rate !== null)
    .map(([object, rate]) => `${rate} ${object} a second`);
  return [
    `Loaded into ${url} in ${seconds} s (${speed.join(', ')}).`,
    `Created: ${inWords(created)}.`,
    `Found and brought up to date: ${inWords(updated)}.`,
    ...listed('Rejected', rejected),
    ...listed('In, but without a link', unlinked),
  ].join('\n');
}

const inWords = (counts: Counts): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count.toLocaleString('en')} ${what}`)
    .join(', ') || 'nothing';

function listed(title: string, rows: readonly Rejected[]): string[] {
  if (rows.length === 0) return [];
  const shown = rows
    .slice(0, mostListed)
    .map(({ file, line, reason }) => `  ${file}, line ${line}: ${reason}`);
  const more =
    rows.length > mostListed ? [`  … and ${rows.length - mostListed} more (all of them with --json)`] : [];
  return [`${title}: ${rows.length}`, ...shown, ...more];
}
