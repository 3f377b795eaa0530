import type { Scope } from '#lib/core/scope.ts';
import type { GraphNode } from '#lib/core/relation.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { crmUsers, duplicatesAmong, type Identity } from '#lib/graph/read.ts';
import { mayAnswer } from '#lib/may.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { MapDuplicate, MapLife } from './account-graph-types.ts';
import { sightOf } from './sight.ts';

const MOST = 20;

/** Who may be, is taken for, or was said not to be the same as one of these; pairs of which one may not be read are left out. */
export async function duplicatesAt(
  tx: TenantTx,
  scope: Scope,
  subjects: readonly Subject[],
  asOf: Instant,
): Promise<MapDuplicate[]> {
  const all = await duplicatesAmong(tx, subjects, asOf);
  const sight = await sightOf(
    tx,
    scope,
    all.flatMap(({ a, b }) => [a.subject, b.subject]),
    [],
  );
  const seen = all.filter(({ a, b }) => sight.record(a.subject) && sight.record(b.subject));
  const names = await namesOfSayers(tx, seen);
  const duplicates: MapDuplicate[] = [];
  for (const { a, b, state, why, confidence, by } of openFirst(seen).slice(0, MOST)) {
    const pair = [lifeOf(a), lifeOf(b)] as const;
    if (pair[0] === null || pair[1] === null) continue;
    duplicates.push({
      state,
      pair: [pair[0], pair[1]],
      why,
      confidence,
      by: names(by),
      mayNot: await whyNot(tx, scope, [pair[0].subject, pair[1].subject]),
    });
  }
  return duplicates;
}

/** What waits for a word first. */
const openFirst = (identities: readonly Identity[]): Identity[] => {
  const rank = { suggested: 0, same: 1, different: 2 } satisfies Record<Identity['state'], number>;
  return identities.toSorted((x, y) => rank[x.state] - rank[y.state]);
};

const lifeOf = ({ subject, name }: GraphNode): MapLife | null => subject && { subject, name };

async function namesOfSayers(
  tx: TenantTx,
  identities: readonly Identity[],
): Promise<(by: string) => string | null> {
  const byPeople = identities.some(({ by }) => by !== 'rule');
  const users = new Map(byPeople ? (await crmUsers(tx)).map(({ userId, name }) => [userId, name]) : []);
  return by => (by === 'rule' ? null : (users.get(by) ?? 'somebody here'));
}

/** Null: this person may say who is the same. */
async function whyNot(tx: TenantTx, scope: Scope, pair: readonly Subject[]): Promise<string | null> {
  for (const subject of pair) {
    const verdict = await mayAnswer(tx, scope, subject);
    if (verdict.effect !== 'allow') return verdict.reason;
  }
  return null;
}
