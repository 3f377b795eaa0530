import type { Trigger } from '#lib/core/decision.ts';
import type { Scope } from '#lib/core/scope.ts';
import { toInstant } from '#lib/core/time.ts';
import type { Flow } from './flow.ts';
import { objectionsAround } from './objections-around.ts';
import { recallFor } from './recall.ts';
import { bindRelease } from './release.ts';
import type { Stages } from './stages.ts';

/**
 * All that a decision starts from, as of one moment and from one state of the database: the release, the record as which
 * the subject lives on with its facts, what was taught, who objects, and how often the person was written to. Throws
 * AppError('not_found') when nothing is known of the subject.
 */
export const gather = (flow: Flow, { tenantId, actor }: Scope, asked: Trigger, s: Stages) =>
  flow.db.reading(tenantId, async tx => {
    const release = bindRelease(await s.releases.current(tx));
    // Not before the first statement, which fixes the state that is read: what is learnt after it is not in the facts.
    const now = flow.now();
    const asOf = toInstant(now);
    const subject = await s.graph.heirOf(tx, asked.subject, asOf);
    const lives = await s.graph.livesOf(tx, subject, asOf);
    const others = await s.graph.samePeopleOf(tx, subject, asOf);
    const facts = await s.graph.factsAbout(tx, subject, asOf);
    const [changes = 0] = await s.features.countChanges(tx, [{ sources: s.features.sourcesOf(facts) }]);
    return {
      now,
      asOf,
      release,
      subject,
      /** What the subject was before. */
      earlier: lives.slice(1),
      /** Every record of the person. */
      records: [subject, ...others],
      facts,
      /** How often what the facts were read from had changed by then. */
      changes,
      recalled: await recallFor(
        tx,
        { tenantId, actor },
        { task: 'follow-up', facts, lives },
        release.policySet,
        s,
      ),
      objections: await objectionsAround(tx, facts, [subject, ...others], s),
      touchesThisWeek: await s.writeback.touchesAround(tx, subject, asOf, [], others),
    };
  });
