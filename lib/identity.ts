import { AppError } from '#lib/core/errors.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Flow } from './flow.ts';
import { mayAnswer } from './may.ts';
import { stages, type Stages } from './stages.ts';

/** Two records that may stand for one person or account. */
export interface TwoRecords {
  a: Subject;
  b: Subject;
}

/**
 * A person confirms that two records are one person or account: from now on they share activities and people, while the
 * CRM's records stay as they are. On the record. Throws AppError: `forbidden` for who may not answer for both records,
 * `not_found`, `bad_input` for records of which it cannot be said.
 */
export const confirmSame = (flow: Flow, scope: Scope, two: TwoRecords, s: Stages = stages): Promise<void> =>
  say(flow, scope, two, 'same', s);

/** A person takes two records apart, for good: no rule brings them together again. Errors as of `confirmSame`. */
export const takeApart = (flow: Flow, scope: Scope, two: TwoRecords, s: Stages = stages): Promise<void> =>
  say(flow, scope, two, 'different', s);

async function say(
  flow: Flow,
  scope: Scope,
  { a, b }: TwoRecords,
  state: 'same' | 'different',
  s: Stages,
): Promise<void> {
  const now = flow.now();
  await flow.db.tenant(scope.tenantId, async tx => {
    await insistOnBoth(tx, scope, { a, b }, s);
    await s.graph.sayIdentity(tx, { a, b, state }, scope.actor.id, toInstant(now));
    await s.features.noteChanges(tx, [a, b]);
    await s.decisions.audit(tx, scope.actor.id, now, {
      kind: 'identity-said',
      decisionId: null,
      public: { state, object: a.object },
      private: { a, b },
    });
  });
}

async function insistOnBoth(tx: TenantTx, scope: Scope, { a, b }: TwoRecords, s: Stages): Promise<void> {
  for (const subject of [a, b]) {
    const verdict = await mayAnswer(tx, scope, subject, s);
    if (verdict.effect !== 'allow')
      throw new AppError('forbidden', verdict.reason, { policies: verdict.policies });
  }
}

const AT_ONCE = 500;

/**
 * Looks through all people and accounts for those that are the same: once for a tenant whose records were read before
 * duplicates were looked for, and whenever the rules changed. Otherwise they are found as records are read. Answers how
 * many records were looked at.
 */
export async function findDuplicates(flow: Flow, tenantId: string, s: Stages = stages): Promise<number> {
  let looked = 0;
  for (let after: Subject | null = null, more = true; more;) {
    const from: Subject | null = after;
    const page: Subject[] = await flow.db.tenant(tenantId, async tx => {
      const seen = await s.graph.noticeAllSame(tx, { after: from, limit: AT_ONCE }, toInstant(flow.now()));
      // Which of them are another's now is not asked: to derive anew once a night costs less.
      await s.features.noteChanges(tx, seen);
      return seen;
    });
    looked += page.length;
    after = page.at(-1) ?? null;
    more = page.length === AT_ONCE;
  }
  return looked;
}
