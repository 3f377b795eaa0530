import { notificationOf, signed } from '#lib/platform/testing/demo/deliver.ts';
import { takeInWebhook } from '#lib/take-in.ts';
import { jsonTable } from './bare.ts';
import { figure, type Figure } from './figure.ts';
import { p50, p95, timesAtRate } from './measure.ts';
import { webhookSecret, type Place } from './place.ts';

const perSecond = 200;
const seconds = 5;

/** A signed delivery of one event about a record of its own: checked, kept, and a job for when the record is quiet. */
export async function benchWebhook(place: Place): Promise<Figure[]> {
  const { flow, bare } = await place.connected();
  await jsonTable(bare);
  const notification = (i: number) =>
    notificationOf({
      ref: { crm: 'hubspot', object: 'contacts', id: String(900_000 + i) },
      field: 'phone',
      at: 1_700_000_000_000 + i,
    });
  const deliveryAt = (i: number) => signed(JSON.stringify([notification(i)]), webhookSecret);
  let keys = 0;
  const calls = {
    ours: (i: number) => takeInWebhook(flow, deliveryAt(i)),
    bare: (i: number) =>
      bare`insert into bench_json values (${`event ${++keys}`}, ${bare.json(notification(i))})`,
  };
  const warmUp = 200;
  await timesAtRate(calls, { count: warmUp, perSecond });
  const times = await timesAtRate(
    { ...calls, ours: i => calls.ours(warmUp + i) },
    { count: perSecond * seconds, perSecond },
  );
  const at = `at ${perSecond} a second`;
  const insert = 'a bare insert at the same rate';
  return [
    figure(`a webhook taken in ${at}, p50`, p50(times.ours), 'ms', { what: insert, value: p50(times.bare) }),
    figure(`a webhook taken in ${at}, p95`, p95(times.ours), 'ms', { what: insert, value: p95(times.bare) }),
  ];
}
