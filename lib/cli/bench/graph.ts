import type { Subject } from '#lib/core/subject.ts';
import { DAY_MS, toInstant } from '#lib/core/time.ts';
import {
  accountGraph,
  buyingGroup,
  changedSince,
  contradictions,
  duplicatesOf,
  neighbourhood,
  pathsBetween,
  whoKnowsWhom,
} from '#lib/graph/read.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { figure, type Figure } from './figure.ts';
import {
  asOf,
  busyAccount,
  busyPerson,
  colleagues,
  makeManyAccounts,
  rep,
  touchesEach,
} from './many-accounts.ts';
import { p95, timesInTurn } from './measure.ts';
import type { Place } from './place.ts';

const tenant = 'bench-graph';
const accounts = 5000;
const since = toInstant(Date.parse(asOf) - 30 * DAY_MS);

/** What agents and pages ask of the graph, of accounts with the most that there is to know. */
const queries: Record<string, (tx: TenantTx, account: Subject, person: Subject) => Promise<unknown>> = {
  'graph of an account': (tx, account) => accountGraph(tx, account, asOf),
  'who knows whom at an account': (tx, account) => whoKnowsWhom(tx, account, asOf),
  'buying group of an account': (tx, account) => buyingGroup(tx, account, asOf),
  'neighbourhood of a person, two steps': (tx, _, person) => neighbourhood(tx, person, { depth: 2, asOf }),
  'paths between a rep and a person': (tx, _, person) => pathsBetween(tx, rep, person, asOf),
  'what changed at an account in 30 days': (tx, account) => changedSince(tx, account, since, asOf),
  'contradictions at an account': (tx, account) => contradictions(tx, account, asOf),
  'duplicates of a person': (tx, _, person) => duplicatesOf(tx, person, asOf),
};

export async function benchGraph(place: Place): Promise<Figure[]> {
  const { db, bare } = await place.postgres();
  await makeManyAccounts(db, bare, tenant, accounts);
  await bare.unsafe('vacuum analyze');
  const nth = (i: number) => 1 + ((i * 37) % (accounts / 10));
  const rows = (account: Subject) =>
    bare`select t.* from relations p
      join relations r on r.tenant_id = p.tenant_id and r.crm = p.crm and r.to_object = 'contacts' and r.to_id = p.record_id
      join touches t on t.tenant_id = r.tenant_id and t.crm = r.crm and t.object = r.object and t.record_id = r.record_id
      where p.tenant_id = ${tenant} and p.crm = 'hubspot' and p.to_object = 'companies' and p.to_id = ${account.id}
        and p.object = 'contacts'`;
  const figures: Figure[] = [];
  for (const [what, query] of Object.entries(queries)) {
    const times = await timesInTurn(
      {
        ours: i => db.tenant(tenant, tx => query(tx, busyAccount(nth(i)), busyPerson(nth(i)))),
        bare: i => rows(busyAccount(nth(i))),
      },
      { count: 100, warmUp: 20 },
    );
    figures.push(
      figure(`${what}, p95`, p95(times.ours), 'ms', {
        what: `a bare select of the account’s ${colleagues * touchesEach} touches`,
        value: p95(times.bare),
      }),
    );
  }
  return figures;
}
