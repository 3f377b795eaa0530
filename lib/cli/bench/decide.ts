import { decide } from '#lib/decide.ts';
import type { Decision } from '#lib/core/decision.ts';
import { toInstant } from '#lib/core/time.ts';
import { subjectsOf } from '#lib/graph/graph.ts';
import { jsonTable } from './bare.ts';
import { figure, type Figure } from './figure.ts';
import { p50, p95, ratesInTurn, timesInTurn } from './measure.ts';
import { connections, service, tenantId, type Place } from './place.ts';

const baseline = 'a bare transaction (reads a row, writes 1 kB)';

/** Trigger → recorded decision, written by rules; the queue takes its jobs and nobody works on them. */
export async function benchDecide(place: Place): Promise<Figure[]> {
  const { flow, bare } = await place.product();
  await jsonTable(bare);
  const people = await flow.db.tenant(tenantId, tx =>
    subjectsOf(tx, 'contacts', { after: null, limit: 400 }),
  );
  const person = (i: number) => people[i % people.length]!;
  const outcomes: Decision['suggestion']['outcome'][] = [];
  let events = 0;
  const ours = async (i: number): Promise<void> => {
    const { suggestion } = await decide(flow, service, {
      kind: 'record-changed',
      task: 'follow-up',
      subject: person(i),
      events: [`event ${++events}`],
      at: toInstant(flow.now()),
    });
    outcomes.push(suggestion.outcome);
  };
  const body = { text: 'x'.repeat(1000) };
  let keys = 0;
  const transaction = (i: number) =>
    bare.begin(async tx => {
      await tx`select * from entities where tenant_id = ${tenantId} and crm = 'hubspot'
        and object = 'contacts' and record_id = ${person(i).id}`;
      await tx`insert into bench_json values (${`decision ${++keys}`}, ${tx.json(body)})`;
    });
  const calls = { ours, bare: transaction };
  const times = await timesInTurn(calls, { count: 120, warmUp: 30 });
  const rates = await ratesInTurn(calls, { count: 100, lanes: connections });
  const proposals = outcomes.filter(outcome => outcome === 'propose').length;
  const note = `${Math.round((100 * proposals) / outcomes.length)} % were proposals`;
  return [
    figure('a decision, p50', p50(times.ours), 'ms', { what: baseline, value: p50(times.bare) }, note),
    figure('a decision, p95', p95(times.ours), 'ms', { what: baseline, value: p95(times.bare) }),
    figure(
      `decisions on ${connections} connections`,
      rates.ours,
      'per second',
      { what: baseline, value: rates.bare },
      'in one process',
    ),
  ];
}
