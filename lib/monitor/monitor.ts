import { connectionOf, trafficViewOf } from '#lib/crm/read.ts';
import { crmParts, feedParts, type Part, type PartStatus } from './crm-parts.ts';
import { countDecisions, hasFinishedRun, momentGaps, readLedger } from '#lib/decisions/read.ts';
import { countPlain, feedState, isOptional, parkedEvents, syncStates } from '#lib/ingest/read.ts';
import { DAY_MS, HOUR_MS, toInstant } from '#lib/core/time.ts';
import { openFailures, queueDepths } from '#lib/jobs/read.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { refusedScores } from '#lib/writeback/read.ts';
import { quantile } from './quantile.ts';

const worst = (parts: readonly Part[]): PartStatus =>
  parts.some(part => part.status === 'down')
    ? 'down'
    : parts.some(part => part.status === 'degraded')
      ? 'degraded'
      : 'ok';

/** How the product is doing, from its own tables. */
export async function readMonitor(tx: TenantTx, now: Date) {
  const connection = await connectionOf(tx);
  const traffic = await trafficViewOf(tx, now);
  const queue = await queueDepths(tx);
  const sync = await syncStates(tx);
  const ledger = await readLedger(tx);
  const failures = await openFailures(tx);
  const decisions = await countDecisions(tx);
  const scores = await refusedScores(tx);
  const events = await parkedEvents(tx, mostEventGroups);
  const parked = decisions.get('parked') ?? 0;
  const waiting = queue.reduce((sum, { waiting: n }) => sum + n, 0);
  const parts: Part[] = [
    { name: 'database', status: 'ok', text: 'Answers.' },
    ...crmParts(connection, traffic),
    ...feedParts(connection, await feedState(tx)),
    { name: 'reading', ...readingOf(sync) },
    { name: 'encryption', status: 'ok', text: encryptionText(await countPlain(tx)) },
    { name: 'queue', status: waiting > 5000 ? 'degraded' : 'ok', text: `${waiting} jobs wait.` },
    {
      name: 'ledger',
      status: 'ok',
      text: `${ledger.sequenced} of ${ledger.entries} entries have their place in the tree.`,
    },
    ...(scores ? [refusedPart(scores)] : []),
    ...(events.since === null ? [] : [eventsPart({ ...events, since: events.since }, now)]),
    {
      name: 'parked',
      status: parked > 0 ? 'degraded' : 'ok',
      text: parked > 0 ? `${parked} decisions wait for a person.` : 'Nothing is parked.',
    },
  ];
  return {
    status: worst(parts),
    parts,
    traffic,
    queue,
    ledger,
    sync: sync.map(syncLine),
    times: await times(tx, now),
    failures,
    decisions,
    parked,
    parkedEvents: events,
    reading: sync.length === 0 || sync.some(state => !state.done && state.problem === null),
    /** Set-up is over once a run has scored everybody. */
    ready: await hasFinishedRun(tx),
  };
}

const refusedPart = ({ count, words }: { count: number; words: string }): Part => ({
  name: 'scores',
  status: 'degraded',
  text: `${count} ${count === 1 ? 'score is' : 'scores are'} not in the CRM’s score fields. Its words on the last: ${words}`,
});

const encryptionText = (plain: number): string =>
  plain === 0
    ? 'Everything that was read from the CRM or a file is stored encrypted.'
    : `${plain.toLocaleString('en')} ${plain === 1 ? 'record' : 'records'} from an earlier version are still to be encrypted, which happens in the background.`;

/** What events wait for, as far as it is shown. */
const mostEventGroups = 20;
/** A record that the CRM has is read long before. */
const longWait = DAY_MS;

function eventsPart({ events, since }: { events: number; since: string }, now: Date): Part {
  const waited = now.getTime() - Date.parse(since);
  return {
    name: 'events',
    status: waited > longWait ? 'degraded' : 'ok',
    text: `${events} ${events === 1 ? 'event waits' : 'events wait'} for a record that is not known yet, the oldest for ${
      waited < DAY_MS ? `${Math.floor(waited / HOUR_MS)} h` : `${Math.floor(waited / DAY_MS)} days`
    }.`,
  };
}

type Sync = Awaited<ReturnType<typeof syncStates>>[number];

function readingOf(sync: readonly Sync[]): Omit<Part, 'name'> {
  const troubles = sync.filter(state => state.problem);
  const trouble = troubles.find(state => !isOptional(state.object));
  if (trouble) return { status: 'degraded', text: `${trouble.object}: ${trouble.problem}` };
  const open = sync.filter(state => !state.done && !state.problem).map(state => state.object);
  const text = open.length > 0 ? `Still reading ${open.join(', ')}.` : 'Everything has been read once.';
  const missing = troubles.map(({ object, problem }) => ` Not ${object}: ${problem}`);
  return { status: 'ok', text: text + missing.join('') };
}

const syncLine = ({ object, records, lastAt, done }: Sync) => ({ object, records, lastAt, done });

const spans = [
  { name: 'made → shown', from: 'made', to: 'shown' },
  { name: 'shown → answered', from: 'shown', to: 'answered' },
  { name: 'answered → written to the CRM', from: 'answered', to: 'applied' },
] as const;

/** Milliseconds over the last 30 days. */
async function times(tx: TenantTx, now: Date) {
  const since = toInstant(now.getTime() - 30 * DAY_MS);
  const rows = [];
  for (const { name, from, to } of spans) {
    const gaps = await momentGaps(tx, from, to, since);
    rows.push({ name, p50: quantile(gaps, 0.5), p95: quantile(gaps, 0.95), n: gaps.length });
  }
  return rows;
}
