import net from 'node:net';
import { openPlace, service, tenantId } from './place.ts';
import { decide } from '#lib/decide.ts';
import { subjectsOf } from '#lib/graph/graph.ts';
import { takeInWebhook } from '#lib/take-in.ts';
import { notificationOf, signed } from '#lib/platform/testing/demo/deliver.ts';
import { webhookSecret } from './place.ts';
const place = openPlace();
const { flow, bare } = await place.product();
const people = await flow.db.tenant(tenantId, tx => subjectsOf(tx, 'contacts', { after: null, limit: 400 }));
const go = async (n: number) => { const d = await decide(flow, service, { kind: 'record-changed', task: 'follow-up', subject: people[n]!, events: ['c' + n], at: new Date().toISOString() }); return d.suggestion.outcome; };
for (let i = 0; i < 40; i++) await go(i);
const orig = net.Socket.prototype.write; let log: [number, string][] = []; const t0 = { t: 0 };
// @ts-ignore
net.Socket.prototype.write = function (b: any, ...r: any[]) { const s = Buffer.from(b).toString('latin1'); log.push([performance.now() - t0.t, s.slice(0, 1) + s.length + ' ' + s.replace(/[\x00-\x1f]+/g, ' ').slice(0, 150)]); const a = performance.now(); const x = orig.call(this, b, ...r); log.at(-1)![1] = (performance.now() - a).toFixed(2) + 'ms ' + log.at(-1)![1]; return x; };
for (const n of [50, 51, 52]) { log = []; t0.t = performance.now(); const o = await go(n); console.log(o, performance.now() - t0.t, log.length); if (n === 52) for (const [t, s] of log) console.log(t.toFixed(1), s); }
const reqs = [1, 2, 3].map(i => signed(JSON.stringify([notificationOf({ ref: { crm: 'hubspot', object: 'contacts', id: String(77000 + i) }, field: 'phone', at: 1700000000000 + i })]), webhookSecret));
for (const r of reqs) { log = []; t0.t = performance.now(); await takeInWebhook(flow, r); console.log('webhook', performance.now() - t0.t, log.length); }
for (const [t, s] of log) console.log(t.toFixed(1), s);
await place.close();
