import { z } from 'zod';
import { recordUrl } from '#lib/core/record-url.ts';
import type { Scope } from '#lib/core/scope.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { DAY_MS, toInstant } from '#lib/core/time.ts';
import { connectionOf } from '#lib/crm/read.ts';
import { heirsOf, readAccount } from '#lib/graph/read.ts';
import { mayRead } from '#lib/may.ts';
import { readDealLines, type DealLine } from '#lib/pipeline/read.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { duplicatesAt } from './account-duplicates.ts';
import {
  changesSeen,
  contradictionsSeen,
  hiddenAmong,
  mapNode,
  peopleIn,
  placesIn,
  relationsSeen,
} from './account-graph-seen.ts';
import type { AccountGraphView } from './account-graph-types.ts';
import { pagesOf } from './crm-pages.ts';
import { sightOf } from './sight.ts';
import { statesOf } from './states.ts';

/** How many days back "what changed" looks: what the page offers, and 30 for anything else. */
export const SpanDays = z.enum(['7', '30', '90']).catch('30').transform(Number);

/**
 * The graph of an account, without the people, deals and words that policy keeps from this scope: of those only the number
 * is told. Throws AppError('not_found' | 'forbidden').
 */
export async function accountGraphView(
  tx: TenantTx,
  scope: Scope,
  asked: Subject,
  { now, days }: { now: Date; days: number },
): Promise<AccountGraphView> {
  const subject = (await heirsOf(tx, [asked])).get(subjectKey(asked)) ?? asked;
  await mayRead(tx, scope, subject);
  const asOf = toInstant(now);
  const since = toInstant(now.getTime() - days * DAY_MS);
  const { graph, group, contradictions, changes } = await readAccount(tx, subject, { asOf, since });
  const live = graph.nodes.filter(node => !node.archived);
  const sight = await sightOf(tx, scope, ...placesIn(live, graph.relations, contradictions, changes));
  const seen = live.filter(node => sight.record(node.subject));
  const hidden = live.filter(node => !sight.record(node.subject));
  const relations = relationsSeen(graph, seen, sight);
  const deals: ReadonlyMap<string, DealLine> = await readDealLines(
    tx,
    seen.flatMap(node => (node.kind === 'opportunity' && node.subject ? [node.subject] : [])),
  );
  const ends = new Set(relations.flatMap(({ from, to }) => [from, to]));
  const connection = await connectionOf(tx);
  const pages = pagesOf(connection);
  return {
    account: {
      key: graph.account.key,
      subject,
      name: graph.account.name,
      industry: graph.account.title,
      url: recordUrl(pages, subject),
    },
    nodes: seen
      .flatMap(node => mapNode(node, deals.get(node.key) ?? null, sight) ?? [])
      // One of us who has to do with nobody that may be seen would tell of those who may not.
      .filter(node => node.kind !== 'user' || ends.has(node.key))
      .sort((a, b) => Number(a.closed) - Number(b.closed)),
    relations,
    names: Object.fromEntries(seen.filter(node => ends.has(node.key)).map(({ key, name }) => [key, name])),
    missing: group.missing,
    hidden: hiddenAmong(hidden),
    truncated: graph.truncated,
    contradictions: contradictionsSeen(contradictions, sight, hidden),
    changes: { days, ...changesSeen(changes, since, sight, hidden) },
    duplicates: await duplicatesAt(tx, scope, [subject, ...peopleIn(seen)], asOf),
    states: await statesOf(tx, connection),
    crmPages: pages,
  };
}
